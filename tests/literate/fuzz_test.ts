import assert from "node:assert/strict";
import { test } from "node:test";
import { emit, emitRegex, MATCH, newProgram } from "../../repl/literate/match/_program.ts";
import { parseRegex } from "../../repl/literate/match/_regex.ts";
import { runMachine } from "../../repl/literate/match/_machine.ts";
import { escapeBraces } from "../../repl/literate/match/escape_braces.ts";
import { matchOutput } from "../../repl/literate/match/match_output.ts";
import type { MatchOptions } from "../../repl/literate/match/match_options.ts";
import { patternDiff } from "../../repl/literate/match/pattern_diff.ts";
import { PatternError } from "../../repl/literate/match/pattern_error.ts";
import { patternTypes } from "../../repl/literate/match/pattern_types.ts";
import { resolveOptions } from "../../repl/literate/options/resolve_options.ts";
import type { ParsedDocument } from "../../repl/literate/parse/document_types.ts";
import { parseDocument } from "../../repl/literate/parse/parse_document.ts";
import { applyHunks } from "../../repl/literate/update/update_document.ts";
import { planUpdate } from "../../repl/literate/update/plan_update.ts";
import { pick, pickText, seededRandom } from "./_support.ts";

const LINES = [
  ">>> a",
  ">>> b(  # +parse",
  "... c)",
  "...",
  ">>>",
  ">>>x",
  "$ echo",
  "> more",
  "```",
  "```ts",
  "```python",
  "~~~~",
  "````",
  "<!--",
  "<!-- skip",
  "-->",
  "- item",
  "1. item",
  "---",
  "a: 1",
  "test-options: +parse",
  "{x:d} {}",
  "⤶",
  "text `${",
  "// +wildcard",
  ">>> d // +wildcard -space",
  '"+prase',
  "",
  "",
  "",
  "\t",
  "\u{1f600}",
];
const INDENTS = ["", "", "  ", "    ", "    ", "      "];
const ENDS = ["\n", "\n", "\n", "\r\n", "\r"];
const OUTPUT = [
  "a",
  "1",
  " ",
  "\n",
  "\n",
  "{",
  "}",
  "{}",
  "...",
  "> ",
  "$ b",
  "```",
  "~~~~",
  ">>> ",
  "-->",
  "⤶",
  "\r",
  "\t",
  "0x1f",
  "2024-06-13T10:20:30Z",
  "\u{1f600}",
  "  ",
];
const PIECES = [
  "{}",
  "{x}",
  "{x:d}",
  "{y:w}",
  "{:>5}",
  "{x:ti}",
  "{:.2}",
  "{z:any}",
  "{{",
  "}}",
  "{",
  "}",
  "a",
  "1",
  " ",
  "\n",
  "ab",
  "\u{1f600}",
  "{:%Y}",
  "{:*^9d}",
  "{:path}",
];

function randomDocument(random: () => number): string {
  const count = Math.floor(random() * 30);
  let text = random() < 0.1 ? "\ufeff" : "";
  const end = pick(random, ENDS);
  for (let i = 0; i < count; i++) {
    text += pick(random, INDENTS) + pick(random, LINES) +
      (random() < 0.9 ? end : pick(random, ENDS));
  }
  return random() < 0.2 ? text.trimEnd() : text;
}

function checkOffsets({ text, examples }: ParsedDocument): void {
  let at = 0;
  for (const example of examples) {
    const { expectedStart, expectedEnd, expected, indent } = example;
    assert(at <= expectedStart && expectedStart <= expectedEnd && expectedEnd <= text.length);
    const lines = text.slice(expectedStart, expectedEnd).split(/\r\n|\r|\n/);
    const last = lines.pop();
    if (last !== "") lines.push(last!);
    assert.equal(lines.map((line) => line.slice(indent)).join("\n"), expected);
    assert(example.line <= example.sourceEndLine && example.sourceEndLine <= example.endLine);
    at = expectedEnd;
  }
}

test("parseDocument() survives whatever a file may hold", async () => {
  const random = seededRandom(1);
  for (let i = 0; i < 1500; i++) {
    const text = randomDocument(random);
    const document = await parseDocument(text, {
      checkSource: () => pick(random, ["complete", "incomplete", "invalid"] as const),
    });
    assert.equal(document.text, text);
    checkOffsets(document);
    assert(document.errors.every(({ line }) => line >= 1));
  }
});

test("parseDocument() survives bytes", async () => {
  const random = seededRandom(2);
  for (let i = 0; i < 300; i++) {
    const bytes = Uint8Array.from(
      { length: 200 },
      () =>
        random() < 0.02 ? Math.floor(random() * 256) : pick(random, [62, 62, 62, 32, 10, 97, 46]),
    );
    const { errors, text, examples } = await parseDocument(bytes);
    if (text === "") assert.equal(errors.length, 1);
    assert(examples.length <= 100);
  }
});

test("matchOutput() ends, whatever the pattern and the output", () => {
  const random = seededRandom(3);
  for (let i = 0; i < 4000; i++) {
    const pattern = pickText(random, PIECES, 12);
    const output = pickText(random, OUTPUT, 20);
    const options: MatchOptions = {
      parse: random() < 0.8,
      wildcard: random() < 0.3 ? "..." : false,
      space: random() < 0.8,
      case: random() < 0.8,
      paths: random() < 0.1,
      empty: random() < 0.2,
      balance: random() < 0.8,
    };
    const { ok, reason, failure } = matchOutput(pattern, output, options);
    assert.equal(ok, reason === null);
    if (failure !== null) assert(failure.line >= 1 && failure.column >= 1);
  }
});

test("matchOutput() takes escaped text for itself", () => {
  const random = seededRandom(4);
  for (let i = 0; i < 2000; i++) {
    const text = pickText(random, OUTPUT, 20).replace(/[\r⤶]/g, "").replace(/^[ \t]+$/gm, "");
    const expected = text.replace(/\n$/, "").split("\n").map((line) => line || "⤶").join("\n");
    const options = { parse: true, balance: random() < 0.5 };
    const escaped = text === "" ? "" : escapeBraces(expected);
    assert(matchOutput(escaped, text, options).ok, JSON.stringify(text));
    assert(matchOutput(text === "" ? "" : expected, text).ok, JSON.stringify(text));
    patternDiff(escaped, text, options);
  }
});

test("patterns of typed fields match what a backtracking engine matches", () => {
  // Expressions of both engines have the same meaning here; JavaScript's is the reference.
  const random = seededRandom(5);
  const atoms = [
    "a",
    "b",
    ".",
    "[ab]",
    "[^a]",
    "\\d",
    "\\w",
    "\\s",
    "(?:ab|a)",
    "(b|)",
    "1",
    "\\b",
  ];
  const counts = ["", "", "", "*", "+", "?", "*?", "+?", "{2}", "{1,2}", "{0,2}?", "{1,}"];
  for (let i = 0; i < 4000; i++) {
    let source = "";
    for (let n = Math.floor(random() * 6); n >= 0; n--) {
      const atom = pick(random, atoms);
      source += atom + (atom === "\\b" ? "" : pick(random, counts));
      if (random() < 0.1) source += "|";
    }
    const text = pickText(random, ["a", "b", "1", " ", "ab"], 8);
    const program = newProgram(false);
    emitRegex(program, 0, parseRegex(source));
    emit(program, 0, MATCH);
    const found = runMachine(program, text, 0, text.length) !== undefined;
    const expected = new RegExp(`^(?:${source})$`, "su").test(text);
    assert.equal(found, expected, `/${source}/ and '${text}'`);
  }
});

test("parseRegex() refuses what it cannot read, and nothing else happens", () => {
  const random = seededRandom(6);
  const pieces = ["(", ")", "[", "]", "{", "}", "2", ",", "*", "+", "?", "|", "\\", "a", "^", "-"];
  for (let i = 0; i < 5000; i++) {
    const source = pickText(random, [...pieces, "?:", "\\d", "\\p{L}", "(?=", "\\u0041"], 10);
    try {
      parseRegex(source);
    } catch (error) {
      assert(error instanceof PatternError, String(error));
    }
  }
  assert.throws(() => parseRegex("(".repeat(100_000)), PatternError);
  for (const source of ["(?=a)", "(?<!a)", "\\1", "(?i)a", "a{2,1}", "a{99999}", "*", "\\q"]) {
    assert.throws(() => parseRegex(source), PatternError, source);
  }
});

test("types with expressions that make other engines hang do not", () => {
  const types = patternTypes([{ name: "evil", doc: "", pattern: "(?:a+)+b|(?:a|a)*c|(?:.*){9}d" }]);
  const text = "a".repeat(2000);
  assert(!matchOutput("{x:evil}", text, { parse: true, types }).ok);
  const reasonOf = (pattern: string) => {
    const types = patternTypes([{ name: "x", doc: "", pattern }]);
    return matchOutput("{:x}", text, { parse: true, types }).reason;
  };
  assert.match(reasonOf("(?:(?:|a?){99}){990}b")!, /gave up/);
  assert.match(reasonOf("(?:(?:a{99}){99}){99}")!, /repeats too much/);
  assert.match(reasonOf("(?:a{0,999}){0,200}b")!, /gave up/);
});

test("planUpdate() makes documents whose examples pass, and changes nothing else", async () => {
  const random = seededRandom(7);
  let written = 0;
  for (let i = 0; i < 1500; i++) {
    const document = await parseDocument(randomDocument(random));
    const outputs = document.examples.map(() => pickText(random, OUTPUT, 8));
    const results = document.examples.map((example, index) => {
      const options = resolveOptions(document.settings.options, example.options);
      return { index, actual: outputs[index], options };
    });
    const failed = results.filter(({ index, actual, options }) =>
      !matchOutput(document.examples[index].expected, actual, options).ok
    );
    const hunks = planUpdate(document, failed);
    const text = applyHunks(document.text, hunks);
    const updated = await parseDocument(text);
    const context = JSON.stringify([document.text, outputs, text]);
    assert.equal(updated.examples.length, document.examples.length, context);
    for (const [index, example] of updated.examples.entries()) {
      assert.equal(example.source, document.examples[index].source, context);
      const hunk = hunks.find((one) => one.index === index);
      if (hunk === undefined || hunk.problem !== null) {
        assert.equal(example.expected, document.examples[index].expected, context);
        continue;
      }
      written++;
      assert.equal(example.expected, hunk.after.join("\n"), context);
      const { actual, options } = results[index];
      assert(matchOutput(example.expected, actual, options).ok, context);
    }
  }
  assert(written > 500);
});
