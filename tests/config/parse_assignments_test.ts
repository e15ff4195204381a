import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAssignments } from "../../lib/config/parse_assignments.ts";
import type { Config } from "../../lib/types.ts";

const ASSIGNMENTS: readonly [word: string, config: Config][] = [
  ["lr=0.1", { lr: 0.1 }],
  ["l.1=x", { "l.1": "x" }],
  [".a-b_c=1", { ".a-b_c": 1 }],
  ["größe=1", { größe: 1 }],
  ["学習率=1", { 学習率: 1 }],
  ["1=2", { 1: 2 }],
  ["'a b'=1", { "a b": 1 }],
  ['"it\'s"=1', { "it's": 1 }],
  [" a = 1 ", { a: 1 }],
  ["a=", { a: "" }],
  ["a=b=c", { a: "b=c" }],
  ["a='b c'", { a: "b c" }],
  ["a=x\ny", { a: "x\ny" }],
  ["__proto__=1", JSON.parse('{"__proto__": 1}')],
];

for (const [word, config] of ASSIGNMENTS) {
  test(`parseAssignments() reads ${JSON.stringify(word)}`, () => {
    assert.deepEqual(parseAssignments([word]), config);
  });
}

test("parseAssignments() lets the last word for a key count", () => {
  assert.deepEqual(parseAssignments(["a=1", "b=2", "a=3"]), { a: 3, b: 2 });
  assert.deepEqual(parseAssignments([]), {});
});

const WRONG: readonly [word: string, message: RegExp][] = [
  ["lr", /^Cannot use 'lr' as config: a config value is set by 'lr=VALUE'$/],
  ["=1", /there is no key before '='/],
  ["a b=1", /needs quotes, as in "'a b'=1"$/],
  ["-a=1", /needs quotes/],
  ["a$=1", /needs quotes/],
  ["''=1", /needs quotes/],
];

for (const [word, message] of WRONG) {
  test(`parseAssignments() refuses ${JSON.stringify(word)}`, () => {
    assert.throws(() => parseAssignments([word]), { name: "ConfigError", message });
  });
}
