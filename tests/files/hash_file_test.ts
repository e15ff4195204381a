import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { symlinkSync, truncateSync, writeFileSync } from "node:fs";
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

test("hashFile() of a large file lets timers through, and ends when asked to", () =>
  withTempDir(async (dir) => {
    const file = `${dir}/holes`;
    writeFileSync(file, "");
    const size = (200 << 20) + 3;
    truncateSync(file, size);
    const expected = createHash("sha256");
    for (let i = 0; i < 200; i++) expected.update(new Uint8Array(1 << 20));
    const told: number[] = [];
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const digest = await hashFile(file, { onProgress: (bytes) => told.push(bytes) });
    clearInterval(timer);
    assert.equal(digest, expected.update(new Uint8Array(3)).digest("hex"));
    assert.deepEqual(told, [64, 128, 192].map((mib) => mib << 20));
    assert.ok(ticks > 0);

    // A thousand times as large, it would take minutes.
    truncateSync(file, 200 * 2 ** 30);
    const controller = new AbortController();
    setTimeout(() => controller.abort("enough"), 20);
    await assert.rejects(
      hashFile(file, { signal: controller.signal }),
      (error) => error === "enough",
    );
  }));
