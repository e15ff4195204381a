import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { test } from "node:test";
import { copyFile } from "../../lib/files/copy_file.ts";
import { copyFiles } from "../../lib/files/copy_files.ts";
import { parseFilePatterns } from "../../lib/files/parse_file_patterns.ts";
import { selectFiles } from "../../lib/files/select_files.ts";
import { octal, withTempDir } from "./_support.ts";

const MB = 1 << 20;

for (const size of [0, 1, 5_000, MB - 1, MB, MB + 1, 3 * MB, 5_000_000]) {
  test(`copyFile() copies and hashes ${size} bytes`, () =>
    withTempDir(async (dir) => {
      const data = Buffer.alloc(size, "text that is no divisor of a chunk.");
      writeFileSync(`${dir}/a`, data);
      const sha256 = createHash("sha256").update(data).digest("hex");
      assert.deepEqual(await copyFile(`${dir}/a`, `${dir}/b`, { hash: true }), { size, sha256 });
      assert.deepEqual(await copyFile(`${dir}/a`, `${dir}/c/d/e`), { size });
      assert.ok(readFileSync(`${dir}/b`).equals(data));
      assert.ok(readFileSync(`${dir}/c/d/e`).equals(data));
    }));
}

test("copyFile() keeps the mode whatever the umask, but no special bits", () =>
  withTempDir(async (dir) => {
    const umask = process.umask(0o077);
    try {
      for (const [mode, copied] of [[0o4755, "0755"], [0o664, "0664"], [0o400, "0400"]] as const) {
        writeFileSync(`${dir}/a${mode}`, "x");
        chmodSync(`${dir}/a${mode}`, mode);
        await copyFile(`${dir}/a${mode}`, `${dir}/b${mode}`);
        assert.equal(octal(statSync(`${dir}/b${mode}`).mode), copied);
      }
    } finally {
      process.umask(umask);
    }
  }));

test("copyFile() replaces the target and writes through no link", () =>
  withTempDir(async (dir) => {
    writeFileSync(`${dir}/source`, "new");
    for (const name of ["file", "other", "first"]) writeFileSync(`${dir}/${name}`, "old");
    symlinkSync("other", `${dir}/link`);
    linkSync(`${dir}/first`, `${dir}/second`);
    chmodSync(`${dir}/file`, 0o444);
    for (const name of ["file", "link", "second"]) {
      await copyFile(`${dir}/source`, `${dir}/${name}`);
      assert.equal(readFileSync(`${dir}/${name}`, "utf8"), "new");
    }
    assert.equal(readFileSync(`${dir}/other`, "utf8"), "old");
    assert.equal(readFileSync(`${dir}/first`, "utf8"), "old");
  }));

test("copyFile() refuses all but regular files, without a copy", () =>
  withTempDir(async (dir) => {
    writeFileSync(`${dir}/a`, "");
    symlinkSync("a", `${dir}/link`);
    execFileSync("mkfifo", [`${dir}/pipe`]);
    mkdirSync(`${dir}/sub`);
    for (const path of [`${dir}/link`, `${dir}/pipe`, `${dir}/sub`, "/dev/zero"]) {
      await assert.rejects(copyFile(path, `${dir}/copy`), {
        name: "FileError",
        message: `Cannot copy "${path}": it is not a regular file`,
      });
    }
    await assert.rejects(copyFile(`${dir}/no`, `${dir}/copy`), { code: "ENOENT" });
    await assert.rejects(copyFile(`${dir}/a`, `${dir}/sub`), {
      message: `Cannot write "${dir}/sub": it is a directory`,
    });
    await assert.rejects(copyFile(`${dir}/a`, `${dir}/a/b`), {
      message: `Cannot make directory "${dir}/a": it exists already`,
    });
    assert.deepEqual(readdirSync(dir).sort(), ["a", "link", "pipe", "sub"]);
  }));

test("copyFile() copies a source that changes once more", () =>
  withTempDir(async (dir) => {
    writeFileSync(`${dir}/a`, Buffer.alloc(3 * MB, "a"));
    let changes = 0;
    const onProgress = (): void => {
      if (changes++ === 0) appendFileSync(`${dir}/a`, "more");
    };
    const { size } = await copyFile(`${dir}/a`, `${dir}/b`, { onProgress });
    assert.equal(size, 3 * MB + 4);
    assert.equal(readFileSync(`${dir}/b`).length, 3 * MB + 4);
  }));

for (
  const [how, change] of [
    ["grows", (path: string) => appendFileSync(path, "x")],
    ["shrinks", (path: string) => truncateSync(path, statSync(path).size - 1)],
  ] as const
) {
  test(`copyFile() gives up on a source that ${how} all the time`, () =>
    withTempDir(async (dir) => {
      writeFileSync(`${dir}/a`, Buffer.alloc(3 * MB, "a"));
      await assert.rejects(
        copyFile(`${dir}/a`, `${dir}/b`, { onProgress: () => change(`${dir}/a`) }),
        {
          message: `Cannot copy "${dir}/a": it changes while it is copied; stop what writes to it`,
        },
      );
      assert.deepEqual(readdirSync(dir), ["a"]);
    }));
}

test("copyFile() keeps holes", () =>
  withTempDir(async (dir) => {
    writeFileSync(`${dir}/a`, "start");
    truncateSync(`${dir}/a`, 64 * MB);
    appendFileSync(`${dir}/a`, "end");
    truncateSync(`${dir}/a`, 80 * MB);
    const { size, sha256 } = await copyFile(`${dir}/a`, `${dir}/b`, { hash: true });
    assert.equal(size, 80 * MB);
    const expected = createHash("sha256").update(readFileSync(`${dir}/a`)).digest("hex");
    assert.equal(sha256, expected);
    assert.equal(createHash("sha256").update(readFileSync(`${dir}/b`)).digest("hex"), expected);
    assert.ok(statSync(`${dir}/b`).blocks * 512 < 8 * MB);
  }));

test("copyFile() can copy several files at a time", () =>
  withTempDir(async (dir) => {
    const names = Array.from("abcdef");
    for (const name of names) writeFileSync(`${dir}/${name}`, name.repeat(2 * MB));
    await Promise.all(names.map((name) => copyFile(`${dir}/${name}`, `${dir}/to/${name}`)));
    for (const name of names) {
      assert.equal(readFileSync(`${dir}/to/${name}`, "utf8"), name.repeat(2 * MB));
    }
  }));

test("copyFiles() copies what was selected, links as files", () =>
  withTempDir(async (dir) => {
    mkdirSync(`${dir}/from/sub/deep`, { recursive: true });
    writeFileSync(`${dir}/from/sub/deep/a.sh`, "abc", { mode: 0o755 });
    symlinkSync("sub/deep/a.sh", `${dir}/from/link`);
    symlinkSync("sub", `${dir}/from/tub`);
    const { files } = await selectFiles(`${dir}/from`, parseFilePatterns("**/*"));
    const seen: string[] = [];
    const copies = await copyFiles(files, `${dir}/to`, {
      hash: true,
      onFile: (path) => seen.push(path),
    });
    assert.deepEqual(seen, ["link", "sub/deep/a.sh", "tub/deep/a.sh"]);
    assert.deepEqual([...copies.keys()], seen);
    const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    for (const path of seen) {
      assert.deepEqual(copies.get(path), { size: 3, sha256 });
      assert.equal(octal(statSync(`${dir}/to/${path}`).mode), "0755");
    }
    assert.equal(execFileSync("find", [`${dir}/to`, "-type", "l"], { encoding: "utf8" }), "");
  }));

test("copyFiles() never leaves its directory", () =>
  withTempDir(async (dir) => {
    writeFileSync(`${dir}/a`, "");
    mkdirSync(`${dir}/to`);
    mkdirSync(`${dir}/elsewhere`);
    for (const path of ["../b", "/b", "a/../../b", "..", ".", "", "a//b", "a/"]) {
      await assert.rejects(copyFiles([{ path, source: `${dir}/a` }], `${dir}/to`), {
        message: `Cannot copy to ${JSON.stringify(path)}: the path leaves its directory`,
      });
    }
    symlinkSync("../elsewhere", `${dir}/to/link`);
    for (const path of ["link/b", "link/deep/b"]) {
      await assert.rejects(copyFiles([{ path, source: `${dir}/a` }], `${dir}/to`), {
        message: `Cannot copy into "${dir}/to/link": it is not a directory; a link is not followed`,
      });
    }
    assert.deepEqual(readdirSync(`${dir}/elsewhere`), []);
    await copyFiles([{ path: "..b", source: `${dir}/a` }], `${dir}/to`);
    assert.deepEqual(readdirSync(`${dir}/to`).sort(), ["..b", "link"]);
  }));

test("copyFiles() ends when it is aborted", () =>
  withTempDir(async (dir) => {
    writeFileSync(`${dir}/a`, "");
    const files = ["1", "2", "3"].map((path) => ({ path, source: `${dir}/a` }));
    const controller = new AbortController();
    const { signal } = controller;
    const onFile = (): void => controller.abort(new Error("enough"));
    await assert.rejects(copyFiles(files, `${dir}/to`, { signal, onFile }), { message: "enough" });
    assert.deepEqual(readdirSync(`${dir}/to`), ["1"]);
  }));
