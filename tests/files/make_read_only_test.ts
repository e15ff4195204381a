import assert from "node:assert/strict";
import { chmodSync, lstatSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { makeReadOnly } from "../../lib/files/make_read_only.ts";
import { octal, withTempDir } from "./_support.ts";

for (
  const [before, after] of [
    [0o644, "0444"],
    [0o755, "0555"],
    [0o600, "0400"],
    [0o664, "0444"],
    [0o444, "0444"],
    [0o4755, "0555"],
    [0o200, "0000"],
  ] as const
) {
  test(`makeReadOnly() makes ${octal(before)} ${after}`, () =>
    withTempDir(async (dir) => {
      writeFileSync(`${dir}/a`, "");
      chmodSync(`${dir}/a`, before);
      await makeReadOnly(`${dir}/a`);
      assert.equal(octal(statSync(`${dir}/a`).mode), after);
    }));
}

test("makeReadOnly() leaves directories and the targets of links alone", () =>
  withTempDir(async (dir) => {
    writeFileSync(`${dir}/a`, "", { mode: 0o644 });
    symlinkSync("a", `${dir}/link`);
    const mode = lstatSync(dir).mode;
    await makeReadOnly(`${dir}/link`);
    await makeReadOnly(dir);
    assert.equal(octal(statSync(`${dir}/a`).mode), "0644");
    assert.equal(lstatSync(dir).mode, mode);
  }));

test("makeReadOnly() names a missing file", () =>
  withTempDir(async (dir) => {
    await assert.rejects(makeReadOnly(`${dir}/no`), {
      message: `Cannot make read-only "${dir}/no": it does not exist`,
    });
  }));
