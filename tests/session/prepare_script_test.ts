import assert from "node:assert/strict";
import { test } from "node:test";
import { Script } from "node:vm";
import { prepareScript } from "../../repl/session/prepare_script.ts";
import { SourceError } from "../../repl/session/source_error.ts";
import { erasable, transformed } from "./_typescript_corpus.ts";

test("prepareScript() makes assignments of declarations", async () => {
  const cases: [string, string][] = [
    ["const x: number = 1", ";     x         = 1;"],
    ["let x, y = 2;", ";   x = void 0, y = 2;"],
    ["const { a, b: [c] }: T = d", ";     ({ a, b: [c] }    = d);"],
    ["class K<T> { x!: T }", ";K = class K    { x     };"],
    ["export const x = 1", "       ;     x = 1;"],
    ["export default class K {}", "               ;K = class K {};"],
    ["export default () => 1", "               () => 1"],
    [
      "enum E { A }",
      ';E = ((E) => { let A = E["A"] = 0; if (typeof E["A"] !== "string") ' +
      'E[E["A"]] = "A"; return E; })({});',
    ],
    ["function f(x: T) {}", "function f(x   ) {}"],
    ["{ const x: T = 1 }", "{ const x    = 1 }"],
    ["for (const x: T of y) {}".replace(": T", ""), "for (const x of y) {}"],
  ];
  for (const [source, code] of cases) assert.equal((await prepareScript(source)).code, code);
});

test("prepareScript() awaits imports", async () => {
  const cases: [string, string][] = [
    ["import 'm'", ";await __imp('m');"],
    ["import a from 'm'", ";({ default: a } = await __imp('m'));"],
    ["import { a, b as c, type T } from 'm';", ";({ a, b: c } = await __imp('m'));"],
    ["import * as n from 'm'", ";n = await __imp('m');"],
    ["import d, * as n from 'm'", ";n = await __imp('m'), ({ default: d } = n);"],
    ["import type { T } from 'm'", ";                         "],
    [
      "import j from './j' with { type: 'json' }",
      ";({ default: j } = await __imp('./j', { with: { type: 'json' } }));",
    ],
    ["import {\n  a,\n} from 'm'; a", ";({ a } = await __imp('m'));\n\n return a"],
    ["export { a } from 'm'", ";await __imp('m');"],
    ["export * from 'm'", ";await __imp('m');"],
  ];
  for (const [source, code] of cases) {
    const plan = await prepareScript(source);
    assert.equal(plan.code, code);
    assert.equal(plan.awaits, code.includes("await"), source);
  }
  assert.equal((await prepareScript("import.meta.url")).code, "__meta     .url");
  assert.equal((await prepareScript("x = import('m')")).code, "x = __imp ('m')");
});

test("prepareScript() says what is declared, and whether there is a value", async () => {
  const plan = await prepareScript(
    "import { a } from 'a'\nconst { b, c: [d] } = a; let e: number\nclass F {}\n" +
      "function g() {}\nenum H { I }\ntype J = 1\nb + d",
  );
  assert.deepEqual(plan.assigned, ["a", "b", "d", "e", "F", "H", "g"]);
  assert.deepEqual(plan.constants, ["a", "b", "d"]);
  assert.equal(plan.valued, true);
  assert.equal(plan.awaits, true);
  for (const source of ["const x = 1", "if (x) { 1 }", "1; class A {}", "type A = 1", ""]) {
    assert.equal((await prepareScript(source)).valued, false, source);
  }
});

test("prepareScript() knows top-level awaits from those in functions", async () => {
  const awaits = ["await x", "for await (const x of y) ;", "const a = [await b]", "{ await x }"];
  const not = [
    "async () => await x",
    "async function f() { await x }",
    "({ async m() { await x } })",
  ];
  for (const source of awaits) assert.equal((await prepareScript(source)).awaits, true, source);
  for (const source of not) assert.equal((await prepareScript(source)).awaits, false, source);
});

test("prepareScript() makes scripts that V8 reads, line by line", async () => {
  for (const source of [...erasable, ...transformed.map(([source]) => source)]) {
    const { before, code, after } = await prepareScript(source);
    assert.equal(code.split("\n").length, source.split("\n").length, source);
    try {
      new Script(`"use strict"; ${before}${code}${after}`);
    } catch (error) {
      assert.fail(`${source}\n--- became\n${before}${code}${after}\n${error}`);
    }
  }
});

test("prepareScript() refuses what no script can do", async () => {
  for (const source of ["import x = require('x')", "export = 1", "import defer * as n from 'm'"]) {
    await assert.rejects(prepareScript(source), SourceError, source);
  }
});
