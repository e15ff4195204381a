import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { makeUserCacheDir, userCacheDir } from "../../lib/runtime/user_cache_dir.ts";
import { inTemp } from "./_in_temp.ts";

const windows = process.platform === "win32" ? "has no owners of files" : false;

test(
  "makeUserCacheDir() makes a directory of this user alone, once",
  { skip: windows },
  () =>
    inTemp(tmpdir(), (temp) => {
      const dir = makeUserCacheDir(temp);
      assert.equal(dir, userCacheDir(temp));
      assert.equal(statSync(dir).mode & 0o777, 0o700);
      const { ino } = statSync(dir);
      assert.equal(makeUserCacheDir(temp), dir);
      assert.equal(statSync(dir).ino, ino);
    }),
);

test(
  "makeUserCacheDir() refuses a directory that others see",
  { skip: windows },
  () =>
    inTemp(tmpdir(), (temp) => {
      mkdirSync(userCacheDir(temp));
      chmodSync(userCacheDir(temp), 0o755);
      assert.throws(() => makeUserCacheDir(temp), /is not a directory of ours alone/);
    }),
);

test(
  "makeUserCacheDir() makes no directory for temporary files",
  { skip: windows },
  () =>
    inTemp(tmpdir(), (temp) => {
      const missing = join(temp, "missing");
      assert.throws(() => makeUserCacheDir(missing), { code: "ENOENT" });
      assert.ok(!existsSync(missing));
    }),
);
