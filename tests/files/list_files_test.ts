import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { listFiles } from "../../lib/files/list_files.ts";
import { withTempDir } from "./_support.ts";

test("listFiles() lists files at any depth in natural order", () =>
  withTempDir(async (dir) => {
    mkdirSync(`${dir}/run10/deep`, { recursive: true });
    mkdirSync(`${dir}/run9`);
    for (const path of ["run10/a", "run10/deep/b", "run9/c", ".hidden", "z"]) {
      writeFileSync(`${dir}/${path}`, path);
    }
    const paths = (await listFiles(dir)).map((file) => file.path);
    assert.deepEqual(paths, [".hidden", "run9/c", "run10/a", "run10/deep/b", "z"]);
  }));

test("listFiles() tells size, mode and time", () =>
  withTempDir(async (dir) => {
    writeFileSync(`${dir}/a.sh`, "12345", { mode: 0o700 });
    utimesSync(`${dir}/a.sh`, 1_700_000_000.125, 1_700_000_000.125);
    assert.deepEqual(await listFiles(dir), [
      { path: "a.sh", kind: "file", size: 5, mode: 0o700, mtimeMs: 1_700_000_000_125 },
    ]);
  }));

test("listFiles() lists directories when asked, each before what is in it", () =>
  withTempDir(async (dir) => {
    mkdirSync(`${dir}/a/b`, { recursive: true });
    writeFileSync(`${dir}/a/b/c`, "");
    const entries = await listFiles(dir, { includeDirs: true });
    assert.deepEqual(entries.map((entry) => [entry.kind, entry.path]), [
      ["dir", "a"],
      ["dir", "a/b"],
      ["file", "a/b/c"],
    ]);
  }));

test("listFiles() shows links and pipes as such, and follows no link", () =>
  withTempDir(async (dir) => {
    mkdirSync(`${dir}/sub`);
    writeFileSync(`${dir}/sub/a`, "");
    symlinkSync(".", `${dir}/loop`);
    symlinkSync("sub", `${dir}/other`);
    symlinkSync("nowhere", `${dir}/dangling`);
    execFileSync("mkfifo", [`${dir}/pipe`]);
    const entries = await listFiles(dir);
    assert.deepEqual(entries.map((entry) => [entry.kind, entry.path]), [
      ["symlink", "dangling"],
      ["symlink", "loop"],
      ["symlink", "other"],
      ["other", "pipe"],
      ["file", "sub/a"],
    ]);
  }));

test("listFiles() names a directory that is missing", () =>
  withTempDir(async (dir) => {
    await assert.rejects(listFiles(`${dir}/no`), {
      code: "ENOENT",
      message: `Cannot list "${dir}/no": it does not exist`,
    });
  }));
