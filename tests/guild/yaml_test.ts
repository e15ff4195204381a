import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeYaml } from "../../lib/guild/decode_yaml.ts";
import { encodeYamlValue } from "../../lib/guild/encode_yaml_value.ts";
import type { JsonValue } from "../../lib/types.ts";

const WRITTEN: readonly [value: JsonValue, yaml: string][] = [
  [0, "0\n"],
  [-15, "-15\n"],
  ["text", "text\n"],
  [null, "null\n"],
  [{}, "{}\n"],
  [[], "[]\n"],
  [{ msg: "hi", loud: false }, "loud: false\nmsg: hi\n"],
  [{ msg: ["ho"] }, "msg:\n- ho\n"],
  [["--msg", "['ho']"], "- --msg\n- '[''ho'']'\n"],
  [
    ["-u", "-", "- a", ":", "a:", "a: b", "a #b", "#a"],
    "- -u\n- '-'\n- '- a'\n- ':'\n- 'a:'\n- 'a: b'\n- 'a #b'\n- '#a'\n",
  ],
  [
    ["y", "no", "1", "1.5", "1e3", "0x1", "1:30", "1_0", "~", "", "=", "<<"],
    "- 'y'\n- 'no'\n- '1'\n- '1.5'\n- '1e3'\n- '0x1'\n- '1:30'\n- '1_0'\n- '~'\n- ''\n- '='\n- '<<'\n",
  ],
  [["2020-01-01"], "- '2020-01-01'\n"],
  [{ "y": 1, "a b": 2 }, "a b: 2\n'y': 1\n"],
  [
    { a: { b: [1, { c: null }] }, d: [[1, 2], []] },
    "a:\n  b:\n  - 1\n  - c: null\nd:\n- - 1\n  - 2\n- []\n",
  ],
  [1e-5, "1.0e-05\n"],
  [[0.1, 1e22, Infinity, -Infinity, NaN], "- 0.1\n- 1.0e+22\n- .inf\n- -.inf\n- .nan\n"],
  ["é ü 漢 🎉", "é ü 漢 🎉\n"],
  ["a\tb\nc\x1b\x00", '"a\\tb\\nc\\e\\0"\n'],
  ["it's", "it's\n"],
  ["'a'", "'''a'''\n"],
  [" a", "' a'\n"],
];

for (const [value, yaml] of WRITTEN) {
  test(`encodeYamlValue() writes ${JSON.stringify(value)}`, async () => {
    assert.equal(encodeYamlValue(value), yaml);
    assert.deepEqual(await decodeYaml(yaml), value);
  });
}

test("encodeYamlValue() writes floats of a flag that has them", () => {
  assert.equal(encodeYamlValue({ x: 1 }, { float: true }), "x: 1.0\n");
});

test("decodeYaml() reads YAML as Guild does", async () => {
  const text =
    'a: 1e3\nb: yes\nc: y\nd: 2020-01-01\ne: "\\xE9"\nf:\ng: !!str 1\nh: 0x10\ni: |\n  x\n';
  assert.deepEqual(await decodeYaml(text), {
    ...{ a: 1000, b: true, c: "y", d: "2020-01-01", e: "é", f: null, g: "1", h: 16, i: "x\n" },
  });
  await assert.rejects(decodeYaml("a: [1"), { name: "SyntaxError", message: /line 1/ });
  assert.deepEqual(await decodeYaml("a: &x [1]\nb: *x\n"), { a: [1], b: [1] });
});

test("decodeYaml() reads what encodeYamlValue() writes", async () => {
  let seed = 3;
  const random = (n: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % n;
  const chars = [..."ab1 :-#'\"[]{},&*!|>%@`?.~=é\n\t\\0eE+_yn", "\x85", "🎉", "\u2028", "---"];
  const text = () => Array.from({ length: random(7) }, () => chars[random(chars.length)]).join("");
  const value = (depth: number): JsonValue => {
    const kind = random(depth > 2 ? 4 : 6);
    if (kind === 0) return random(1000) - 500;
    if (kind === 1) return random(2) === 0 ? null : random(2) === 0;
    if (kind < 4) return text();
    if (kind === 4) return Array.from({ length: random(4) }, () => value(depth + 1));
    return Object.fromEntries(Array.from({ length: random(4) }, () => [text(), value(depth + 1)]));
  };
  for (let i = 0; i < 2000; i++) {
    const expected = value(0);
    assert.deepEqual(await decodeYaml(encodeYamlValue(expected)), expected);
  }
});
