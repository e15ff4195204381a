import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExampleOutcome } from "../../repl/literate/match/example_outcome.ts";
import { judgeExample } from "../../repl/literate/match/judge_example.ts";
import { outcomeTexts } from "../../repl/literate/match/outcome_texts.ts";
import type { OptionValues } from "../../repl/literate/options/option_table.ts";
import { resolveOptions } from "../../repl/literate/options/resolve_options.ts";

const PYTHON = "Traceback (most recent call last):";
const error = { name: "ValueError", message: "bad 'hi' 7", stack: ["at f (doc.md:3:5)"] };

function passes(expected: string, outcome: ExampleOutcome, options: OptionValues = {}): boolean {
  return judgeExample(expected, outcome, resolveOptions(options)).passed;
}

test("judgeExample() compares output", () => {
  assert(passes("", { output: "" }));
  assert(passes("1", { output: "1\n" }));
  assert(passes("1", { output: "1" }));
  assert(!passes("1", { output: "2\n" }));
  assert(!passes("", { output: "2\n" }));
});

test("judgeExample() takes errors with either heading, with output before or without it", () => {
  for (const output of ["", "before\n", "before"]) {
    const outcome = { output, error };
    assert(passes("Uncaught ValueError: bad 'hi' 7", outcome));
    assert(passes(`${PYTHON}\nValueError: bad 'hi' 7`, outcome));
    assert(passes("Uncaught ValueError: bad 'hi' 7\n    at f (doc.md:3:5)", outcome));
    assert(passes("Uncaught {name}: bad '{}' {n:d}", outcome, { parse: true }));
    assert(passes("ValueError: bad 'hi' 7", outcome));
    assert(!passes("", outcome));
  }
  assert(passes(`before\n${PYTHON}\nValueError: bad 'hi' 7`, { output: "before\n", error }));
  assert(!passes(`after\n${PYTHON}\nValueError: bad 'hi' 7`, { output: "before\n", error }));
});

test("judgeExample() takes errors with their stack only, with +error-detail", () => {
  const outcome = { output: "", error };
  const options = { "error-detail": true };
  assert(!passes("Uncaught ValueError: bad 'hi' 7", outcome, options));
  assert(passes("Uncaught ValueError: bad 'hi' 7\n    at f (doc.md:3:5)", outcome, options));
});

test("outcomeTexts() shows what was thrown", () => {
  const texts = (name: string, message: string) =>
    outcomeTexts({ output: "", error: { name, message } })[0];
  assert.equal(texts("Error", "a"), "Uncaught Error: a\n");
  assert.equal(texts("Error", ""), "Uncaught Error\n");
  assert.equal(texts("", "42"), "Uncaught 42\n");
  assert.equal(texts("", "Uncaught 42"), "Uncaught 42\n");
  const outcome = { output: "a", error: { name: "E", message: "b", stack: ["at c"] } };
  const short = [
    "a\nUncaught E: b\n",
    `a\n${PYTHON}\nE: b\n`,
    "a\nE: b\n",
    "Uncaught E: b\n",
    `${PYTHON}\nE: b\n`,
    "E: b\n",
  ];
  const long = short.map((text) => `${text}    at c\n`);
  assert.deepEqual(outcomeTexts(outcome), [...short, ...long]);
  assert.deepEqual(outcomeTexts(outcome, "", true), long);
  assert.equal(outcomeTexts(outcome, `{}\n${PYTHON}`)[0], short[1]);
});

test("outcomeTexts() ends with the exit code of a command that failed", () => {
  assert.deepEqual(outcomeTexts({ output: "a\n", exitCode: 0 }), ["a\n"]);
  assert.deepEqual(outcomeTexts({ output: "a", exitCode: 2 }), ["a\n<2>\n"]);
  assert.deepEqual(outcomeTexts({ output: "", exitCode: 127 }), ["<127>\n"]);
});

test("judgeExample() binds values, but not of examples that fail", () => {
  const judge = (expected: string, options: OptionValues) =>
    judgeExample(expected, { output: "a 1\n" }, resolveOptions({ parse: true, ...options }));
  assert.deepEqual(judge("{x} {y:d}", {}).bindings, { x: "a", y: 1 });
  assert.deepEqual(judge("{x} {y:l}", {}).bindings, {});
  assert.deepEqual(judge("{x} {y:l}", { fails: true }).bindings, {});
});

test("judgeExample() turns the verdict round with +fails", () => {
  assert(passes("1", { output: "2\n" }, { fails: true }));
  assert(passes("1", { output: "", error }, { fails: true }));
  const judged = judgeExample("1", { output: "1\n" }, resolveOptions({ fails: true }));
  assert.deepEqual([judged.passed, judged.reason], [
    false,
    "the example was to fail, and passed; remove '+fails'",
  ]);
});

test("judgeExample() never passes what is broken", () => {
  const outcome = { output: "1\n", broken: "no end after 30 s" };
  for (const fails of [true, false]) {
    const judged = judgeExample("1", outcome, resolveOptions({ fails }));
    assert.deepEqual([judged.passed, judged.reason], [false, "no end after 30 s"]);
  }
});

test("judgeExample() holds names to their values with -rebind", () => {
  const judge = (bound: Record<string, unknown>, rebind: boolean) =>
    judgeExample("{x:d}", { output: "1\n" }, resolveOptions({ parse: true, rebind }), { bound });
  assert(judge({ x: 2 }, true).passed);
  assert(judge({ x: 1 }, false).passed);
  assert.equal(judge({ x: 2 }, false).reason, "{x} is bound to '2', and would be '1' now");
});
