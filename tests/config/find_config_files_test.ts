import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findConfigFiles } from "../../lib/config/find_config_files.ts";
import { parseConfigPaths } from "../../lib/config/parse_config_paths.ts";
import { withFiles } from "./_temp_dir.ts";

const FILES = {
  "train.py": "",
  "test.py": "",
  "conf.json": "{}",
  "README.md": "",
  "conf/d.py": "",
  "conf/e.yaml": "",
  "conf/deep/er/d.py": "",
  ".hidden/d.py": "",
  ".hidden/f.toml": "",
  "conf/.cache/d.py": "",
  "venv/bin/activate": "",
  "venv/d.py": "",
  "data/.nocopy": "",
  "data/d.py": "",
};

const CASES: readonly [config: unknown, found: string[]][] = [
  ["train.py", ["train.py"]],
  ["*.py", ["test.py", "train.py"]],
  [["*.py", "-test*"], ["train.py"]],
  [["*.py", "-test.py", "test.py"], ["test.py", "train.py"]],
  [["*.py", "-train.py#lr"], ["test.py", "train.py"]],
  ["**/d.py", ["conf/d.py", "conf/deep/er/d.py"]],
  ["**d.py", ["conf/d.py", "conf/deep/er/d.py"]],
  ["conf/**/*", ["conf/d.py", "conf/deep/er/d.py", "conf/e.yaml"]],
  ["conf/*", ["conf/d.py", "conf/e.yaml"]],
  ["*/d.py", ["conf/d.py"]],
  ["c?nf/d.py", ["conf/d.py"]],
  [".hidden/*", [".hidden/d.py", ".hidden/f.toml"]],
  [".hid*/*.toml", [".hidden/f.toml"]],
  ["*", ["conf.json", "test.py", "train.py"]],
  ["#lr", []],
  ["-train.py#lr", []],
  ["nothing.py", []],
  [undefined, []],
  [[{ keys: "train.py" }, { keys: ["*.py", "-train.py"] }], ["test.py", "train.py"]],
];

for (const [config, expected] of CASES) {
  test(`findConfigFiles() finds what ${JSON.stringify(config)} names`, () =>
    withFiles(FILES, async (dir) => {
      assert.deepEqual(await findConfigFiles(dir, parseConfigPaths(config)), expected);
    }));
}

test("findConfigFiles() does not enter excluded directories", () =>
  withFiles(FILES, async (dir) => {
    const options = { exclude: [join(dir, "conf", "deep")] };
    assert.deepEqual(await findConfigFiles(dir, parseConfigPaths("**/d.py"), options), [
      "conf/d.py",
    ]);
  }));

test("findConfigFiles() follows no links", () =>
  withFiles({ "train.py": "" }, async (dir) => {
    symlinkSync("train.py", join(dir, "link.py"));
    symlinkSync(".", join(dir, "loop"));
    mkdirSync(join(dir, "dir.py"));
    assert.deepEqual(await findConfigFiles(dir, parseConfigPaths("**/*.py")), ["train.py"]);
  }));

test("findConfigFiles() refuses a file of unknown format that is named", () =>
  withFiles(FILES, async (dir) => {
    await assert.rejects(findConfigFiles(dir, parseConfigPaths(["*.py", "README.md"])), {
      name: "ConfigError",
      message: /^Cannot read config from 'README\.md': its format is unknown; known are \.py /,
      file: "README.md",
    });
  }));

test("findConfigFiles() names a directory that it cannot list", async () => {
  const finding = findConfigFiles("/does/not/exist", parseConfigPaths("*.py"));
  await assert.rejects(finding, { name: "FileError", path: "/does/not/exist" });
});
