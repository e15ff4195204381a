import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import {
  compareCodePoints,
  decodePythonJson,
  encodePythonJson,
} from "../../lib/meta/python_json.ts";
import type { JsonValue } from "../../lib/types.ts";
import { randomFrom, WITHOUT_PYTHON } from "./_tools.ts";

const PRETTY = { indent: 2, sortKeys: true };

test("encodePythonJson() writes numbers as Python does", () => {
  const numbers: [number, string][] = [
    [1, "1"],
    [-0, "-0.0"],
    [1.5, "1.5"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [1e-7, "1e-07"],
    [5e-324, "5e-324"],
    [1.5e300, "1.5e+300"],
    [1e16, "1e+16"],
    [1e22, "1e+22"],
    [9007199254740991, "9007199254740991"],
    [9007199254740994, "9007199254740994.0"],
    [NaN, "NaN"],
    [Infinity, "Infinity"],
    [-Infinity, "-Infinity"],
  ];
  for (const [value, text] of numbers) assert.equal(encodePythonJson(value), text);
  assert.equal(encodePythonJson(12345678901234567890n), "12345678901234567890");
});

test("encodePythonJson() escapes all but printable ASCII", () => {
  assert.equal(
    encodePythonJson('a"\\/\b\f\n\r\t\x00\x7fé\u2028😀\ud800'),
    '"a\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u007f\\u00e9\\u2028\\ud83d\\ude00\\ud800"',
  );
});

test("encodePythonJson() indents, and leaves the empty on their line", () => {
  assert.equal(
    encodePythonJson({ b: [1, [2, {}]], a: { c: [] }, d: undefined }, PRETTY),
    '{\n  "a": {\n    "c": []\n  },\n  "b": [\n    1,\n    [\n      2,\n      {}\n    ]\n  ]\n}',
  );
  assert.equal(encodePythonJson({ b: [1, 2], a: null }), '{"b": [1, 2], "a": null}');
});

test("encodePythonJson() sorts keys by code point", () => {
  assert.equal(
    encodePythonJson({ "\u{1f600}": 1, "\uffee": 2, b: 3, B: 4, ab: 5, a: 6 }, { sortKeys: true }),
    '{"B": 4, "a": 6, "ab": 5, "b": 3, "\\uffee": 2, "\\ud83d\\ude00": 1}',
  );
  assert(compareCodePoints("a", "ab") < 0 && compareCodePoints("b", "ab") > 0);
});

test("encodePythonJson() writes dates as text", () => {
  assert.equal(encodePythonJson({ d: new Date(0) }), '{"d": "1970-01-01T00:00:00.000Z"}');
});

test("encodePythonJson() says where something is that JSON cannot hold", () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = { cycle };
  const bad: [unknown, RegExp][] = [
    [{ a: [0, () => 1] }, /^Cannot write opdef as JSON: it is a function at 'a.1'$/],
    [Symbol("x"), /^Cannot write opdef as JSON: it is a symbol$/],
    [undefined, /it is undefined$/],
    [cycle, /it contains itself at 'self.cycle'$/],
    [JSON.parse("[".repeat(600) + "]".repeat(600)), /it is nested too deep/],
  ];
  for (const [value, message] of bad) {
    assert.throws(() => encodePythonJson(value, { what: "opdef" }), { name: "TypeError", message });
  }
});

test("decodePythonJson() reads bare NaN and infinities, but not in strings", () => {
  assert.deepEqual(
    decodePythonJson('{"a": NaN, "b": [-Infinity, Infinity], "c": "NaN \\" Infinity"}'),
    {
      a: NaN,
      b: [-Infinity, Infinity],
      c: 'NaN " Infinity',
    },
  );
  for (const text of ["", "{", "NaN NaN", '{"a": NaN', "nan", "+Infinity", '"NaN']) {
    assert.throws(() => decodePythonJson(text), SyntaxError);
  }
});

test("encodePythonJson() writes what Python writes", { skip: WITHOUT_PYTHON }, () => {
  const random = randomFrom(7);
  const values = Array.from({ length: 300 }, () => randomValue(random, 0));
  const code = "import json,sys\nfor v in json.load(sys.stdin):\n" +
    "  print(json.dumps(json.dumps(v, indent=2, sort_keys=True))); print(json.dumps(v))";
  const ours = values.map((value) =>
    `${encodePythonJson(encodePythonJson(value, PRETTY))}\n${encodePythonJson(value)}\n`
  ).join("");
  // JSON.stringify() writes whole floats as integers, which Python would then take for such.
  const input = JSON.stringify(values);
  assert.equal(execFileSync("python3", ["-c", code], { input, encoding: "utf8" }), ours);
});

function randomValue(random: () => number, depth: number): JsonValue {
  const kind = Math.floor(random() * (depth > 4 ? 4 : 6));
  const count = Math.floor(random() * 4);
  switch (kind) {
    case 0:
      return [null, true, false][count % 3]!;
    case 1:
      return Math.floor((random() - 0.5) * 1e15);
    case 2:
      // Never whole, so that both take it for a float.
      return (random() + 0.1) * 10 ** Math.floor(random() * 30 - 29);
    case 3:
      return randomText(random);
    case 4:
      return Array.from({ length: count }, () => randomValue(random, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: count }, () => [randomText(random), randomValue(random, depth + 1)]),
      );
  }
}

function randomText(random: () => number): string {
  const ranges = [[0, 128], [0x20, 0x7f], [0x80, 0xd800], [0xe000, 0x10000], [0x10000, 0x10ffff]];
  return Array.from({ length: Math.floor(random() * 6) }, () => {
    const [low, high] = ranges[Math.floor(random() * ranges.length)]!;
    return String.fromCodePoint(Math.floor(low! + random() * (high! - low!)));
  }).join("");
}
