import assert from "node:assert/strict";
import { test } from "node:test";
import type { Example } from "../../repl/literate/parse/document_types.ts";
import {
  parseDocument,
  type ParseDocumentOptions,
} from "../../repl/literate/parse/parse_document.ts";

async function examplesOf(text: string, options?: ParseDocumentOptions): Promise<Example[]> {
  const { examples, errors } = await parseDocument(text, options);
  assert.deepEqual(errors, []);
  return [...examples];
}

/** Source and expected output of each example. */
async function pairs(text: string, options?: ParseDocumentOptions): Promise<[string, string][]> {
  return (await examplesOf(text, options)).map(({ source, expected }) => [source, expected]);
}

async function errorsOf(text: string): Promise<string[]> {
  return (await parseDocument(text)).errors.map(({ line, message }) => `${line}: ${message}`);
}

test("parseDocument() finds examples, their lines and their offsets", async () => {
  const text = "# Title\n\n    >>> one(\n    ... 1)\n    a\n      b\n\nProse\n\n>>> two\nc\n";
  const [one, two] = await examplesOf(text);
  assert.equal(one.source, "one(\n1)");
  assert.equal(one.expected, "a\n  b");
  assert.deepEqual([one.line, one.sourceEndLine, one.endLine], [3, 4, 6]);
  assert.deepEqual([one.indent, one.column], [4, 9]);
  assert.equal(text.slice(one.expectedStart, one.expectedEnd), "    a\n      b\n");
  assert.deepEqual([two.line, two.endLine, two.indent, two.column], [10, 11, 0, 5]);
  assert.equal(text.slice(two.expectedStart, two.expectedEnd), "c\n");
});

test("parseDocument() takes lines that go on, at the prompt's indent", async () => {
  assert.deepEqual(await pairs("  >>> a\n  ...\n  ...   b\n  c\n"), [["a\n\n  b", "c"]]);
  assert.deepEqual(await pairs(">>> a\n    ... b\n"), [["a", "    ... b"]]);
  assert.deepEqual(await pairs(">>> a\n.../x\n...y\n"), [["a", ".../x\n...y"]]);
  assert.deepEqual(await pairs(">>> a\nb\n... c\n"), [["a", "b\n... c"]]);
});

test("parseDocument() ends expected output at a blank line or the next example", async () => {
  assert.deepEqual(await pairs(">>> a\n1\n>>> b\n2\n \t \nx"), [["a", "1"], ["b", "2"]]);
  assert.deepEqual(await pairs(">>> a\n>>> b"), [["a", ""], ["b", ""]]);
  assert.deepEqual(await pairs(">>>\n>>> a"), [["", ""], ["a", ""]]);
  assert.deepEqual(await pairs("    >>> a\n    1  \n"), [["a", "1  "]]);
});

test("parseDocument() leaves what only looks like an example", async () => {
  assert.deepEqual(await pairs("text >>> a\n"), []);
  assert.deepEqual(await pairs("\t>>> a\n"), []);
  assert.deepEqual(await pairs(">>>> quoted\n>>>>>>> branch\n"), []);
  assert.deepEqual(await pairs(""), []);
});

test("parseDocument() ends expected output with a fenced block", async () => {
  const text = "```ts\n>>> a\n1\n```\nprose\n~~~~\n>>> b\n```\n~~~\n~~~~\n";
  assert.deepEqual(await pairs(text), [["a", "1"], ["b", "```\n~~~"]]);
  const [a] = await examplesOf(text);
  assert.deepEqual({ ...a.fence }, {
    tag: "ts",
    char: "`",
    size: 3,
    indent: 0,
    open: 0,
    close: text.indexOf("```\np"),
  });
  assert.deepEqual(await pairs(">>> a\n1\n```\n>>> b\n```\n"), [["a", "1"], ["b", ""]]);
});

test("parseDocument() runs fenced blocks of its own languages", async () => {
  for (const tag of ["", "ts", "TypeScript", "js", "console", "ts title=a.ts", "{.ts .x}", "mts"]) {
    assert.equal((await pairs(`\`\`\`${tag}\n>>> a\n\`\`\`\n`)).length, 1, tag);
  }
  const others = ["python", "json", "text", "sh", "ts skip", "ts ignore", "{.ts .skip}", "skip"];
  for (const tag of [...others, "ts,ignore", "md"]) {
    assert.equal((await pairs(`\`\`\`${tag}\n>>> a\n\`\`\`\n>>> b\n`)).length, 1, tag);
  }
  assert.equal((await pairs("```a`b\n>>> a\n")).length, 1, "no fence has backticks behind it");
});

test("parseDocument() takes a fence of an indented code block for text", async () => {
  const text = "    ```python\n    >>> a\n    ```\n    1\n\n    >>> b\n";
  assert.deepEqual(await pairs(text), [["a", "```\n1"], ["b", ""]]);
  const inList = "- item\n\n    ```python\n    >>> a\n    ```\n\n    >>> b\n";
  assert.deepEqual(await pairs(inList), [["b", ""]]);
  const unclosed = "- item\n\n  ```py\n  >>> a\n";
  assert.deepEqual(await pairs(unclosed), []);
});

test("parseDocument() lets prose follow an indented code block", async () => {
  assert.deepEqual(await pairs("    >>> a\n    1\nprose\n"), [["a", "1"]]);
  assert.deepEqual(await pairs("    >>> a\n    1\n-->\n"), [["a", "1"]]);
  assert.deepEqual(await pairs("    >>> a\n...and so on\n"), [["a", ""]]);
});

test("parseDocument() finds commands of a shell in code blocks only", async () => {
  const text = "It costs\n$ 5 or so\n\n    $ echo a\n    a\n\n```sh\n$ b \\\n> c\nd\n```\n";
  const examples = await examplesOf(text);
  assert.deepEqual(examples.map(({ language, source, expected }) => [language, source, expected]), [
    ["sh", "echo a", "a"],
    ["sh", "b \\\nc", "d"],
  ]);
  assert.equal(examples[0].column, 7);
  assert.deepEqual(await pairs("```ts\n$ a\n>>> b\n$ c\n```\n"), [["b", "$ c"]]);
  assert.deepEqual(await pairs("```console\n$ a\n>>> b\n$ c\n  $ d\n```\n"), [
    ["a", ""],
    ["b", ""],
    ["c", "  $ d"],
  ]);
  assert.deepEqual(await pairs("    $ \n    $\n    $5\n"), []);
  assert.deepEqual(await pairs("- a\n\n    $ b\n"), [], "the text of a list item");
  assert.deepEqual(await pairs("- a\n\n      $ b\n"), [["b", ""]]);
  assert.deepEqual(await pairs("1. a\n\n2. b\n\ntext\n\n    $ c\n"), [["c", ""]]);
});

test("parseDocument() runs examples in comments, unless they begin with skip", async () => {
  const text = "<!--\n>>> a\n1\n-->\n\n<!-- skip:\n>>> b\n-->\n<!-- x --> <!-- y\n    >>> c\n-->\n";
  const examples = await examplesOf(text);
  assert.deepEqual(examples.map(({ source, expected, hidden }) => [source, expected, hidden]), [
    ["a", "1", true],
    ["c", "", true],
  ]);
  assert.deepEqual(await pairs("<!-- a -->\n>>> b\n1\n-->\n"), [["b", "1\n-->"]]);
  const fenced = "<!--\n```python\n>>> a\n-->\n>>> b\n";
  assert.deepEqual(await pairs(fenced), [["b", ""]]);
});

test("parseDocument() reads options in comments, also those TypeScript does not know", async () => {
  const options = async (source: string) => (await examplesOf(`>>> ${source}\n`))[0].options;
  assert.deepEqual(await options("a // +parse"), { parse: true });
  assert.deepEqual(await options("a  # +parse -space"), { parse: true, space: false });
  assert.deepEqual(await options("a(\n... 1) // +diff\n"), { diff: true });
  assert.deepEqual(await options("// +skiprest TODO in lower-case -now"), { skiprest: true });
  assert.deepEqual(await options("a // TODO +parse"), {});
  assert.deepEqual(await options("a // white-space, a -b"), {});
  assert.deepEqual(await options("'// +parse' + `# +parse ${'`'} // +diff`"), {});
  assert.deepEqual(await options("a / b // +diff"), { diff: true });
  assert.deepEqual(await options("x = /[/] # +diff/.source # +parse"), { parse: true });
  assert.deepEqual(await options("a++ / b // +parse"), { parse: true });
  assert.deepEqual(await options("a = b / c / d // +parse"), { parse: true });
  assert.deepEqual(await options("`a // +diff"), {});
  assert.deepEqual(await options("`${a + `${b}`}` // +diff"), { diff: true });
  assert.deepEqual(await options("/* // +diff */ a"), {});
  assert.deepEqual(await options('"it\\"s" // +diff'), { diff: true });
  assert.deepEqual(await options("this.#x +a"), {});
  assert.deepEqual(await options("a // +parse -parse +wildcard=???"), {
    parse: false,
    wildcard: "???",
  });
  assert.deepEqual(await options("a // +timeout=500ms +skip = CI"), { timeout: 500, skip: "CI" });
});

test("parseDocument() gives the code to run without comments it would not understand", async () => {
  const text = ">>> a(  # +parse\n... 1)  // +diff\n>>> b // +parse\n";
  const [a, b] = await examplesOf(text);
  assert.equal(a.source, "a(  # +parse\n1)  // +diff");
  assert.equal(a.code, "a(\n1)  // +diff");
  assert.equal(b.code, "b // +parse");
});

test("parseDocument() reports errors with their lines, and goes on", async () => {
  assert.deepEqual(await errorsOf(">>>a\n\n>>> b // +prase\n"), [
    "1: Cannot read example: a space is missing after '>>>'",
    "3: Option 'prase' is not known; did you mean 'parse'?",
  ]);
  const uneven = "      >>> a\n      1\n    2\n\n>>> b\n";
  assert.deepEqual(await errorsOf(uneven), [
    "3: Cannot read expected output: the line is indented less than its example, by 4 instead of " +
    "6 spaces; leave a blank line before it if it is prose",
  ]);
  const { examples } = await parseDocument(uneven);
  assert.deepEqual(examples.map(({ expected }) => expected), ["1", ""]);
  const [misplaced] = await errorsOf(">>> a(\n  ... 1)\n");
  assert.match(misplaced, /^2: .*'\.\.\.' is indented by 2 spaces, its '>>>' by 0/);
  const [inFence] = await errorsOf("```ts\n  >>> a\n 1\n```\n");
  assert.match(inFence, /^3: .*by 1 instead of 2/);
});

test("parseDocument() knows options at their level only", async () => {
  assert.match((await errorsOf(">>> a // +retry-on-fail=2\n"))[0], /only for document or project/);
  assert.match((await errorsOf(">>> a // +parse=5\n"))[0], /takes no value, got '5'/);
  assert.match((await errorsOf(">>> a // +timeout=soon\n"))[0], /takes a time/);
});

test("parseDocument() keeps what files have: line ends, byte order mark", async () => {
  const text = "\ufeff---\r\ntest-options: +parse\r\n---\r\n    >>> a\r\n    1\r\n    2\r\n\r\n";
  const { examples, settings, errors } = await parseDocument(new TextEncoder().encode(text));
  assert.deepEqual(errors, []);
  assert.deepEqual(settings.options, { parse: true });
  const [{ source, expected, expectedStart, expectedEnd }] = examples;
  assert.deepEqual([source, expected], ["a", "1\n2"]);
  assert.equal(text.slice(expectedStart, expectedEnd), "    1\r\n    2\r\n");
  assert.deepEqual(await pairs("a\r>>> b\rc\r\r"), [["b", "c"]]);
});

test("parseDocument() makes bytes that are not UTF-8 an error of the document", async () => {
  const { examples, errors } = await parseDocument(new Uint8Array([0x61, 0x0a, 0xff, 0xfe]));
  assert.deepEqual(examples, []);
  assert.deepEqual(errors, [{
    line: 2,
    message: "Cannot read document: it is not UTF-8 from line 2 on; save it in that encoding",
  }]);
});

test("parseDocument() tells output that begins with ... from source, in fenced blocks", async () => {
  const asked: string[] = [];
  const checkSource: ParseDocumentOptions["checkSource"] = (source) => {
    asked.push(source);
    if (/^\w+( \w+)+$/m.test(source)) return "invalid";
    return source.endsWith(".") ? "incomplete" : "complete";
  };
  const fenced = (body: string) => pairs(`\`\`\`ts\n${body}\n\`\`\`\n`, { checkSource });
  assert.deepEqual(await fenced(">>> a\n... 12 more items\n... b"), [
    ["a", "... 12 more items\n... b"],
  ]);
  assert.deepEqual(await fenced(">>> a\n... .b()\nc"), [["a\n.b()", "c"]]);
  assert.deepEqual(await fenced(">>> a(\n... 1\n... )\n... 3 more words"), [
    ["a(\n1\n)", "... 3 more words"],
  ]);
  asked.length = 0;
  assert.deepEqual(await fenced(">>> a({\n...   b: 1,\n... })\nc"), [["a({\n  b: 1,\n})", "c"]]);
  assert.deepEqual(asked, [], "brackets tell that the source goes on");
  const indented = await pairs("    >>> a\n    ... 12 more items\n", { checkSource });
  assert.deepEqual(indented, [["a\n12 more items", ""]]);
});

test("parseDocument() takes a last bare ... for output, in fenced blocks", async () => {
  const fenced = (body: string) => pairs(`\`\`\`ts\n${body}\n\`\`\`\n`);
  assert.deepEqual(await fenced(">>> a // +wildcard\n...\nb"), [["a // +wildcard", "...\nb"]]);
  assert.deepEqual(await fenced(">>> a\n...\nb"), [["a", "...\nb"]]);
  assert.deepEqual(await fenced(">>> a(\n... )\n...\nb"), [["a(\n)\n", "b"]]);
  assert.deepEqual(await fenced(">>> a( // +wildcard\n...\nb"), [["a( // +wildcard\n", "b"]]);
  assert.deepEqual(await pairs(">>> a // +wildcard\n...\nb"), [["a // +wildcard\n", "b"]]);
});

test("parseDocument() takes one line only with +oneline", async () => {
  assert.deepEqual(await pairs(">>> a // +oneline\n... b\n...\n"), [
    ["a // +oneline", "... b\n..."],
  ]);
  assert.deepEqual(await pairs("    $ a # +oneline\n    > b\n"), [["a # +oneline", "> b"]]);
  const front = "---\noptions: +oneline\n---\n>>> a\n... b\n";
  assert.deepEqual(await pairs(front), [["a", "... b"]]);
});

test("parseDocument() asks for the options that modules define", async () => {
  const text = "---\noption-functions: ./mine.ts\ntest-options: +table\n---\n>>> a // +panel=3\n";
  const seen: unknown[] = [];
  const { examples, settings, errors } = await parseDocument(text, {
    customOptions: ({ optionFunctions }) => {
      seen.push(...optionFunctions);
      return ["table", "panel"];
    },
  });
  assert.deepEqual(errors, []);
  assert.deepEqual(seen, ["./mine.ts"]);
  assert.deepEqual([settings.options, examples[0].options], [{ table: true }, { panel: 3 }]);
  assert.match((await parseDocument(text)).errors.map((error) => error.message).join(), /'table'/);
});

test("parseDocument() parses a long document in time that grows with its length", async () => {
  // Quadratic work would take minutes here, whatever the machine.
  const text = "Some prose.\n".repeat(200_000) + "    >>> 1 + 1\n    2\n\n".repeat(50_000);
  assert.equal((await parseDocument(text)).examples.length, 50_000);
  const deep = ">>> a\n" + "... (\n".repeat(3000) + "1\n";
  assert.equal((await parseDocument(deep)).examples.length, 1);
});
