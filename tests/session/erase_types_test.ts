import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext, Script } from "node:vm";
import { parse } from "@babel/parser";
import ts from "typescript";
import { eraseTypes } from "../../repl/session/erase_types.ts";
import { SourceError } from "../../repl/session/source_error.ts";
import { erasable, transformed } from "./_typescript_corpus.ts";

function transpile(source: string): string {
  return ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
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
    return value.filter((one) => one?.type !== "EmptyStatement");
  }));
}

function lines(text: string): number {
  return text.split("\n").length;
}

for (const source of erasable) {
  test(`eraseTypes() agrees with typescript on ${JSON.stringify(source).slice(0, 70)}`, async () => {
    const { code } = await eraseTypes(source);
    // What typescript leaves of imports and exports, we rewrite in the same way.
    const expected = (await eraseTypes(transpile(source))).code;
    assert.deepEqual(shape(code), shape(expected), `${code}\n--- but typescript has\n${expected}`);
    assert.equal(lines(code), lines(source));
  });
}

for (const [source, expression] of transformed) {
  test(`eraseTypes() transforms ${JSON.stringify(source).slice(0, 70)}`, async () => {
    const { code } = await eraseTypes(source);
    const run = (js: string) =>
      JSON.stringify(
        runInNewContext(`"use strict"; ${js.replaceAll("export ", "")}\n;${expression}`),
      );
    // typescript inlines the members of a const enum unless told to keep the object.
    assert.equal(run(code), run(transpile(source)), code);
    assert.equal(lines(code), lines(source));
  });
}

test("eraseTypes() keeps columns where it inserts nothing", async () => {
  const source = "const a: number = f<string>(b as any, c!), d = import('x')";
  const { code } = await eraseTypes(source);
  assert.equal(code, "const a         = f        (b       , c ), d = __imp ('x')");
  assert.equal(code.indexOf("= __imp"), source.indexOf("= import"));
});

test("eraseTypes() rewrites imports", async () => {
  const cases: [string, string][] = [
    ["import 'm'", "await __imp('m');"],
    ["import a from 'm'", "const { default: a } = await __imp('m');"],
    ["import { a, b as c } from 'm';", "const { a, b: c } = await __imp('m');"],
    ["import * as n from 'm'", "const n = await __imp('m');"],
    ["import d, * as n from 'm'", "const n = await __imp('m'), { default: d } = n;"],
    ["import { type T } from 'm'", "await __imp('m');"],
    [
      "import j from './j.json' with { type: 'json' }",
      "const { default: j } = await __imp('./j.json', { with: { type: 'json' } });",
    ],
    ["import {\n  a,\n} from 'm'; a", "const { a } = await __imp('m');\n\n a"],
    ["import.meta.url", "__meta     .url"],
  ];
  for (const [source, code] of cases) assert.equal((await eraseTypes(source)).code, code);
});

test("eraseTypes() leaves text that only looks like types or imports", async () => {
  const source =
    "const s = \"import a from 'b'\", t = `x as ${'y as z'}`, r = /<T>(x: y)/ // as any";
  assert.deepEqual((await eraseTypes(source)).changed, false);
});

test("eraseTypes() describes the statements", async () => {
  const source = "import { a } from 'a'\nconst { b, c: [d] } = a; let e: number\nclass F {}\nb + d";
  const { statements, endsWithExpression } = await eraseTypes(source);
  assert.equal(endsWithExpression, true);
  assert.deepEqual(
    statements.map(({ line, isExpression, declares }) => [line, isExpression, declares]),
    [
      [1, false, { kind: "const", names: ["a"] }],
      [2, false, { kind: "const", names: ["b", "d"] }],
      [2, false, { kind: "let", names: ["e"] }],
      [3, false, { kind: "class", names: ["F"] }],
      [4, true, null],
    ],
  );
});

test("eraseTypes() says where the syntax is wrong", async () => {
  const cases: [string, number, number][] = [
    ["const a = 1\nlet b = = 2", 2, 9],
    ["foo(1 2)", 1, 7],
    ["@dec class A {}", 1, 1],
    ["class A { @dec m() {} }", 1, 11],
    ["import x = require('x')", 1, 1],
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

test("eraseTypes() makes JavaScript or a SourceError of whatever it is given", async () => {
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
    try {
      code = (await eraseTypes(source)).code;
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
    if (diagnostics?.length === 0 && !odd) readable(code, source);
  }
  assert.ok(erased > 300, `only ${erased} of the sources could be erased`);
});

function readable(code: string, source: string): void {
  try {
    new Script(`(async () => { "use strict"; ${code}\n})`);
  } catch (error) {
    // V8 objects to more than syntax in the narrow sense, before it has seen a type.
    const before = transpile(source).replaceAll(/^(?:import|export)\b.*$/gm, "");
    try {
      new Script(`(async () => { "use strict"; ${before}\n})`);
    } catch {
      return;
    }
    assert.fail(`${source}\n--- became\n${code}\n${error}`);
  }
}
