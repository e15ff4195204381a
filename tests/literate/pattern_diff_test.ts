import assert from "node:assert/strict";
import { test } from "node:test";
import { formatDiff } from "../../repl/literate/match/format_diff.ts";
import type { MatchOptions } from "../../repl/literate/match/match_options.ts";
import { patternDiff } from "../../repl/literate/match/pattern_diff.ts";

function diff(expected: string, actual: string, options?: MatchOptions): string[] {
  return formatDiff(patternDiff(expected, actual, options), { context: 100 });
}

test("patternDiff() finds no difference where patterns match", () => {
  const expected = "{:date} Start\n{}\na s {:timestamp} {x:path}\n⤶\n}} {{";
  const actual = "2024-06-13T10:20:30+0000 Start\n1\n2\n\n3\na s 1718274030123456 /a\n\n} {\n";
  assert.deepEqual(diff(expected, actual, { parse: true }), []);
  assert.deepEqual(diff("a\n...\nb ...", "a\n1\n2\nb 3\n4\n", { wildcard: "..." }), []);
  assert.deepEqual(diff("A  b", "a B\n", { space: false, case: false }), []);
  assert.deepEqual(diff('{"a": {\n"b": {}\n}}', '{"a": {\n"b": 1\n}}\n', { parse: true }), []);
});

test("patternDiff() shows only the lines that do not match", () => {
  const expected = "a s {:timestamp} a.txt\na s {:timestamp} b.txt\na s {:timestamp} c.txt";
  const actual = "a s 1718274030123456 a.txt\na d 1718274030123456 b.txt\nm s 1 c.txt\n";
  assert.deepEqual(diff(expected, actual, { parse: true }), [
    "  a s {:timestamp} a.txt",
    "- a s {:timestamp} b.txt",
    "- a s {:timestamp} c.txt",
    "+ a d 1718274030123456 b.txt",
    "+ m s 1 c.txt",
  ]);
});

test("patternDiff() finds lines that are missing and lines that are too many", () => {
  assert.deepEqual(diff("a\nb\nc\nd", "a\nc\nx\nd\n"), ["  a", "- b", "  c", "+ x", "  d"]);
  assert.deepEqual(diff("", "a\n\n"), ["+ a", "+ ⤶"]);
  assert.deepEqual(diff("a", ""), ["- a"]);
  assert.deepEqual(diff("{}\n{:d} b\nx", "1\n2\n3 a\n4 b\nx\ny", { parse: true }), [
    "  {}",
    "  {:d} b",
    "  x",
    "+ y",
  ]);
});

test("patternDiff() says nothing of types, but that their lines do not match", () => {
  assert.deepEqual(diff("{x:nope} a", "b a", { parse: true }), ["- {x:nope} a", "+ b a"]);
  assert.deepEqual(diff("{x:ti}", "2024-02-31", { parse: true }), ["- {x:ti}", "+ 2024-02-31"]);
});

test("patternDiff() copes with long output", () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `line ${i}`);
  const other = lines.with(10_000, "x");
  assert.deepEqual(formatDiff(patternDiff(lines.join("\n"), other.join("\n")), { context: 0 }), [
    "@@ 10001 @@",
    "- line 10000",
    "+ x",
  ]);
  const all = patternDiff(lines.join("\n"), lines.map((line) => `${line}!`).join("\n"));
  assert.equal(all.length, 40_000);
  const fields = Array.from({ length: 500 }, (_, i) => `{:d} ${i % 7} {}`).join("\n");
  const output = Array.from({ length: 500 }, (_, i) => `x ${i} y`).join("\n");
  assert.equal(patternDiff(fields, output, { parse: true }).length, 1000);
});

test("formatDiff() leaves out what is far from differences", () => {
  const lines = Array.from({ length: 20 }, (_, i) => String(i));
  const text = formatDiff(
    patternDiff(lines.join("\n"), lines.with(3, "x").with(15, "y").join("\n")),
    {
      context: 1,
    },
  );
  assert.deepEqual(text, [
    "@@ 3 @@",
    "  2",
    "- 3",
    "+ x",
    "  4",
    "@@ 15 @@",
    "  14",
    "- 15",
    "+ y",
    "  16",
  ]);
});
