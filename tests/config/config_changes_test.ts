import assert from "node:assert/strict";
import { test } from "node:test";
import { configChanges } from "../../lib/config/config_changes.ts";
import { configDefaults } from "../../lib/config/config_defaults.ts";
import { fitConfigValues } from "../../lib/config/fit_config_values.ts";
import type { ConfigKey } from "../../lib/config/select_config_keys.ts";
import type { JsonValue } from "../../lib/types.ts";

function key(name: string, path: string, value: JsonValue, inFile: string = name): ConfigKey {
  return { name, path, key: inFile, value, type: "int", line: 1 };
}

const KEYS = [
  key("lr", "train.py", 0.1),
  key("seed", "train.py", 1),
  key("seed", "test.py", 2, "SEED"),
];

test("configChanges() gives one value to all places of a name", () => {
  assert.deepEqual([...configChanges(KEYS, { seed: 3, lr: 0.5 })], [
    ["train.py", { seed: 3, lr: 0.5 }],
    ["test.py", { SEED: 3 }],
  ]);
});

test("configChanges() leaves files alone that have nothing to set", () => {
  assert.deepEqual([...configChanges(KEYS, { lr: 0.5 })], [["train.py", { lr: 0.5 }]]);
  assert.deepEqual([...configChanges(KEYS, {})], []);
});

test("configChanges() names files, keys and the nearest for an unknown name", () => {
  assert.throws(() => configChanges(KEYS, { sed: 1 }), {
    name: "ConfigError",
    message: "Cannot set 'sed' in 'train.py', 'test.py': no such key (did you mean 'seed'?); " +
      "keys are 'lr', 'seed'",
    key: "sed",
  });
});

test("configChanges() names the file if there is one only", () => {
  assert.throws(() => configChanges(KEYS.slice(0, 2), { x: 1 }), { file: "train.py", key: "x" });
});

test("configChanges() shows some of many keys", () => {
  const keys = Array.from({ length: 12 }, (_, i) => key(`k${i}`, "a.py", i));
  assert.throws(() => configChanges(keys, { zz: 1 }), /'k9' and 2 more$/);
});

test("configChanges() says what is missing if there is no config", () => {
  assert.throws(
    () => configChanges([], { lr: 1 }),
    /'lr': the operation has no config; its 'config'/,
  );
});

test("configChanges() refuses two values for one place", () => {
  const keys = [key("a", "x.py", 1, "v"), key("b", "x.py", 1, "v")];
  assert.deepEqual([...configChanges(keys, { a: [2], b: [2] })], [["x.py", { v: [2] }]]);
  assert.throws(() => configChanges(keys, { a: 2, b: 3 }), {
    message: "Cannot set 'b': 'v' in 'x.py' is set to another value by another name",
    file: "x.py",
    key: "v",
  });
});

test("configDefaults() leaves out names with several values", () => {
  assert.deepEqual(configDefaults(KEYS), { lr: 0.1 });
  assert.deepEqual(configDefaults([key("a", "x.py", NaN), key("a", "y.py", NaN)]), { a: NaN });
});

test("fitConfigValues() reads words that are spelled as another language spells values", () => {
  const typed = (name: string, type: ConfigKey["type"]) => ({ ...key(name, "a", null), type });
  const keys = [
    typed("flag", "bool"),
    typed("n", "int"),
    typed("none", "null"),
    typed("text", "string"),
  ];
  const fitted = (name: string, value: JsonValue) => fitConfigValues(keys, { [name]: value })[name];
  const cases: [name: string, given: JsonValue, value: JsonValue][] = [
    ["flag", "True", true],
    ["flag", "No", false],
    ["flag", "off", false],
    ["flag", "auto", "auto"],
    ["flag", 1, 1],
    ["n", "None", null],
    ["n", "no", "no"],
    ["none", "False", false],
    ["none", "balanced", "balanced"],
    ["text", "False", "False"],
    ["text", "None", "None"],
    ["unknown", "True", "True"],
  ];
  for (const [name, given, value] of cases) {
    assert.equal(fitted(name, given), value, `${name}=${given}`);
  }
});
