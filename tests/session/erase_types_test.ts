import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext, Script } from "node:vm";
import { parse } from "@babel/parser";
import ts from "typescript";
import { eraseTypes } from "../../repl/session/erase_types.ts";
import type { ScriptPlan } from "../../repl/session/plan_script.ts";
import { prepareScript } from "../../repl/session/prepare_script.ts";
import { SourceError } from "../../repl/session/source_error.ts";
import { erasable, transformed } from "./_typescript_corpus.ts";

function transpile(source: string): string {
  return ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      newLine: ts.NewLineKind.LineFeed,
    },
  }).outputText;
}

/** The syntax tree without places, comments, parentheses and empty statements. */
function shape(code: string): unknown {
  const file = parse(code, {
    sourceType: "module",
    allowAwaitOutsideFunction: true,
    errorRecovery: true,
    plugins: ["explicitResourceManagement"],
  });
  return JSON.parse(JSON.stringify(file.program.body, (key, value) => {
    if (/^(?:start|end|loc|extra|.*[cC]omments|errors|shorthand)$/.test(key)) return undefined;
    if (!Array.isArray(value)) return value;
    return value.filter((one) => one?.type !== "EmptyStatement" && !isEmptyExport(one));
  }));
}

/** `export {}`, which typescript adds where nothing else makes a module. */
function isEmptyExport(
  node: { type?: string; declaration?: unknown; specifiers?: unknown[] },
): boolean {
  return node?.type === "ExportNamedDeclaration" && !node.declaration &&
    node.specifiers?.length === 0;
}

function lines(text: string): number {
  return text.split("\n").length;
}

for (const source of erasable) {
  test(`eraseTypes() agrees with typescript on ${JSON.stringify(source).slice(0, 70)}`, async () => {
    const code = await eraseTypes(source);
    const expected = transpile(source);
    assert.deepEqual(shape(code), shape(expected), `${code}\n--- but typescript has\n${expected}`);
    assert.equal(lines(code), lines(source));
  });
}

for (const [source, expression] of transformed) {
  test(`eraseTypes() transforms ${JSON.stringify(source).slice(0, 70)}`, async () => {
    const code = await eraseTypes(source);
    assert.equal(valueIn(code, expression), valueIn(transpile(source), expression), code);
    assert.equal(lines(code), lines(source));
  });
}

/** The value of an expression after a module's code, as JSON. */
function valueIn(code: string, expression: string): string {
  const script = `"use strict"; ${code.replaceAll("export ", "")}\n;${expression}`;
  return JSON.stringify(runInNewContext(script));
}

test("eraseTypes() keeps columns where it inserts nothing", async () => {
  const source = "const a: number = f<string>(b as any, c!), d = import('x')";
  assert.equal(
    await eraseTypes(source),
    "const a         = f        (b       , c ), d = import('x')",
  );
});

test("eraseTypes() leaves out imported names that are types", async () => {
  const cases: [string, string][] = [
    ["import { type A, b } from 'm'; b()", "import {         b } from 'm'; b()"],
    ["import { A, b } from 'm'; b() as A", "import {    b } from 'm'; b() ;   "],
    ["import type { A } from 'm'", ";                         "],
    ["import { type A } from 'm'", "import {        } from 'm'"],
    ["import A from 'm'; let a: A", ";                  let a;  "],
    ["import 'm'", "import 'm'"],
  ];
  for (const [source, code] of cases) assert.equal(await eraseTypes(source), code);
});

test("eraseTypes() leaves text that only looks like types or imports", async () => {
  const source =
    "const s = \"import a from 'b'\", t = `x as ${'y as z'}`, r = /<T>(x: y)/ // as any";
  assert.equal(await eraseTypes(source), source);
});

test("eraseTypes() says where the syntax is wrong", async () => {
  const cases: [string, number, number][] = [
    ["const a = 1\nlet b = = 2", 2, 9],
    ["foo(1 2)", 1, 7],
    ["@dec class A {}", 1, 1],
    ["class A { @dec m() {} }", 1, 11],
    ["import x = require('x')", 1, 1],
    ["namespace N { export { a } }", 1, 15],
    ["enum E { A = 'a', B }", 1, 19],
    ["namespace N { export const { a } = b }", 1, 22],
  ];
  for (const [source, line, column] of cases) {
    await assert.rejects(eraseTypes(source), (error) => {
      assert.ok(error instanceof SourceError, source);
      assert.deepEqual([error.line, error.column], [line, column], `${source}: ${error.message}`);
      assert.equal(error.incomplete, false, source);
      return true;
    });
  }
});

const INCOMPLETE = [
  "function f(",
  "function f() {",
  "foo(1,",
  "foo(1, // why\n",
  "if (x) {",
  "if (x)",
  "if (x) {} else",
  "for (;;)",
  "for (const x of y)",
  "while (x)",
  "do {}",
  "try {",
  "try {}",
  "switch (x) {",
  "switch (x) { case 1:",
  "class A {",
  "class A extends",
  "class A { m() {",
  "const x =",
  "let x = 5 +",
  "x = {",
  "x = [1,",
  "({ a: 1",
  "x =>",
  "x => {",
  "async () =>",
  "`abc",
  "`a${b",
  "`a${b} c",
  "/* open",
  "a ? b",
  "a ? b :",
  "a.",
  "a?.",
  "a &&",
  "a ??",
  "new",
  "await",
  "import x from",
  "import {",
  "import { a } from",
  "export const x =",
  "type X =",
  "type X = {",
  "interface A {",
  "enum E {",
  "namespace N {",
  "x as",
  "x satisfies",
  "f<T>(x",
  "const f = (a: number):",
  "const f = <T,>(x: T) =>",
  "const f = (a: number): Promise<",
  "const f = (a: number): {",
  '"abc\\',
  "label:",
  "({ f() {",
  "abstract class A { abstract x(): void",
  "declare",
  "return_ = (",
].filter((source) => source !== "declare");

const COMPLETE = [
  "1",
  "x",
  "x;",
  "foo()",
  "const x = 1",
  "function f() {}",
  "class A {}",
  "if (x) {}",
  "for (;;) {}",
  "`a${b}`",
  "/* closed */",
  "// only a comment",
  "",
  "({ a: 1 })",
  "{ a: 1 }",
  "x => x",
  "async () => {}",
  "a ? b : c",
  "import 'x'",
  "type X = string",
  "interface A {}",
  "enum E { A }",
  "f<T>(x)",
  "x as any",
  "'a'",
  "declare",
];

const INVALID = [
  "1 = 2",
  "foo(a b",
  "}",
  ")",
  "const const",
  "'abc",
  "/abc",
  "let x; let x",
  "const x",
  "return 5",
  "a b",
  "var 1x",
  "function 1() {}",
  "x = }",
  "if x {}",
  "1..2.3.",
  "class { }; foo",
  "import 5",
  "x ? : y",
  "for (x of) {}",
];

test("eraseTypes() tells what is unfinished from what is wrong", async () => {
  const verdict = async (source: string) => {
    try {
      await eraseTypes(source);
      return "complete";
    } catch (error) {
      return (error as SourceError).incomplete ? "incomplete" : "invalid";
    }
  };
  for (const source of INCOMPLETE) assert.equal(await verdict(source), "incomplete", source);
  for (const source of COMPLETE) assert.equal(await verdict(source), "complete", source);
  for (const source of INVALID) assert.equal(await verdict(source), "invalid", source);
});

/** Small seeded generator: the same numbers everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test("eraseTypes() and prepareScript() make JavaScript or a SourceError of whatever it is given", async () => {
  const next = random(7);
  const pieces = erasable.concat(transformed.map(([source]) => source)).flatMap((source) =>
    source.match(/\s+|[\w$]+|[^\w\s]/g) ?? []
  );
  let erased = 0;
  for (let round = 0; round < 3000; round++) {
    const tokens = erasable[Math.floor(next() * erasable.length)].match(/\s+|[\w$]+|[^\w\s]/g)!;
    const edits = Math.floor(next() * 3);
    for (let i = 0; i <= edits; i++) {
      const at = Math.floor(next() * tokens.length);
      const piece = pieces[Math.floor(next() * pieces.length)];
      const kind = next();
      if (kind < 0.3) tokens.splice(at, 1);
      else if (kind < 0.6) tokens.splice(at, 0, piece);
      else if (kind < 0.8) tokens[at] = piece;
      else tokens.splice(at + 1);
    }
    const source = tokens.join("");
    let code: string;
    let script: ScriptPlan;
    try {
      code = await eraseTypes(source);
      script = await prepareScript(source);
    } catch (error) {
      assert.ok(error instanceof SourceError, `${JSON.stringify(source)}: ${error}`);
      continue;
    }
    erased++;
    assert.equal(lines(code), lines(source), source);
    // What typescript finds nothing wrong with must be left as something that V8 reads.
    const { diagnostics } = ts.transpileModule(source, { reportDiagnostics: true });
    // Arrows after a line break, labelled enums, commas too many: typescript says nothing.
    const odd = /[\n\r]\s*=>|,\s*\{|:\s*(?:const\s+)?(?:enum|namespace)/.test(source);
    if (diagnostics?.length === 0 && !odd) readable(script, source);
  }
  assert.ok(erased > 300, `only ${erased} of the sources could be erased`);
});

function readable({ before, code, after }: ScriptPlan, source: string): void {
  try {
    new Script(`"use strict"; ${before}${code}${after}`);
  } catch (error) {
    // V8 objects to more than syntax in the narrow sense, before it has seen a type.
    const plain = transpile(source).replaceAll(/^(?:import|export)\b.*$/gm, "");
    try {
      new Script(`(async () => { "use strict"; ${plain}\n})`);
    } catch {
      return;
    }
    assert.fail(`${source}\n--- became\n${before}${code}${after}\n${error}`);
  }
}
