import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { test } from "node:test";
import { isTextFile } from "../../lib/files/is_text_file.ts";
import { withTempDir } from "./_support.ts";

const BOM = "\ufeff";
const TEXT: Record<string, string | Uint8Array> = {
  "nothing": "",
  "ASCII": "hello\r\n\tworld\n",
  "UTF-8": "Grüße, 世界, 😀\n",
  "UTF-8 without a blank": "日本語".repeat(400),
  "UTF-8 with a mark": `${BOM}hello`,
  "UTF-16 with a mark": Buffer.from(`${BOM}hello 世界`, "utf16le"),
  "UTF-16 with a mark, big-endian": Buffer.from(`${BOM}hello`, "utf16le").swap16(),
  "Latin-1": Buffer.from("Müller und Söhne, à bientôt\n", "latin1"),
  "Shift-JIS": new Uint8Array([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x83, 0x65, 0x83, 0x4c, 0x0a]),
  "ANSI escapes": "\x1b[31mred\x1b[0m and \x1b[1mbold\x1b[0m\n",
};

const BINARY: Record<string, Uint8Array> = {
  "UTF-16 without a mark": Buffer.from("hello", "utf16le"),
  "half a UTF-16 pair": new Uint8Array([0xff, 0xfe, 0x00, 0xdc, 0x41, 0x00]),
  "gzip": gzipSync("hello"),
  "PNG": new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
  "20 times 0x01": new Uint8Array(20).fill(1),
  "a NUL in text": Buffer.from("hello\0world"),
  "0xff in text": Buffer.from("hello \xff world", "latin1"),
  "noise": randomBytes(4096),
  "high bytes alone": new Uint8Array(100).fill(0xa5),
};

for (const [what, data] of Object.entries(TEXT)) {
  test(`isTextFile() takes ${what} for text`, () =>
    withTempDir(async (dir) => {
      writeFileSync(`${dir}/file`, data);
      assert.equal(await isTextFile(`${dir}/file`), true);
    }));
}

for (const [what, data] of Object.entries(BINARY)) {
  test(`isTextFile() takes ${what} for binary`, () =>
    withTempDir(async (dir) => {
      writeFileSync(`${dir}/file`, data);
      assert.equal(await isTextFile(`${dir}/file`), false);
    }));
}

test("isTextFile() does not mind a character cut off at its limit", () =>
  withTempDir(async (dir) => {
    for (let before = 0; before < 4; before++) {
      writeFileSync(`${dir}/file`, "x".repeat(before) + "😀".repeat(400));
      assert.equal(await isTextFile(`${dir}/file`), true);
    }
  }));

test("isTextFile() believes extensions in any case", () =>
  withTempDir(async (dir) => {
    const names = ["a.py", "a.TXT", "a.tsx", "a.js", "a.toml", "a.Yaml", "a.csv"];
    for (const name of names) writeFileSync(`${dir}/${name}`, "\0");
    for (const name of names) assert.equal(await isTextFile(`${dir}/${name}`), true, name);
    for (const name of ["a.png", "a.PKL", "a.zip"]) {
      writeFileSync(`${dir}/${name}`, "text");
      assert.equal(await isTextFile(`${dir}/${name}`), false, name);
    }
    // A name that only looks like an extension is none.
    writeFileSync(`${dir}/.py`, "\0");
    assert.equal(await isTextFile(`${dir}/.py`), false);
  }));

test("isTextFile() says no to links, directories and pipes", () =>
  withTempDir(async (dir) => {
    writeFileSync(`${dir}/a.py`, "");
    symlinkSync("a.py", `${dir}/b.py`);
    mkdirSync(`${dir}/c.py`);
    execFileSync("mkfifo", [`${dir}/d.py`]);
    for (const name of ["b.py", "c.py", "d.py"]) {
      assert.equal(await isTextFile(`${dir}/${name}`), false, name);
    }
  }));

test("isTextFile() names a missing file", () =>
  withTempDir(async (dir) => {
    await assert.rejects(isTextFile(`${dir}/no`), {
      message: `Cannot read "${dir}/no": it does not exist`,
    });
  }));
