import assert from "node:assert/strict";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { test } from "node:test";
import { setDurability } from "../../lib/files/durability.ts";
import { writeFileAtomic, writeFileAtomicSync } from "../../lib/files/write_file_atomic.ts";
import { octal, withTempDir } from "./_support.ts";

test("writeFileAtomic() writes text and bytes, and replaces what is there", () =>
  withTempDir(async (dir) => {
    await writeFileAtomic(`${dir}/a`, "öne");
    assert.equal(readFileSync(`${dir}/a`, "utf8"), "öne");
    await writeFileAtomic(`${dir}/a`, new Uint8Array([0, 255]));
    assert.deepEqual([...readFileSync(`${dir}/a`)], [0, 255]);
    assert.deepEqual(readdirSync(dir), ["a"]);
  }));

test("writeFileAtomic() sets the mode whatever the umask", () =>
  withTempDir(async (dir) => {
    const umask = process.umask(0o077);
    try {
      await writeFileAtomic(`${dir}/shared`, "", { mode: 0o664 });
      await writeFileAtomic(`${dir}/private`, "");
    } finally {
      process.umask(umask);
    }
    assert.equal(octal(statSync(`${dir}/shared`).mode), "0664");
    assert.equal(octal(statSync(`${dir}/private`).mode), "0600");
  }));

test("writeFileAtomic() with exclusive leaves a file that exists as it is", () =>
  withTempDir(async (dir) => {
    await writeFileAtomic(`${dir}/id`, "first", { exclusive: true });
    await assert.rejects(
      writeFileAtomic(`${dir}/id`, "second", { exclusive: true }),
      { name: "FileError", code: "EEXIST", path: `${dir}/id`, message: /exists already$/ },
    );
    assert.equal(readFileSync(`${dir}/id`, "utf8"), "first");
    assert.deepEqual(readdirSync(dir), ["id"]);
  }));

test("writeFileAtomic() replaces a symbolic link and leaves its target alone", () =>
  withTempDir(async (dir) => {
    writeFileSync(`${dir}/target`, "old");
    symlinkSync("target", `${dir}/link`);
    await writeFileAtomic(`${dir}/link`, "new");
    assert.equal(readFileSync(`${dir}/target`, "utf8"), "old");
    assert.equal(readFileSync(`${dir}/link`, "utf8"), "new");
  }));

test("writeFileAtomic() names the missing directory", () =>
  withTempDir(async (dir) => {
    await assert.rejects(writeFileAtomic(`${dir}/no/file`, ""), {
      code: "ENOENT",
      message: `Cannot write "${dir}/no/file": directory "${dir}/no" does not exist`,
    });
  }));

test("writeFileAtomic() leaves no temporary file when the rename fails", () =>
  withTempDir(async (dir) => {
    mkdirSync(`${dir}/taken`);
    writeFileSync(`${dir}/taken/file`, "");
    await assert.rejects(writeFileAtomic(`${dir}/taken`, "x"), { path: `${dir}/taken` });
    assert.deepEqual(readdirSync(dir), ["taken"]);
  }));

test("writeFileAtomic() can use the longest name there is", () =>
  withTempDir(async (dir) => {
    const name = "n".repeat(255);
    await writeFileAtomic(`${dir}/${name}`, "");
    assert.deepEqual(readdirSync(dir), [name]);
    await assert.rejects(writeFileAtomic(`${dir}/${name}n`, ""), { code: "ENAMETOOLONG" });
    assert.deepEqual(readdirSync(dir), [name]);
  }));

test("writeFileAtomic() replaces a read-only file", () =>
  withTempDir(async (dir) => {
    writeFileSync(`${dir}/a`, "old");
    chmodSync(`${dir}/a`, 0o444);
    await writeFileAtomic(`${dir}/a`, "new");
    assert.equal(readFileSync(`${dir}/a`, "utf8"), "new");
  }));

test("writeFileAtomic() is durable on both levels", () =>
  withTempDir(async (dir) => {
    await writeFileAtomic(`${dir}/a`, "safe", { durable: true });
    setDurability("fast");
    try {
      await writeFileAtomic(`${dir}/b`, "fast", { durable: true });
    } finally {
      setDurability("safe");
    }
    assert.deepEqual(readdirSync(dir).sort(), ["a", "b"]);
  }));

test("a reader never sees half of what writeFileAtomicSync() writes", () =>
  withTempDir((dir) => {
    const versions = ["", "a".repeat(100_000), "b".repeat(300_000)];
    writeFileAtomicSync(`${dir}/a`, "");
    for (let i = 0; i < 300; i++) {
      writeFileAtomicSync(`${dir}/a`, versions[i % versions.length]);
      assert.ok(versions.includes(readFileSync(`${dir}/a`, "utf8")));
    }
  }));
