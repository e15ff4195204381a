import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeSettings, NO_SETTINGS } from "../../repl/literate/parse/document_settings.ts";
import { readFrontMatter } from "../../repl/literate/parse/front_matter.ts";
import { parseDocument } from "../../repl/literate/parse/parse_document.ts";
import { readSettings } from "../../repl/literate/parse/read_settings.ts";

async function dataOf(body: string): Promise<unknown> {
  return (await readFrontMatter(`---\n${body}\n---\n`))?.data;
}

test("readFrontMatter() reads JSON, TOML and YAML", async () => {
  assert.deepEqual(await dataOf('{"a": [1]}'), { a: [1] });
  assert.deepEqual(await dataOf("{a: [1]}"), { a: [1] });
  assert.deepEqual(await dataOf("a: 1\nb:\n  - x"), { a: 1, b: ["x"] });
  assert.equal(
    JSON.stringify(await dataOf('a = 1\n[tool.runlit]\nb = "x"')),
    '{"a":1,"tool":{"runlit":{"b":"x"}}}',
  );
  assert.equal(JSON.stringify(await dataOf("[b]\nc = 1")), '{"b":{"c":1}}');
  assert.deepEqual(await dataOf("a: 'b = c'\nd: e = f"), { a: "b = c", d: "e = f" });
});

test("readFrontMatter() ends at the second rule", async () => {
  const text = "\n\n---\na: 1\n---\n\ntext\n\n---\n\nmore\n";
  assert.deepEqual(await readFrontMatter(text), { lineCount: 5, data: { a: 1 }, error: null });
});

test("readFrontMatter() finds none where there is none", async () => {
  for (
    const text of ["", "text\n", "---\n", "---\n---\n", "---\na: 1\n", "# A\n---\na: 1\n---\n"]
  ) {
    assert.equal(await readFrontMatter(text), null, JSON.stringify(text));
  }
});

test("readFrontMatter() says what is wrong, with the line", async () => {
  const broken = await readFrontMatter("---\na: 1\nb: [\n---\n");
  assert.match(broken!.error!.message, /^Cannot read front matter: /);
  assert(broken!.error!.line >= 3);
  const toml = await readFrontMatter("---\na = 1\nb = [\n---\n");
  assert.match(toml!.error!.message, /^Cannot read front matter: /);
  for (const body of ["just text", "- a", "1"]) {
    const { error } = (await readFrontMatter(`---\n${body}\n---\n`))!;
    assert.match(error!.message, /has to be a mapping/);
  }
});

test("parseDocument() makes broken front matter an error, and reads the examples", async () => {
  const { examples, errors } = await parseDocument("---\na: [\n---\n>>> 1\n1\n");
  assert.equal(errors.length, 1);
  assert.equal(examples.length, 1);
  assert.equal(examples[0].line, 4);
});

test("readSettings() reads flat names and tables", () => {
  const expected = {
    ...NO_SETTINGS,
    options: { parse: true, space: false },
    parseTypes: { grade: "[A-F]" },
    parseFunctions: ["./a.ts", "./b.ts"],
    optionFunctions: ["./c.ts"],
    init: ["import * as x from 'x'"],
  };
  const flat = {
    "test-options": "+parse -space",
    "parse-types": { grade: "[A-F]" },
    "parse-functions": "./a.ts ./b.ts",
    "option-functions": ["./c.ts"],
    "init": "import * as x from 'x'",
  };
  assert.deepEqual(readSettings(flat), { settings: expected, problems: [] });
  const table = {
    options: ["+parse", "-space"],
    parse: { types: { grade: "[A-F]" }, functions: ["./a.ts", "./b.ts"] },
    option: { functions: "./c.ts" },
    init: ["import * as x from 'x'"],
  };
  for (
    const data of [{ runlit: table }, { tool: { runlit: table } }, { tool: { groktest: table } }]
  ) {
    assert.deepEqual(readSettings(data), { settings: expected, problems: [] });
  }
});

test("readSettings() reads what examples of documents need", () => {
  const { settings, problems } = readSettings({
    "timeout": "5s",
    "document-timeout": "2m",
    "retry-on-fail": 2,
    "fail-fast": true,
    "env": { A: 1 },
    "permissions": ["read", "net=example.com"],
    "typecheck": true,
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(settings.options, { timeout: 5000, "retry-on-fail": 2, typecheck: true });
  assert.deepEqual([settings.documentTimeout, settings.failFast], [120_000, true]);
  assert.deepEqual([settings.env, settings.permissions], [
    { A: "1" },
    ["read", "net=example.com"],
  ]);
});

test("readSettings() makes unknown names errors, but for those of documentation sites", () => {
  const problems = (data: Record<string, unknown>) =>
    readSettings(data).problems.map(({ message }) => message);
  assert.deepEqual(problems({ title: "A", tags: ["b"], nav_order: 3 }), []);
  assert.deepEqual(problems({ "test-option": "+parse" }), [
    "Setting 'test-option' is not known; did you mean 'test-options'?",
  ]);
  assert.deepEqual(problems({ anything: 1, runlit: {} }), []);
  assert.deepEqual(problems({ runlit: { anything: 1 } }), ["Setting 'anything' is not known"]);
  assert.deepEqual(problems({ options: "+prase" }), [
    "Setting 'options': Option 'prase' is not known; did you mean 'parse'?",
  ]);
  assert.deepEqual(problems({ options: "parse" }), [
    "Setting 'options': 'parse' is no option; write '+name' or '-name'",
  ]);
  assert.deepEqual(problems({ options: "+solo" }), [
    "Setting 'options': Option 'solo' cannot be given for a document, only for example",
  ]);
  assert.match(problems({ "test-type": "python" })[0], /there is no type 'python'/);
  assert.match(problems({ timeout: "soon" })[0], /takes a time/);
  assert.match(problems({ env: [] })[0], /has to be a mapping/);
});

test("parseDocument() tells the line of a wrong setting", async () => {
  const { errors } = await parseDocument("---\ntitle: A\ntest-opt: +parse\n---\n");
  assert.deepEqual(errors.map(({ line }) => line), [3]);
});

test("mergeSettings() lets the document win, and puts the project's code first", () => {
  const project = {
    ...NO_SETTINGS,
    options: { parse: true, space: false },
    init: ["a"],
    parseTypes: { x: "1", y: "1" },
    parseFunctions: ["p"],
  };
  const document = {
    ...NO_SETTINGS,
    options: { space: true },
    init: ["b"],
    parseTypes: { x: "2" },
    parseFunctions: ["d"],
  };
  const merged = mergeSettings(project, document);
  assert.deepEqual(merged.options, { parse: true, space: true });
  assert.deepEqual(merged.init, ["a", "b"]);
  assert.deepEqual(merged.parseTypes, { x: "2", y: "1" });
  assert.deepEqual(merged.parseFunctions, ["p", "d"]);
});
