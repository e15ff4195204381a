import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeExample } from "../../repl/literate/match/judge_example.ts";
import { resolveOptions } from "../../repl/literate/options/resolve_options.ts";
import { explainMismatch } from "../../repl/literate/report/explain_mismatch.ts";

test("explainMismatch() tells the document's line, and shows what differs", () => {
  const expected = "{:d} files\na\nb";
  const options = resolveOptions({ parse: true, sep: "---" });
  const judged = judgeExample(expected, { output: "3 files\na\nc\n" }, options);
  assert.deepEqual(explainMismatch(judged, { expected, sourceEndLine: 10 }, options), {
    reason: "expected 'b', got 'c' (line 3, column 1 of the output)",
    line: 13,
    diff: ["  {:d} files", "  a", "- b", "+ c"],
    expected,
    actual: "3 files\na\nc\n",
    match: judged.failure,
    separator: "---",
  });
});

test("explainMismatch() shows what was printed before there was no end", () => {
  const options = resolveOptions();
  const judged = judgeExample("1\n2", { output: "1\n", broken: "no end after 30 s" }, options);
  const { reason, line, diff } = explainMismatch(
    judged,
    { expected: "1\n2", sourceEndLine: 1 },
    options,
  );
  assert.deepEqual([reason, line, diff], ["no end after 30 s", null, ["  1", "- 2"]]);
});

test("explainMismatch() shows no diff where a pattern is wrong", () => {
  const options = resolveOptions({ parse: true });
  const judged = judgeExample("{:nope}", { output: "1\n" }, options);
  const { reason, diff } = explainMismatch(judged, { expected: "1", sourceEndLine: 1 }, options);
  assert.match(reason, /there is no type 'nope'/);
  assert.deepEqual(diff, []);
});

test("explainMismatch() names no line of the document where nothing is expected", () => {
  const options = resolveOptions();
  const judged = judgeExample("", { output: "1\n" }, options);
  const { reason, line, diff } = explainMismatch(
    judged,
    { expected: "", sourceEndLine: 1 },
    options,
  );
  assert.deepEqual([line, diff], [null, ["+ 1"]]);
  assert.match(reason, /^nothing is expected/);
});

test("explainMismatch() shows only lines around differences with +diff, and of long output", () => {
  const lines = Array.from({ length: 9 }, (_, i) => String(i));
  const expected = lines.join("\n");
  const output = expected.replace("4", "four");
  const options = resolveOptions({ diff: true });
  const judged = judgeExample(expected, { output }, options);
  const { diff } = explainMismatch(judged, { expected, sourceEndLine: 1 }, options);
  assert.deepEqual(diff, ["@@ 3 @@", "  2", "  3", "- 4", "+ four", "  5", "  6"]);
});
