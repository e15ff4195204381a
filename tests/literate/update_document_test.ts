import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeExample } from "../../repl/literate/match/judge_example.ts";
import type { MatchOptions } from "../../repl/literate/match/match_options.ts";
import { resolveOptions } from "../../repl/literate/options/resolve_options.ts";
import { parseDocument } from "../../repl/literate/parse/parse_document.ts";
import { renderExpected } from "../../repl/literate/update/render_expected.ts";
import { applyHunks, updateDocument } from "../../repl/literate/update/update_document.ts";
import type { UpdatedDocument } from "../../repl/literate/update/update_document.ts";

/** Updates a document whose examples print these texts; those that pass stay as they are. */
async function update(text: string, outputs: readonly string[]): Promise<UpdatedDocument> {
  const document = await parseDocument(text);
  assert.deepEqual(document.errors, []);
  assert.equal(document.examples.length, outputs.length);
  const results = document.examples.flatMap((example, index) => {
    const options = resolveOptions(document.settings.options, example.options);
    const { passed, actual } = judgeExample(example.expected, { output: outputs[index] }, options);
    return passed ? [] : [{ index, actual, options }];
  });
  return updateDocument(document, results);
}

function render(expected: string, actual: string, options: MatchOptions = {}): string {
  const { lines, problem } = renderExpected(expected, actual, options);
  assert.equal(problem, null);
  return lines.join("\n");
}

test("updateDocument() keeps fields, wildcards and marks, and all that is not expected output", async () => {
  const id = "0c3a5b5e-3b5e-4b5e-8b5e-0c3a5b5e3b5e";
  const before = `# Runs

A run has an ID, and    two  spaces here.

    >>> ls(runs)  # +parse
    {x:run_id}
    old.txt
    {n:d} files in {:path}
    {}

Passing examples are not touched:

    >>> 1 + 1
    2

\`\`\`ts
>>> log()  // +wildcard
Start
...
Middle
⤶
... end
\`\`\`

    >>> nothing()
    something

    >>> something()

The end.
`;
  const outputs = [
    `${id}\nnew {a}.txt\n7 files in /tmp/x\nand\nmore\n`,
    "2\n",
    "Start\n1\n2\nCentre\n\nthe end\n",
    "",
    "a\n\nb\n",
  ];
  const { text, hunks } = await update(before, outputs);
  const after = before
    .replace("    old.txt\n", "    new {{a}}.txt\n")
    .replace("Middle\n", "Centre\n")
    .replace("    >>> nothing()\n    something\n", "    >>> nothing()\n")
    .replace("    >>> something()\n", "    >>> something()\n    a\n    ⤶\n    b\n");
  assert.equal(text, after);
  assert.deepEqual(hunks.map(({ line, problem }) => [line, problem]), [
    [6, null],
    [18, null],
    [26, null],
    [29, null],
  ]);
  assert.deepEqual((await update(text, outputs)).hunks, [], "the document passes now");
});

test("renderExpected() keeps lines that match", () => {
  const parse = { parse: true };
  assert.equal(render("{:d} a\n{:d} b", "1 a\n2 c\n", parse), "{:d} a\n{:d} c");
  assert.equal(render("a\nb\nc", "a\nx\ny\nc\n"), "a\nx\ny\nc");
  assert.equal(
    render("{x:date} A\n{}\nlast", "2024-06-13T10:20:30Z A\n1\n2\n", parse),
    "{x:date} A\n{}\n2",
  );
  assert.equal(render("a\n...\nz", "b\n1\n2\nz\n", { wildcard: "..." }), "b\n...\nz");
  assert.equal(render("a ...\nb", "a 1\nc\n", { wildcard: "..." }), "a ...\nc");
  assert.equal(render("A\nb", "a\nc\n", { case: false }), "A\nc");
  assert.equal(render("a   b\nc", "a b\nd\n", { space: false }), "a   b\nd");
});

test("renderExpected() keeps fields in lines that changed, where their text is found", () => {
  const parse = { parse: true };
  const cases: [expected: string, actual: string, rendered: string][] = [
    ["a s {:timestamp} x.txt", "a d 1718274030123456 x.txt", "a d {:timestamp} x.txt"],
    ["Total: {n:d} files", "In all: 12 files", "In all: {n:d} files"],
    ["{n:d} files", "12 directories", "{n:d} directories"],
    ["name: {x}", "Name: foo", "Name: foo"],
    ["the name: {x} (new)", "a name: foo (old)", "a name: foo (old)"],
    ["the name: {x} here", "a name: foo here", "a name: {x} here"],
    ["'{x:run_id}.zip'", "'0c3a5b5e-3b5e-4b5e-8b5e-0c3a5b5e3b5e.tar'", "'{x:run_id}.tar'"],
    ["{a:d} x {b:d}", "1 y 2 {}", "{a:d} y {b:d} {{}}"],
    ["{a:d}-{b:d}", "1+2", "1+2"],
    ["v{:d}", "version 3", "version 3"],
    ["{x:ti} a", "2024-02-31 a", "2024-02-31 a"],
  ];
  for (const [expected, actual, rendered] of cases) {
    assert.equal(render(expected, `${actual}\n`, parse), rendered, expected);
  }
});

test("renderExpected() tells which names are lost", () => {
  const { lines, lost } = renderExpected("{x:d} {y}", "a b c\n", { parse: true });
  assert.deepEqual(lines, ["a b c"]);
  assert.deepEqual(lost, ["x", "y"]);
  assert.deepEqual(renderExpected("{x:d}", "", { parse: true }), {
    lines: [],
    lost: ["x"],
    problem: null,
  });
});

test("renderExpected() doubles braces only where they would not be text", () => {
  const parse = { parse: true };
  assert.equal(render("", '{"a": {"b": 1}}\n', parse), '{"a": {"b": 1}}');
  assert.equal(render("", '{\n  "a": [1]\n}\n', parse), '{\n  "a": [1]\n}');
  assert.equal(render("", "{}\n", parse), "{{}}");
  assert.equal(render("", "} {x}\n", parse), "}} {{x}}");
  assert.equal(render("", "{}\n", {}), "{}");
  assert.equal(
    render("", '{"a": {"b": 1}}\n', { parse: true, balance: false }),
    '{{"a": {{"b": 1}}}}',
  );
  const mixed = render('{"a": {\n{:d}\n}}', '{"a": {\n1\n}, "b": 2}\n', parse);
  assert.equal(mixed.split("\n")[1], "{:d}");
});

test("renderExpected() writes all anew when what is kept does not match as a whole", () => {
  const expected = "{x} a\n{x} b";
  const rendered = render(expected, "1 a\n2 b\n", { parse: true });
  assert.equal(rendered, "1 a\n2 b");
});

test("renderExpected() says when nothing that matches can be written", () => {
  const transforms = [(text: string) => (text.includes("x") ? `${text}!` : text)];
  const grows = renderExpected("a", "x\n", { transforms });
  assert.equal(grows.problem, null, "both sides are changed alike");
  let calls = 0;
  const changing = [(text: string) => text + calls++];
  const { problem } = renderExpected("a", "b\n", { transforms: changing });
  assert.match(problem!, /^Cannot write expected output that matches/);
});

test("updateDocument() keeps line ends, the missing one at the end, and the byte order mark", async () => {
  const crlf = "\ufeff# A\r\n\r\n    >>> a\r\n    1\r\n\r\n    >>> b\r\n";
  assert.equal(
    (await update(crlf, ["2\n3\n", "4\n"])).text,
    "\ufeff# A\r\n\r\n    >>> a\r\n    2\r\n    3\r\n\r\n    >>> b\r\n    4\r\n",
  );
  assert.equal((await update(">>> a\n1", ["2\n"])).text, ">>> a\n2");
  assert.equal((await update(">>> a", ["2\n3\n"])).text, ">>> a\n2\n3");
  assert.equal((await update(">>> a\n1", [""])).text, ">>> a\n");
  assert.equal((await update(">>> a\r1\r", ["2\n"])).text, ">>> a\r2\r");
});

test("updateDocument() makes a fence longer that output would close", async () => {
  const before = "```ts\n>>> a\n1\n\n>>> b\n```\n\n~~~\n>>> c\n~~~\n";
  const { text } = await update(before, ["```\nx\n```\n", "````\n", "```\n"]);
  assert.equal(
    text,
    "`````ts\n>>> a\n```\nx\n```\n\n>>> b\n````\n`````\n\n~~~\n>>> c\n```\n~~~\n",
  );
  const { examples } = await parseDocument(text);
  assert.deepEqual(examples.map(({ expected }) => expected), ["```\nx\n```", "````", "```"]);
});

test("updateDocument() leaves examples whose output a document cannot hold, and says why", async () => {
  const problems = async (text: string, ...outputs: string[]) => {
    const updated = await update(text, outputs);
    assert.equal(updated.text, text);
    return updated.hunks.map(({ problem }) => problem);
  };
  assert.match((await problems(">>> a\n", "x\n>>> b\n"))[0]!, /line 2 of it, '>>> b', would begin/);
  assert.match((await problems("    >>> a\n", "$ b\n"))[0]!, /would begin an example/);
  assert.match((await problems(">>> a\n", "```\n"))[0]!, /would begin a fenced block/);
  assert.match((await problems("<!--\n>>> a\n-->\n", "-->\n"))[0]!, /would end the comment/);
  assert.match((await problems(">>> a // -blankline\n", "\n"))[0]!, /is blank/);
  assert.match((await problems(">>> a\n", "... b\n"))[0]!, /use '\+oneline'/);
  assert.match((await problems("    $ a\n", "> b\n"))[0]!, /use '\+oneline'/);
  assert.equal((await update(">>> a // +oneline\n", ["... b\n"])).hunks[0].problem, null);
  assert.equal((await update("```ts\n>>> a\n```\n", ["$ b\n"])).hunks[0].problem, null);
  assert.equal((await update("    >>> a\n", ["```\n"])).hunks[0].problem, null);
});

test("applyHunks() applies the hunks that were accepted", async () => {
  const text = ">>> a\n1\n\n>>> b\n2\n";
  const { hunks } = await update(text, ["3\n", "4\n"]);
  assert.deepEqual(hunks.map(({ before, after }) => [before, after]), [[["1"], ["3"]], [["2"], [
    "4",
  ]]]);
  assert.equal(applyHunks(text, hunks.slice(1)), ">>> a\n1\n\n>>> b\n4\n");
  assert.equal(applyHunks(text, []), text);
});
