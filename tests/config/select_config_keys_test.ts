import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfigPaths } from "../../lib/config/parse_config_paths.ts";
import { readConfig } from "../../lib/config/read_config.ts";
import { type ConfigFile, selectConfigKeys } from "../../lib/config/select_config_keys.ts";

const SOURCES = {
  "op.py": "x = 1\ny = 2\nop = '+'\n",
  "greet.py": "name = 'Bob'\nopts = {'loud': False, 'n': {'short': True}}\ntags = ['a']\n",
};

async function files(sources: Readonly<Record<string, string>> = SOURCES): Promise<ConfigFile[]> {
  return await Promise.all(
    Object.entries(sources).map(async ([path, source]) => ({
      path,
      entries: await readConfig(source, "python", { containers: true }),
    })),
  );
}

async function names(config: unknown): Promise<string[]> {
  return selectConfigKeys(parseConfigPaths(config), await files()).map((key) => key.name);
}

const CASES: readonly [config: unknown, names: string[]][] = [
  ["op.py", ["x", "y", "op"]],
  ["greet.py", ["name"]],
  ["greet.py#*", ["name"]],
  ["greet.py#**.*", ["name", "opts.loud", "opts.n.short", "tags.0"]],
  ["*.py#**.short", ["opts.n.short"]],
  ["*.py#opts.*", ["opts.loud"]],
  ["*.py#opts.**.*", ["opts.loud", "opts.n.short"]],
  ["*.py#o*", ["op"]],
  ["op.py#x", ["x"]],
  ["op.py#", []],
  [["op.py#", "#x", "#y"], ["x", "y"]],
  [["op.py#x", "greet.py#name"], ["x", "name"]],
  [["*.py", "-op.py"], ["name"]],
  [["op.py", "-op.py#op"], ["x", "y"]],
  [["op.py", "-#op", "#op"], ["x", "y"]],
  [["op.py", "-op.py#op", "greet.py#opts.**.*", "-#opts.loud"], ["x", "y", "name", "opts.n.short"]],
  ["-op.py", []],
  ["greet.py#tags", ["tags"]],
  [["greet.py#tags", "#tags.*"], ["tags", "tags.0"]],
  ["greet.py#**", []],
  [[{ keys: "op.py#x" }, { keys: "greet.py" }], ["x", "name"]],
  [{ keys: "op.py#x", prefix: "op" }, ["op.x"]],
  [{ keys: "op.py#x", prefix: "op." }, ["op.x"]],
  [{ keys: "greet.py#opts.*", "strip-prefix": "opts" }, ["loud"]],
  [{ keys: "greet.py#opts.*", "strip-prefix": "opts.", prefix: "greet" }, ["greet.loud"]],
  [{ keys: "greet.py#opts.*", "strip-prefix": "opt" }, ["opts.loud"]],
  [{ keys: "op.py#x", "strip-prefix": "x", prefix: "train_x" }, ["train_x"]],
  [{ keys: "op.py", rename: "x first" }, ["first", "y", "op"]],
  [{ keys: "op.py", rename: { x: "first", y: "second" }, prefix: "op" }, [
    "op.first",
    "op.second",
    "op.op",
  ]],
  [{ keys: "greet.py#**.*", rename: "opts. o." }, ["name", "o.loud", "o.n.short", "tags.0"]],
  [{ keys: "greet.py#**.*", rename: "opts.n opts.deep" }, [
    "name",
    "opts.loud",
    "opts.deep.short",
    "tags.0",
  ]],
  [{ keys: "greet.py#opts.*", rename: "opts.loud volume", "strip-prefix": "opts" }, ["volume"]],
  [["op.py#x", { keys: "op.py#x", prefix: "a" }], ["x", "a.x"]],
  [["op.py#x", { keys: "op.py#x" }], ["x"]],
];

for (const [config, expected] of CASES) {
  test(`selectConfigKeys() selects by ${JSON.stringify(config)}`, async () => {
    assert.deepEqual(await names(config), expected);
  });
}

test("selectConfigKeys() tells file, key, value, type, line and description", async () => {
  const groups = parseConfigPaths({ keys: "op.py#y", prefix: "p", description: "Why" });
  assert.deepEqual(selectConfigKeys(groups, await files()), [{
    name: "p.y",
    path: "op.py",
    key: "y",
    value: 2,
    type: "int",
    line: 2,
    description: "Why",
  }]);
});

test("selectConfigKeys() lets files share a name", async () => {
  const both = await files({ "a.py": "x = 1\n", "b.py": "x = 2\n" });
  const keys = selectConfigKeys(parseConfigPaths("*.py"), both);
  assert.deepEqual(keys.map(({ name, path, value }) => [name, path, value]), [
    ["x", "a.py", 1],
    ["x", "b.py", 2],
  ]);
});

test("selectConfigKeys() refuses one name for two keys of a file", async () => {
  const all = await files();
  const select = (config: unknown) => () => selectConfigKeys(parseConfigPaths(config), all);
  assert.throws(select({ keys: "op.py", rename: "x y" }), {
    name: "ConfigError",
    message: "Cannot name 'y' in 'op.py' 'y': that is the name of 'x' already",
    file: "op.py",
    key: "y",
  });
});

test("selectConfigKeys() refuses to leave nothing of a name", async () => {
  const groups = parseConfigPaths({ keys: "op.py#x", "strip-prefix": "x" });
  const all = await files();
  assert.throws(() => selectConfigKeys(groups, all), /nothing is left of its name/);
});
