import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createEvaluator, type EvaluateOptions } from "../../repl/session/create_evaluator.ts";
import { formatError } from "../../repl/session/format_error.ts";
import { SourceError } from "../../repl/session/source_error.ts";

const dir = realpathSync(mkdtempSync(join(tmpdir(), "runlit-evaluator-")));
const document = join(dir, "doc.md");
const evaluator = createEvaluator({
  document,
  scope: {
    values: { helper: () => "helped" },
    lazy: [{
      names: ["lateOne", "lateTwo"],
      load: () => Promise.resolve({ lateOne: 1, lateTwo: 2 }),
    }],
  },
});
after(() => {
  evaluator.close();
  rmSync(dir, { recursive: true });
});

async function value(source: string, options?: EvaluateOptions): Promise<unknown> {
  const evaluation = await evaluator.evaluate(source, options);
  if (evaluation.status === "value") return evaluation.value;
  assert.fail(
    `${source}: ${evaluation.status} ${
      evaluation.status === "error" ? formatError(evaluation.error).short : ""
    }`,
  );
}

async function thrown(source: string, options?: EvaluateOptions): Promise<unknown> {
  const evaluation = await evaluator.evaluate(source, options);
  if (evaluation.status !== "error") assert.fail(`${source}: ${evaluation.status}`);
  return evaluation.error;
}

async function short(source: string, options?: EvaluateOptions): Promise<string> {
  return formatError(await thrown(source, options)).short;
}

test("evaluate() gives the value of a last expression", async () => {
  assert.equal(await value("1 + 1"), 2);
  assert.equal(await value("'a'; 'b'"), "b");
  assert.equal(await value("-0"), -0);
  assert.equal(await value("10n"), 10n);
  assert.equal(await value("undefined"), undefined);
  assert.deepEqual(await value("[1, 2].map((n) => { if (n > 1) return 0; return n })"), [1, 0]);
  const marker = {};
  evaluator.bind({ marker });
  assert.equal(await value("marker"), marker, "the object itself");
});

test("evaluate() gives no value for other statements", async () => {
  const sources = [
    "const a = 1",
    "let b = 2",
    "var c = 3",
    "class D {}",
    "function e() {}",
    "for (const f of [1]) f",
    "if (true) { 5 }",
    "{ let g = 1; g }",
    "a; const h = 1",
    "try { 1 } finally {}",
    "",
    "// nothing",
    "import { join } from 'node:path'",
    "type I = number",
    "enum J { K }",
    "await 1; class L {}",
  ];
  for (const source of sources) assert.equal(await value(source), undefined, source);
});

test("evaluate() takes one object in braces for an object", async () => {
  assert.deepEqual(await value("{ a: 1, b: [2] }"), { a: 1, b: [2] });
  assert.deepEqual(await value("{}"), {});
  assert.deepEqual(await value("{ a: await Promise.resolve(3) }"), { a: 3 });
  assert.equal(await value("{ const n = 1; n }"), undefined);
});

test("evaluate() awaits, and awaits values", async () => {
  assert.equal(await value("await Promise.resolve(1)"), 1);
  assert.equal(await value("Promise.resolve(2)"), 2);
  assert.equal(await value("({ then(done) { done(3) } })"), 3);
  assert.equal(await value("const four = await Promise.resolve(4); four"), 4);
  assert.equal(await value("four"), 4);
  assert.equal(await value("for await (const n of [5]) globalThis.five = n\nfive"), 5);
  assert.equal(await short("Promise.reject(new RangeError('six'))"), "RangeError: six");
  await value("const pending = Promise.resolve(7)");
  assert.ok(await value("pending instanceof Promise"), "a declared promise stays one");
});

test("evaluate() lets every kind of declaration follow every other", async () => {
  const kinds: Record<string, (name: string) => string> = {
    const: (name) => `const ${name} = 1`,
    let: (name) => `let ${name}: number = 2`,
    var: (name) => `var ${name} = 3`,
    function: (name) => `function ${name}() {}`,
    class: (name) => `class ${name} {}`,
    pattern: (name) => `const { ${name} } = { ${name}: 4 }`,
    several: (name) => `let other = 1; function ${name}() { return 2 }; other`,
    awaited: (name) => `const ${name} = await 5`,
    hoisted: (name) => `await 1; async function ${name}() {}`,
    enum: (name) => `enum ${name} { A }`,
    import: (name) => `import ${name} from "node:path"`,
  };
  for (const first of Object.keys(kinds)) {
    for (const second of Object.keys(kinds)) {
      const name = `${first}_${second}`;
      await value(kinds[first](name));
      const before = await value(name);
      await value(kinds[second](name));
      if (first !== second) assert.notEqual(await value(name), before, name);
      await value(kinds[second](name));
    }
  }
});

test("evaluate() keeps constants constant", async () => {
  await value("const fixed = 1, { two } = { two: 2 }");
  assert.equal(await short("fixed = 2"), "TypeError: Assignment to constant variable.");
  assert.equal(await short("two++"), "TypeError: Assignment to constant variable.");
  assert.equal(await value("fixed"), 1);
  assert.equal(await short("undeclared = 2"), "ReferenceError: undeclared is not defined");
  assert.equal(
    await short("const undefined = 1"),
    "TypeError: Cannot declare 'undefined': the runtime keeps it; take another name",
  );
});

test("evaluate() takes declarations back that failed", async () => {
  assert.equal(await short("const failed = (() => { throw new Error('no') })()"), "Error: no");
  assert.equal(await short("failed"), "ReferenceError: failed is not defined");
  assert.equal(await short("const failed = await Promise.reject(new Error('no'))"), "Error: no");
  assert.equal(await short("failed"), "ReferenceError: failed is not defined");
  await value("const kept = 1");
  assert.equal(await short("const kept = missing()"), "ReferenceError: missing is not defined");
  assert.equal(await value("kept"), 1);
  assert.equal(await short("kept = 2"), "TypeError: Assignment to constant variable.");
});

test("evaluate() shares declarations between sources, functions among them", async () => {
  await value("let count = 0; const up = () => ++count");
  await value("function twice() { return up() + up() }");
  assert.equal(await value("twice()"), 3);
  await value("function up() { return 10 }");
  assert.equal(await value("twice()"), 20, "a function sees what was declared again");
  assert.equal(await value("count"), 2);
  assert.equal(await value("const arrow = () => {}; arrow.name"), "arrow");
  assert.equal(await value("class Named {}; Named.name"), "Named");
});

test("evaluate() is as strict as a module", async () => {
  assert.equal(await value("(function () { return this })()"), undefined);
  assert.equal(
    await short("Object.freeze([1])[0] = 2").then((text) => text.split(":")[0]),
    "TypeError",
  );
});

test("evaluate() evaluates TypeScript", async () => {
  await value("interface Point { x: number }\nconst point: Point = { x: 1 }");
  assert.equal(await value("(point as any).x satisfies number"), 1);
  await value("const same = <T,>(x: T): T => x");
  assert.equal(await value("same<number>(5)"), 5, "not two comparisons");
  assert.equal(await value("same<Array<Map<string, number>>>([]).length"), 0);
  assert.equal(await value("new Map<string, number>([['a', 1]]).size"), 1);
  await value("enum Level { Low = 1, High }");
  assert.equal(await value("Level.High"), 2);
  await value("class Counter { constructor(private n = 0) {} up(): number { return ++this.n } }");
  assert.equal(await value("new Counter(4).up()"), 5);
  await value("namespace Tools { export const hammer = 'h' }");
  assert.equal(await value("Tools.hammer"), "h");
});

test("evaluate() imports as the document would", async () => {
  writeFileSync(join(dir, "tool.mjs"), "export const tool = 1; export default 'main'");
  writeFileSync(join(dir, "data.json"), '{"a": 1}');
  await value("import main, { tool as renamed } from './tool.mjs'");
  assert.deepEqual(await value("[main, renamed]"), ["main", 1]);
  await value("import * as tools from './tool.mjs'");
  assert.equal(await value("tools.tool"), 1);
  await value("import data from './data.json' with { type: 'json' }");
  assert.deepEqual(await value("data"), { a: 1 });
  const specifier = "./tool.mjs";
  evaluator.bind({ specifier });
  assert.equal(await value("(await import(specifier)).tool"), 1);
  assert.equal(await value("import.meta.filename"), document);
  assert.match(await short("import './missing.mjs'"), /missing\.mjs/);
  await value("import { readFileSync as read } from 'node:fs'");
  assert.equal(await value("typeof read"), "function");
});

test("evaluate() gives the error that was thrown, with frames of the document only", async () => {
  await value("function thrower(what: string) {\n  throw new TypeError(what)\n}", { line: 10 });
  const error = await thrown("\nthrower('deep')", { line: 20 });
  assert.ok(error instanceof TypeError);
  assert.deepEqual(formatError(error).stack, ["at thrower (doc.md:11:9)", "at doc.md:21:1"]);
  assert.deepEqual(
    formatError(await thrown("await (async () => { await 1; thrower('later') })()", { line: 30 }))
      .stack,
    ["at thrower (doc.md:11:9)", "at doc.md:30:31", "at async doc.md:30:1"],
  );
  assert.deepEqual(
    formatError(await thrown("const lost: number = [1].map((n) => n.x.y)", { line: 40 })).stack,
    ["at doc.md:40:41", "at Array.map (<anonymous>)", "at doc.md:40:26"],
  );
  assert.equal(await short("throw 42"), "Uncaught 42");
  assert.equal(await short("throw null"), "Uncaught null");
});

test("evaluate() gives syntax errors with their place, whatever the runtime", async () => {
  const error = await thrown("const a = 1\nfoo(1 2)");
  assert.ok(error instanceof SourceError);
  assert.deepEqual([error.message, error.line, error.column], [
    'Unexpected token, expected ","',
    2,
    7,
  ]);
  const runtime = await thrown("(globalThis.ran ??= []).push(1); JSON.parse('{')");
  assert.ok(!(runtime instanceof SourceError), "one that is thrown is the code's own");
  assert.deepEqual(await value("ran"), [1], "and nothing ran twice");
});

test("evaluate() ends loops that never end, and goes on", async () => {
  for (
    const source of [
      "while (true) {}",
      "const spin = (() => { for (;;) ; })()",
      "for (;;) [1].map(String)",
    ]
  ) {
    const evaluation = await evaluator.evaluate(source, { timeout: 100 });
    assert.deepEqual(evaluation, { status: "timeout", reason: "no result after 0.1 s" }, source);
  }
  assert.equal(await short("spin"), "ReferenceError: spin is not defined");
  assert.equal(await value("1 + 1"), 2);
});

test("evaluate() gives up on awaits that never end, and goes on", async () => {
  for (
    const source of [
      "new Promise(() => {})",
      "await new Promise(() => {})",
      "const never: any = await new Promise(() => {})",
    ]
  ) {
    assert.equal((await evaluator.evaluate(source, { timeout: 50 })).status, "timeout", source);
  }
  assert.equal(await value("2 + 2"), 4);
});

test("interrupt() gives up on what is awaited", async () => {
  const evaluation = evaluator.evaluate("await new Promise(() => {})");
  setTimeout(() => evaluator.interrupt(), 20);
  assert.deepEqual(await evaluation, { status: "interrupted" });
  evaluator.interrupt();
});

test("evaluateNow() evaluates at once what can be, and nothing else", async () => {
  assert.deepEqual(evaluator.evaluateNow("const now = 1"), { status: "value", value: undefined });
  assert.deepEqual(evaluator.evaluateNow("now + 1"), { status: "value", value: 2 });
  assert.equal(evaluator.evaluateNow("now as number"), null);
  assert.equal(evaluator.evaluateNow("import 'node:fs'"), null);
  const awaited = evaluator.evaluateNow("await 3");
  assert.ok(awaited instanceof Promise);
  assert.deepEqual(await awaited, { status: "value", value: 3, awaited: true });
});

test("evaluations say whether their value was awaited", async () => {
  for (
    const [source, awaited] of [
      ["Promise.resolve(1)", true],
      ["({ then: (done: (value: number) => void) => done(1) })", true],
      ["await 1; Promise.resolve(1)", true],
      ["1", undefined],
      ["[Promise.resolve(1)]", undefined],
      ["const late = Promise.resolve(1)", undefined],
    ] as const
  ) {
    const evaluation = await evaluator.evaluate(source);
    assert.equal(evaluation.status === "value" && evaluation.awaited, awaited, source);
  }
});

test("bind() sets variables, whatever declared them", async () => {
  await value("const one = 1; let two = 2; function three() {}");
  evaluator.bind({ one: "a", two: "b", three: "c", four: "d" });
  assert.deepEqual(await value("[one, two, three, four]"), ["a", "b", "c", "d"]);
  await value("const four = 4");
  evaluator.bind({ four: 5 });
  assert.equal(await value("four"), 5);
});

test("variables may have names of the runtime's, and harm nobody but themselves", async () => {
  const real = globalThis.setTimeout;
  await value("import { setTimeout } from 'node:timers/promises'");
  assert.equal(globalThis.setTimeout, real);
  assert.equal(await value("await setTimeout(1, 'waited')"), "waited");
  await value(
    "const process = { pid: 1 }, performance: number = 2, Promise = 3, JSON = 4, Map = 5",
  );
  assert.deepEqual(await value("[process, performance, Map]"), [{ pid: 1 }, 2, 5]);
  assert.equal(await value("const pid = () => process.pid; pid()"), 1);
  assert.equal(await value("pid()"), 1, "a function keeps what it saw");
  assert.equal(await value("await 6"), 6);
  await value("let console: any = [7]; console.push(8)");
  assert.deepEqual(await value("console"), [7, 8]);
  assert.equal(await short("process = 9"), "TypeError: Assignment to constant variable.");
  await value("function fetch() { return 10 }\nclass URL { x = fetch() }");
  assert.equal(await value("new URL().x"), 10);
  await value("async function structuredClone() { return 11 }; await 1");
  assert.equal(await value("structuredClone()"), 11);
  await value("const Set = ((Builtin) => class extends Builtin {})(Set)");
  assert.equal(await value("new Set([1]).size"), 1, "made of what it hides");
  assert.equal(await short("const Array = missing()"), "ReferenceError: missing is not defined");
  assert.deepEqual(await value("Array.of(1)"), [1]);
  assert.equal(typeof globalThis.process.pid, "number");
  evaluator.bind({ performance: 12 });
  assert.equal(await value("performance"), 12);
  assert.equal(globalThis.performance.now() > 0, true);
  assert.ok((await evaluator.names()).includes("performance"));
  assert.equal((await evaluator.names("process"))[0], "pid");
  const error = await thrown("\n[process].map((it: any) => it.x.y)", { line: 5 });
  assert.match(formatError(error).stack[0], /^at doc\.md:6:\d+$/);
});

test("names() lists what is in scope, and properties without side effects", async () => {
  await value(
    "const listed = { abc: 1 }; let touched = 0; const touch = () => { touched++; return {} }",
  );
  assert.ok((await evaluator.names()).includes("listed"));
  assert.ok((await evaluator.names()).includes("setTimeout"));
  assert.equal((await evaluator.names("listed"))[0], "abc");
  assert.ok((await evaluator.names("[1].concat([2])")).includes("flatMap"));
  assert.deepEqual(await evaluator.names("touch()"), []);
  assert.deepEqual(await evaluator.names("syntax error"), []);
  assert.equal(await value("touched"), 0);
});

test("a scope is there from the start, or when it is first mentioned", async () => {
  assert.equal(await value("helper()"), "helped");
  assert.equal(Reflect.has(globalThis, "lateOne"), false);
  assert.equal(evaluator.evaluateNow("lateOne + lateTwo"), null);
  assert.equal(await value("lateOne + lateTwo"), 3);
  assert.deepEqual(evaluator.evaluateNow("lateOne + lateTwo"), { status: "value", value: 3 });
  await value("const helper = 1");
  assert.equal(await value("helper"), 1);
});

test("an evaluator can be used by what another evaluates", async () => {
  const source = `
    import { createEvaluator } from ${
    JSON.stringify(new URL("../../repl/session/create_evaluator.ts", import.meta.url).href)
  };
    const inner = createEvaluator();
    const values = [];
    for (const source of ["1 + 1", "await 5", "const x: number = 7; x", "while (true) {}"]) {
      values.push((await inner.evaluate(source, { timeout: 100 })).value ?? "none");
    }
    inner.close();
    values`;
  assert.deepEqual(await value(source, { timeout: 20_000 }), [2, 5, 7, "none"]);
});
