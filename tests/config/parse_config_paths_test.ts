import assert from "node:assert/strict";
import { test } from "node:test";
import { type ConfigGroup, parseConfigPaths } from "../../lib/config/parse_config_paths.ts";

/** File and key globs of the only group, with a dash before those that take away. */
function globs(config: unknown): { files: string[]; keys: string[] } {
  const groups = parseConfigPaths(config);
  assert.equal(groups.length, 1);
  const show = ({ glob, exclude }: { glob: string; exclude: boolean }) =>
    (exclude ? "- " : "") + glob;
  return { files: groups[0].files.map(show), keys: groups[0].keys.map(show) };
}

const PATHS: readonly [path: string, files: string[], keys: string[]][] = [
  ["train.py", ["train.py"], ["*"]],
  ["train.py#lr", ["train.py"], ["lr"]],
  ["train.py#", ["train.py"], []],
  ["#lr", [], ["lr"]],
  ["src/*.py#**.lr", ["src/*.py"], ["**.lr"]],
  ["-train.py", ["- train.py"], []],
  ["-  train.py", ["- train.py"], []],
  ["-train.py#lr", [], ["- lr"]],
  ["-#lr", [], ["- lr"]],
  ["\\-train.py", ["-train.py"], ["*"]],
  ["-\\-train.py", ["- -train.py"], []],
  ["a\\#b.py#c", ["a#b.py"], ["c"]],
  ["a.py#b#c", ["a.py"], ["b#c"]],
];

for (const [path, files, keys] of PATHS) {
  test(`parseConfigPaths() understands '${path}'`, () => {
    assert.deepEqual(globs(path), { files, keys });
  });
}

test("parseConfigPaths() puts paths outside of tables in one group", () => {
  const groups = parseConfigPaths(["a.py", { keys: "b.py" }, "-#x", { keys: ["c.py", "d.py"] }]);
  const files = groups.map((group) => group.files.map((file) => file.glob));
  assert.deepEqual(files, [["a.py"], ["b.py"], ["c.py", "d.py"]]);
});

test("parseConfigPaths() makes nothing of nothing", () => {
  assert.deepEqual(parseConfigPaths(undefined), []);
  assert.deepEqual(parseConfigPaths(null), []);
  assert.deepEqual(parseConfigPaths([]), []);
});

test("parseConfigPaths() reads all that a table may have", () => {
  const [group] = parseConfigPaths({
    keys: ["a.py"],
    description: "Training",
    prefix: "train",
    "strip-prefix": "conf",
    rename: "lr learning-rate",
  });
  const { description, prefix, stripPrefix, rename } = group as ConfigGroup;
  assert.deepEqual({ description, prefix, stripPrefix, rename }, {
    description: "Training",
    prefix: "train",
    stripPrefix: "conf",
    rename: [["lr", "learning-rate"]],
  });
});

test("parseConfigPaths() takes new names as strings or as a table", () => {
  const expected = [["a", "b"], ["c", "d"]];
  for (const rename of [["a b", " c  d "], { a: "b", c: "d" }]) {
    assert.deepEqual(parseConfigPaths({ keys: "x.py", rename })[0].rename, expected);
  }
});

const WRONG: readonly [config: unknown, message: RegExp][] = [
  ["", /^Cannot use "" in config: a path cannot be empty$/],
  ["-", /a path cannot be empty/],
  [5, /Cannot use 5 in config: it has to be a path such as 'train\.py#lr', or a table/],
  [["a.py", true], /Cannot use true/],
  [[["a.py"]], /Cannot use \["a\.py"\]/],
  [{}, /a table needs 'keys'/],
  [{ keys: [] }, /a table needs 'keys'/],
  [{ keys: ["a.py", 5] }, /a table needs 'keys'/],
  [{ keys: "a.py", prefx: "b" }, /unknown attribute 'prefx'; did you mean 'prefix'\?/],
  [{ keys: "a.py", x: "b" }, /unknown attribute 'x'; known are keys, description/],
  [{ keys: "a.py", prefix: 5 }, /'prefix' has to be a string/],
  [{ keys: "a.py", rename: "a" }, /a 'rename' has an old and a new name/],
  [{ keys: "a.py", rename: { a: 5 } }, /the new name of 'a' has to be a string/],
];

for (const [config, message] of WRONG) {
  test(`parseConfigPaths() refuses ${JSON.stringify(config)}`, () => {
    assert.throws(() => parseConfigPaths(config), { name: "ConfigError", message });
  });
}

test("parseConfigPaths() says what the config belongs to", () => {
  assert.throws(() => parseConfigPaths("", { where: "config of operation 'train'" }), {
    message: `Cannot use "" in config of operation 'train': a path cannot be empty`,
  });
});
