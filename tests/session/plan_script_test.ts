import assert from "node:assert/strict";
import { test } from "node:test";
import { Script } from "node:vm";
import { planScript } from "../../repl/session/plan_script.ts";
import { prepareScript } from "../../repl/session/prepare_script.ts";
import { erasable } from "./_typescript_corpus.ts";

test("planScript() needs no parse for expressions and single declarations", () => {
  const sources = [
    "1 + 1",
    "f(x);",
    "x = 5",
    "await f()",
    "[1, 2].map((n) => { const m = n; return m })",
    "{ a: 1 }",
    "const x = 1",
    "let x = f(1, 2);",
    "let x",
    "var x = { a: 1 }",
    "const x = await f()",
    "const { a, b } = c",
    "const [a, b, ] = c",
    "const f = async () => { await 1 }",
    "const f = function () {}",
    "function f(a, b = 1) {\n  return a\n}",
    "async function f() {}",
    "function* g() {}",
    "class A extends B { x = 1 }",
    "for (const x of y) f(x)",
    "if (x) f()",
    "  const x = 1",
    'f("class")',
    "const x = a, y".slice(0, 11),
    "x < y",
  ];
  for (const source of sources) assert.ok(planScript(source), source);
});

test("planScript() leaves to a parse what it cannot be sure of", () => {
  const sources = [
    "import 'a'",
    "export const x = 1",
    "f<T>(x)",
    "f<Array<T>>(x)",
    "tag<T>`x`",
    "const x: number = 1",
    "const a = 1, b = 2",
    "const a = 1; f()",
    "const a = 1\nlet b = 2",
    "const { a = 1 } = b",
    "let a: T",
    "function f() {}\nf()",
    "class A {}\nnew A()",
    "enum E { A }",
    "await f(); await g()",
    "const x",
    "function f(a: T) {}",
    "class A<T> {}",
    "using x = y",
  ];
  for (const source of sources) assert.equal(planScript(source), null, source);
});

test("planScript() agrees with prepareScript() about what is declared", async () => {
  const more = [
    "let x",
    "const { a, b } = c",
    "const [a, , b] = c",
    "var z = 1;",
    "class A {}",
    "x; // const y = 1",
  ];
  let planned = 0;
  for (const source of [...erasable, ...more]) {
    const plan = planScript(source);
    if (plan === null || plan.valued === null) continue;
    const prepared = await prepareScript(source).catch(() => null);
    if (prepared === null || /^\s*\{/.test(source)) continue;
    planned++;
    assert.deepEqual(plan.assigned, prepared.assigned, source);
    assert.deepEqual(plan.constants, prepared.constants, source);
    // A plan may be made of what V8 cannot read: it is dropped then.
    if (/^(?:type|interface|declare|abstract|namespace)\b/.test(source)) continue;
    assert.equal(plan.valued, prepared.valued, source);
  }
  assert.ok(planned > 20, `only ${planned}`);
});

test("planScript() finds what follows a value, whatever the value holds", async () => {
  const values = [
    "1",
    "a",
    "'a,b;c'",
    '"a\\"; b"',
    "'a\\', b = 2; c'",
    "[1, 2]",
    "f(a, b)",
    "{ a: 1, b: [2; 3] }",
    "`a, ${b}; c`",
    "/[,;]/.test(a)",
    "a / b",
    "(a, b)",
    "x => { f(x); return x }",
    "(x, y) => x",
    "function () { f(); g() }",
    "a // b, c; d",
    "a /* , b = 2; */",
    "a\n  .b(c)",
    "a\n",
    "'it\\'s'",
    "a ? b : c",
    "class { x = 1; y = 2 }",
    "(",
    "')'",
    "[')', ']']",
    "a <b, c> (d)",
    "await f(a, b)",
    "a in b",
    "-1",
    "b = c",
  ];
  const ends = [
    "",
    ";",
    " ;",
    ", y = 2",
    "; f()",
    "\nf()",
    "\n",
    ";\nf()",
    "; // done",
    " // done",
    ", { z } = w",
  ];
  for (const value of values) {
    for (const end of ends) {
      const source = `const x = ${value}${end}`;
      const plan = planScript(source);
      if (plan === null || !readable(plan)) continue;
      const prepared = await prepareScript(source);
      assert.deepEqual(plan.assigned, prepared.assigned, source);
      assert.equal(prepared.valued, false, source);
    }
  }
});

function readable(
  { before, code, after }: { before: string; code: string; after: string },
): boolean {
  try {
    new Script(`"use strict"; ${before}${code}${after}`);
    return true;
  } catch {
    return false;
  }
}
