import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { listConfigKeys } from "../../lib/config/list_config_keys.ts";
import { patchConfigFile } from "../../lib/config/patch_config_file.ts";
import { readConfigFile } from "../../lib/config/read_config_file.ts";
import { withFiles } from "./_temp_dir.ts";

test("readConfigFile() tells values, places and lines", () =>
  withFiles({ "a.YML": "a: 1\r\nb:\r\n  - x\r\n" }, async (dir) => {
    assert.deepEqual(await readConfigFile(join(dir, "a.YML")), [
      { key: "a", value: 1, type: "int", start: 3, end: 4, line: 1 },
      { key: "b.0", value: "x", type: "string", start: 14, end: 15, line: 3 },
    ]);
  }));

test("readConfigFile() counts places with the byte order mark", () =>
  withFiles({ "a.py": "\ufeffx = 1\ny = 2" }, async (dir) => {
    const entries = await readConfigFile(join(dir, "a.py"));
    assert.deepEqual(entries.map(({ start, line }) => [start, line]), [[5, 1], [11, 2]]);
  }));

test("readConfigFile() names a file that is missing", async () => {
  await assert.rejects(readConfigFile("/does/not/exist.py"), {
    name: "FileError",
    path: "/does/not/exist.py",
  });
});

test("readConfigFile() refuses unknown formats, and what is no text", () =>
  withFiles({ "a.txt": "x = 1", "a.py": Buffer.from("\ufeffx = 1", "utf16le") }, async (dir) => {
    const message = /^Cannot read config from '.*a\.txt': its format is unknown; known are \.py /;
    await assert.rejects(readConfigFile(join(dir, "a.txt")), { name: "ConfigError", message });
    await assert.rejects(readConfigFile(join(dir, "a.py"), { file: "a.py" }), {
      message: "Cannot read config from 'a.py': it is not UTF-8 text",
      file: "a.py",
    });
  }));

test("patchConfigFile() changes the bytes of values in files of other encodings", () => {
  const latin1 = (text: string) => Buffer.from(`# coding: latin-1\n# \xe9\n${text}`, "latin1");
  return withFiles({ "a.py": latin1("x = '\xfc'"), "b.yaml": latin1("x: y") }, async (dir) => {
    const { bytes, changed } = await patchConfigFile(join(dir, "a.py"), { x: "\xe4" });
    assert.deepEqual(Buffer.from(bytes), latin1("x = '\\xe4'"));
    assert.deepEqual(changed, ["x"]);
    const patching = patchConfigFile(join(dir, "b.yaml"), { x: "\u20ac" }, { file: "b.yaml" });
    await assert.rejects(
      patching,
      /^ConfigError: Cannot set 'x' in 'b\.yaml': the file is not UTF-8/,
    );
  });
});

test("patchConfigFile() makes a diff with the name it is told", () =>
  withFiles({ "conf/a.json": '{"a": 1}\n' }, async (dir) => {
    const path = join(dir, "conf/a.json");
    const { diff } = await patchConfigFile(path, { a: 2 }, { file: "conf/a.json" });
    assert.equal(diff, '--- conf/a.json\n+++ conf/a.json\n@@ -1 +1 @@\n-{"a": 1}\n+{"a": 2}\n');
    const same = await patchConfigFile(path, { a: 1 });
    assert.deepEqual([same.changed, same.diff], [[], ""]);
    assert.equal(new TextDecoder().decode(same.bytes), '{"a": 1}\n');
  }));

test("listConfigKeys() lists the config of a directory", () =>
  withFiles({ "a.py": "lr = 0.1\nl = [1]\n", "conf/b.toml": "[t]\nx = 1\n" }, async (dir) => {
    const keys = await listConfigKeys(dir, ["a.py", "**/*.toml#**.x", "#l"]);
    assert.deepEqual(keys.map(({ name, path, value }) => [name, path, value]), [
      ["lr", "a.py", 0.1],
      ["l", "a.py", [1]],
      ["t.x", "conf/b.toml", 1],
    ]);
  }));

test("listConfigKeys() names a broken file by its relative path", () =>
  withFiles({ "conf/a.json": "{" }, async (dir) => {
    await assert.rejects(listConfigKeys(dir, "conf/*.json"), {
      name: "ConfigError",
      file: "conf/a.json",
    });
  }));
