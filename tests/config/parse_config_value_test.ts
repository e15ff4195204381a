import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { parseConfigValue } from "../../lib/config/parse_config_value.ts";
import type { JsonValue } from "../../lib/types.ts";
import { seededRandom } from "./_random.ts";

const VALUES: readonly [text: string, value: JsonValue][] = [
  ["true", true],
  ["false", false],
  ["null", null],
  ["True", "True"],
  ["None", "None"],
  ["", ""],
  ["  ", ""],
  [" 5 ", 5],
  ["1", 1],
  ["-1", -1],
  ["+1", 1],
  ["01", 1],
  ["1_000", 1000],
  ["1__0", "1__0"],
  ["_1", "_1"],
  ["1.5", 1.5],
  [".5", 0.5],
  ["5.", 5],
  ["1e5", 100000],
  ["1_0.0_5e1_0", 10.05e10],
  ["1e-3", 0.001],
  ["e5", "e5"],
  ["nan", NaN],
  ["-NaN", NaN],
  ["inf", Infinity],
  ["-Infinity", -Infinity],
  ["1e999", Infinity],
  ["0x10", "0x10"],
  ["0b1", "0b1"],
  ["1j", "1j"],
  ["- 1", "- 1"],
  ["[1,2]", "[1,2]"],
  ["9007199254740991", 9007199254740991],
  ["9007199254740993", "9007199254740993"],
  ["-0012345678901234567890", "-12345678901234567890"],
  ["hello world", "hello world"],
  ["'1'", "1"],
  ['"a b"', "a b"],
  ["' x '", " x "],
  ["''", ""],
  [String.raw`"a\n"`, String.raw`a\n`],
  [`"it's"`, "it's"],
  [`'a' b'`, `'a' b'`],
  [`'a"`, `'a"`],
  ["'", "'"],
  ["a=b", "a=b"],
];

for (const [text, value] of VALUES) {
  test(`parseConfigValue() reads ${JSON.stringify(text)} as ${JSON.stringify(value)}`, () => {
    assert.deepEqual(parseConfigValue(text), value);
  });
}

const hasPython = spawnSync("python3", ["-c", ""]).status === 0;

test("parseConfigValue() takes for numbers what Python does", {
  skip: !hasPython && "there is no python3",
}, () => {
  const random = seededRandom(3);
  const texts = Array.from(
    { length: 3000 },
    () =>
      Array.from({ length: 1 + random.below(6) }, () => random.pick([..."0017_.e+-_5"])).join(""),
  );
  const script = `
import json, sys
def number(text):
    for read in (int, float):
        try:
            return float(read(text))
        except ValueError:
            pass
json.dump([number(text) for text in json.load(sys.stdin)], sys.stdout)`;
  const input = JSON.stringify(texts);
  const { stdout } = spawnSync("python3", ["-c", script], { input, encoding: "utf8" });
  const expected = JSON.parse(stdout.replaceAll("Infinity", "1e999")) as (number | null)[];
  for (const [i, text] of texts.entries()) {
    const value = parseConfigValue(text);
    const number = typeof value === "number" ? value + 0 : null;
    assert.equal(number, expected[i] === null ? null : expected[i] + 0, text);
  }
});
