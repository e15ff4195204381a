import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { symlinkSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { hashFile } from "../../lib/files/hash_file.ts";
import { withTempDir } from "./_support.ts";

for (const size of [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_000_000]) {
  test(`hashFile() hashes ${size} bytes`, () =>
    withTempDir(async (dir) => {
      const bytes = Buffer.alloc(size, "some bytes that repeat");
      writeFileSync(`${dir}/a`, bytes);
      assert.equal(await hashFile(`${dir}/a`), createHash("sha256").update(bytes).digest("hex"));
    }));
}

test("hashFile() refuses links, directories and pipes, and does not wait for one", () =>
  withTempDir(async (dir) => {
    writeFileSync(`${dir}/a`, "");
    symlinkSync("a", `${dir}/link`);
    execFileSync("mkfifo", [`${dir}/pipe`]);
    for (const path of [`${dir}/link`, dir, `${dir}/pipe`]) {
      await assert.rejects(hashFile(path), {
        message: `Cannot hash "${path}": it is not a regular file`,
      });
    }
  }));

test("hashFile() names a missing file", () =>
  withTempDir(async (dir) => {
    await assert.rejects(hashFile(`${dir}/no`), {
      code: "ENOENT",
      message: `Cannot hash "${dir}/no": it does not exist`,
    });
  }));
