import assert from "node:assert/strict";
import { test } from "node:test";
import { patchConfig } from "../../lib/config/patch_config.ts";
import { readConfig } from "../../lib/config/read_config.ts";

/** A notebook as Jupyter writes it, with one code cell for each source. */
function notebook(...cells: (string | string[])[]): string {
  const data = {
    cells: cells.map((source) => ({
      cell_type: "code",
      execution_count: null,
      metadata: {},
      outputs: [],
      source: typeof source === "string" ? source.match(/[^\n]*\n|[^\n]+$/g) ?? [] : source,
    })),
    metadata: { kernelspec: { display_name: "é", language: "python", name: "python3" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(data, null, 1)}\n`;
}

async function values(source: string): Promise<Record<string, unknown>> {
  const entries = await readConfig(source, "notebook");
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}

test("readConfig() reads the code cells of a notebook", async () => {
  const source = notebook("a = 1\nb = [2, 'x']\n", "c = None");
  assert.deepEqual(await values(source), { a: 1, "b.0": 2, "b.1": "x", c: null });
});

test("readConfig() gives the lines of the notebook file", async () => {
  const source = notebook("a = 1\nb = 2\n");
  const lines = source.split("\n");
  for (const { key, line, start, end } of await readConfig(source, "notebook")) {
    assert.match(lines[line - 1], new RegExp(`"${key} = `));
    assert.match(source.slice(start, end), /^[12]$/);
  }
});

test("readConfig() lets the last cell win", async () => {
  assert.deepEqual(await values(notebook("a = [1, 2]", "b = 1", "a = [3]", "b = f()")), {
    b: 1,
    "a.0": 3,
  });
});

test("readConfig() reads cells of one string", async () => {
  const source = JSON.stringify({ cells: [{ cell_type: "code", source: "a = 1\nb = 'é'" }] });
  assert.deepEqual(await values(source), { a: 1, b: "é" });
});

test("readConfig() passes over Markdown, magics, commands and help", async () => {
  const source = notebook(
    "%matplotlib inline\n!ls 'a\nx = !ls \"b\ny = %time f(\n?f\nf??\nz = 1\n!a \\\n  'b\nif z:\n    !c\nw = 2",
    "%%bash\nq = 1\n",
    "%%time\nt = 3\n",
    "\n%%capture out\nu = 4\n",
  );
  assert.deepEqual(await values(source), { z: 1, w: 2, t: 3, u: 4 });
});

test("readConfig() takes no magic for one within strings and brackets", async () => {
  const source = notebook(
    "s = '''\n%x\n!y\n'''\nn = (\n  'a'\n)\nd = {  # it's (\n  'k': 1,\n}\nm = 7 \\\n  \nz = 1\n",
  );
  const read = await values(source);
  assert.equal(read.s, "\n%x\n!y\n");
  assert.equal(read["d.k"], 1);
  assert.equal(read.z, 1);
});

test("readConfig() finds nothing in notebooks of other languages", async () => {
  const source = notebook("a = 1").replace('"language": "python"', '"language": "R"');
  assert.deepEqual(await values(source), {});
});

test("patchConfig() changes nothing but the value in its line", async () => {
  const source = notebook("%load_ext x\na = 'é'  # \"c\"\nb = 1\n!ls\n");
  const { source: patched } = await patchConfig(source, "a.ipynb", { a: 'q"ü\n' });
  assert.equal(patched, source.replace("'é'", String.raw`'q\"ü\\n'`));
});

test("patchConfig() changes values that span lines", async () => {
  const source = notebook("a = [1,\n     2]  # c\nb = 3\n");
  const { source: patched } = await patchConfig(source, "a.ipynb", { a: [4], b: 5 });
  const json = JSON.parse(patched);
  assert.deepEqual(json.cells[0].source, ["a = [4]  # c\n", "b = 5\n"]);
  assert.deepEqual(await values(patched), { "a.0": 4, b: 5 });
});

test("patchConfig() escapes other characters where the notebook does", async () => {
  const source = notebook("a = 'x'\n").replace("é", "\\u00e9");
  const { source: patched } = await patchConfig(source, "a.ipynb", { a: "ü😀" });
  assert.equal(patched, source.replace("'x'", "'\\u00fc\\ud83d\\ude00'"));
});

test("patchConfig() keeps line ends, tabs and a compact layout", async () => {
  const source = '{"cells":[{"cell_type":"code",\r\n\t"source":["a = 1\\r\\n","b = 2"]}]}';
  const { source: patched } = await patchConfig(source, "a.ipynb", { a: 3, b: "x" });
  assert.equal(patched, source.replace("a = 1", "a = 3").replace("b = 2", "b = 'x'"));
});

test("patchConfig() names the notebook and the key that it has not", async () => {
  const patching = patchConfig(notebook("lr = 1"), "a.ipynb", { lrr: 1 });
  await assert.rejects(
    patching,
    /Cannot set 'lrr' in 'a\.ipynb': no such key \(did you mean 'lr'\?\)/,
  );
});

test("readConfig() reads notebooks without cells", async () => {
  assert.deepEqual(await values("{}"), {});
  assert.deepEqual(await values('{"cells": [{"cell_type": "code"}, {"source": "a = 1"}]}'), {});
});
