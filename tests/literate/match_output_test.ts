import assert from "node:assert/strict";
import { test } from "node:test";
import { matchOutput } from "../../repl/literate/match/match_output.ts";
import { PATTERN_CASES } from "./_pattern_cases.ts";

const count = Object.values(PATTERN_CASES).flat().length;

test(`matchOutput() has at least 200 cases of patterns in its table, namely ${count}`, () => {
  assert(count >= 200);
});

for (const [group, cases] of Object.entries(PATTERN_CASES)) {
  test(`matchOutput() with fields: ${group}`, () => {
    for (const [pattern, output, result, options] of cases) {
      const where = `${JSON.stringify(pattern)} and ${JSON.stringify(output).slice(0, 100)}`;
      const match = matchOutput(pattern, output, { parse: true, ...options });
      if (result === null) {
        assert.equal(match.ok, false, `${where} match`);
        assert(match.reason, `${where} do not match without a reason`);
      } else if ("no" in result) {
        assert.equal(match.ok, false, `${where} match`);
        assert(match.reason?.includes(String(result.no)), `${where}: ${match.reason}`);
      } else {
        assert.equal(match.reason, null, where);
        assert.deepEqual({ ...match.bindings }, result, where);
      }
    }
  });
}

test("matchOutput() says which field does not match, and where", () => {
  const expected = "# Files\n{:sha256} a.txt\n{n:d} in all";
  const sum = "0".repeat(64);
  const bad = matchOutput(expected, `# Files\n${sum} a.txt\nmany in all\n`, { parse: true });
  assert.deepEqual(bad.failure, {
    field: "{n:d}",
    line: 3,
    column: 1,
    expectedLine: 3,
    expectedColumn: 1,
    expectedPart: "{n:d} in all",
    actualPart: "many in all",
    reason: "{n:d} does not match 'many in all'",
  });
  const short = matchOutput(expected, `# Files\n${sum.slice(3)} a.txt\n1 in all\n`, {
    parse: true,
  });
  assert.equal(short.failure?.field, "{:sha256}");
  assert.deepEqual([short.failure?.line, short.failure?.column], [2, 1]);
  assert.match(short.reason!, /from its character 62 on/);
});

test("matchOutput() finds the place also where white space does not count", () => {
  const { failure } = matchOutput("a b\nc {x:d} e", "a   b c\n x e", { parse: true, space: false });
  assert.deepEqual([failure?.line, failure?.column], [2, 2]);
  assert.deepEqual([failure?.expectedLine, failure?.expectedColumn], [2, 3]);
});

test("matchOutput() compares plain text", () => {
  assert(matchOutput("", "").ok);
  assert(matchOutput("a", "a\n").ok);
  assert(matchOutput("a\n⤶\nb", "a\n \t\nb\n").ok);
  assert(matchOutput("ABC", "abc\n", { case: false }).ok);
  assert(matchOutput("a  b", " a\nb\n", { space: false }).ok);
  assert(matchOutput("{x} ...", "{x} ...\n").ok);
  const reason = (expected: string, actual: string) => matchOutput(expected, actual).reason;
  assert.equal(reason("a", "a\n\n"), "the output goes on with '' where nothing more is expected");
  assert.equal(reason("a", "b"), "expected 'a', got 'b'");
  assert.equal(reason("a", ""), "there is no output");
  assert.equal(reason("", "a"), "nothing is expected");
  assert.equal(reason("a\nb", "a\n"), "the output ends where 'b' is expected");
});

test("matchOutput() matches wildcards in linear time", () => {
  const match = (expected: string, actual: string) =>
    matchOutput(expected, actual, { wildcard: "..." }).ok;
  assert(match("a\n...\nc", "a\nb\nb\nc\n"));
  assert(!match("a\n...\nc", "a\nc\n"), "the line ends around a wildcard are text");
  assert(match("a...c", "ac\n"));
  assert(match("...", ""));
  assert(match("...", "a\n"));
  assert(match("a...b...c", "a b b c\n"));
  assert(!match("aa...aa", "aaa\n"), "parts do not overlap");
  assert(!match("a...", "b\n"));
  assert(match("a {x} ...", "a {x} b\n"));
  const many = matchOutput("<*>", "<a>\n", { wildcard: "*" });
  assert(many.ok, "the token can be another");
  const long = "ab".repeat(50_000);
  assert(match("...ab".repeat(100), long + "\n"));
  assert(!match("...ab".repeat(100) + "c", long + "\n"));
});

test("matchOutput() says which part between wildcards was not found", () => {
  const { reason, failure } = matchOutput("a\n...\nc", "a\nb\nd\n", { wildcard: "..." });
  assert.equal(reason, "no 'c' behind the wildcard");
  assert.deepEqual([failure?.line, failure?.expectedLine], [2, 3]);
});

test("matchOutput() prefers fields to wildcards", () => {
  assert(!matchOutput("...", "a\n", { parse: true, wildcard: "..." }).ok);
  assert(matchOutput("... {}", "... a\n", { parse: true, wildcard: "..." }).ok);
});

test("matchOutput() changes both sides as custom options do", () => {
  const transforms = [(text: string) => text.replace(/-+/g, "-")];
  assert(matchOutput("a --- {x}", "a - b\n", { parse: true, transforms }).ok);
  assert(matchOutput("a ---", "a -\n", { transforms }).ok);
});

test("matchOutput() does not hang on patterns that repeat a name", () => {
  const text = "ab".repeat(300);
  const { ok, reason } = matchOutput("{x}{y}{x}{y}{z}{z}c", text, { parse: true });
  assert(!ok);
  assert(reason);
  const twice = matchOutput("{x}{y}{x}", `${"a".repeat(200)}b${"a".repeat(200)}`, { parse: true });
  assert(twice.ok);
});

test("matchOutput() binds names that objects have from birth", () => {
  const { bindings } = matchOutput("{constructor} {toString:d}", "a 1", { parse: true });
  assert.deepEqual(Object.entries(bindings), [["constructor", "a"], ["toString", 1]]);
  const proto = matchOutput("{a.__proto__}", "1", { parse: true });
  assert.deepEqual(Object.keys(proto.bindings.a as object), ["__proto__"]);
});
