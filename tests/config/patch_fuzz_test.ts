import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { parse as parseToml } from "smol-toml";
import type { ConfigEntry } from "../../lib/config/config_entry.ts";
import { type ConfigFormat, configFormat } from "../../lib/config/config_format.ts";
import { patchConfig } from "../../lib/config/patch_config.ts";
import { readConfig } from "../../lib/config/read_config.ts";
import type { JsonValue } from "../../lib/types.ts";
import { type Random, randomValue, seededRandom } from "./_random.ts";

/** Sources with every spelling of values that a format has. */
const SOURCES: Readonly<Record<string, string>> = {
  "a.py": `#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Docstring with x = 1 in it."""
import os; a = 1; b = 'two'   # both
c: float = 1e-3  # rate
d = """long
  text "quoted" """
e = r"C:\\dir"
f = ("one"  # first
     "two")
g = [1, 2.5, 'x',  # comment
     -0x10,]
h = {"k": 1, 'n': {"deep": None}, "l": (1.5, 2)}
i = j = True
k = None
if k: a = 3
def fn(x=1):
    b = 2
m = 1_000; n = ~5
o = u'''é😀'''
`,
  "a.json": `// comment
{
  "a": 1, /* c */ "b" : "text",
  "c": 1.50,
  "d": null, "e": [1, "x", {"y": true}],
  "f": {"g": {"h": -1e3}, "i": ""},
  "j": "caf\\u00e9 é" // end
}
`,
  "a.yaml": `# comment
a: 1   # one
b: plain text
c: 'single'
d: "double"
e: |
  block
   more

f: >-
    some
    text
g: 1.5
h: ~
i:
j: [1, two, "three", {k: v}]
k: {x: 1, y: two , z: "q"}
l:
- 1
- x: y
  z: 2
m: &anchor 5
n: yes
o:
  deep:
    deeper: true
    # trailing
p: multi
  line
q: last`,
  "a.toml": `# comment
a = 1 # one
b = "basic"
c = 'literal'
d = """
multi
line"""
e = '''
lit
'''
f = 1.5e3
g = [ 1, 2, # c
  3 ]
h = { x = 1, y.z = "q" }
i = 1979-05-27T07:32:00Z
j = true
[t]
k = 0x1F
[t.u]
"quoted key" = -inf
[[v]]
w = 1
[[v]]
w = 2
`,
  "a.ts": `#!/usr/bin/env -S deno run
import x from "y"; // c
export const a: number = 1, b = 'two' as const;
let c = \`template\`, d = -1.5;
var e = "dq" /* after */;
const f = [1, 'x', { y: 0x10, "z-z": null }] satisfies unknown[];
const g = { h: { i: 1_000n, j: [] }, k: true } as const
function fn() { const a = 5; }
export default { l: 1, m: "n" };
`,
  "b.json": `{"a": 1, "b" : "text",
\t"c": {"d": [1, "x", {"y": true}], "e": null, "caf\\u00e9": 1.5}
}`,
  "b.js": `'use strict'
var a = 1;
var b = 'two';  // c
var c = { d: [1, "x", \`t\`], 'e-e': { f: null, g: true, }, h: 0x10 }
var i = -1.5;
`,
  "a.ipynb": `{
 "cells": [
  {"cell_type": "markdown", "source": ["x = 1"]},
  {
   "cell_type": "code",
   "source": [
    "%matplotlib inline\\n",
    "a = 1  # é\\n",
    "b = 'two'\\n",
    "c = [1,\\n",
    "     2.5]\\n",
    "!ls -la 'x\\n",
    "d = \\"\\"\\"long\\n",
    "text\\"\\"\\""
   ]
  },
  {"cell_type": "code", "source": "%%time\\ne = {'k': \\"v\\"}\\nf = None\\n"},
  {"cell_type": "code", "source": ["%%bash\\n", "g = 1\\n"]}
 ],
 "metadata": {"kernelspec": {"language": "python"}}, "nbformat": 4
}
`,
};

const VARIANTS: readonly ((source: string) => string)[] = [
  (source) => source,
  (source) => source.replaceAll("\n", "\r\n"),
  (source) => `\ufeff${source}`,
  (source) => source.trimEnd(),
];

for (const [path, source] of Object.entries(SOURCES)) {
  test(`random changes leave every other byte of ${path} as it was`, async () => {
    const random = seededRandom(1);
    const format = configFormat(path) as ConfigFormat;
    let refused = 0;
    const rounds = 100;
    for (let round = 0; round < rounds; round++) {
      const before = random.pick(VARIANTS)(source);
      const entries = await readConfig(before, format, { containers: true });
      const changes = randomChanges(entries, random);
      let after: string;
      try {
        after = (await patchConfig(before, path, changes)).source;
      } catch (error) {
        assert.equal((error as Error).name, "ConfigError", String((error as Error).stack));
        assert.match((error as Error).message, CANNOT_HOLD, JSON.stringify(changes));
        refused++;
        continue;
      }
      const reread = await readConfig(after, format, { containers: true });
      checkValues(entries, reread, changes);
      const sources = [{ text: before, entries }, { text: after, entries: reread }] as const;
      checkBytes(...sources, Object.keys(changes), path);
    }
    assert.ok(refused < rounds / 4, `${refused} of ${rounds} changes were refused`);
  });
}

interface Source {
  readonly text: string;
  readonly entries: readonly ConfigEntry[];
}

/** What some formats truly cannot hold. */
const CANNOT_HOLD = /bytes literal|64 bits|BigInt/;

/** Random values for some keys of which none is within another. */
function randomChanges(entries: readonly ConfigEntry[], random: Random): Record<string, JsonValue> {
  const changes: Record<string, JsonValue> = {};
  const taken: ConfigEntry[] = [];
  for (let i = random.below(4); i >= 0; i--) {
    const entry = random.pick(entries);
    if (taken.some((other) => entry.start <= other.end && other.start <= entry.end)) continue;
    taken.push(entry);
    changes[entry.key] = randomValue(random);
  }
  return changes;
}

function checkValues(
  before: readonly ConfigEntry[],
  after: readonly ConfigEntry[],
  changes: Readonly<Record<string, JsonValue>>,
): void {
  const values = new Map(after.map((entry) => [entry.key, entry.value]));
  for (const [key, value] of Object.entries(changes)) {
    assert.deepEqual(normal(values.get(key) as JsonValue), normal(value), key);
  }
  const changed = before.filter((entry) => entry.key in changes);
  for (const entry of before) {
    if (changed.some((each) => each.start <= entry.end && entry.start <= each.end)) continue;
    assert.deepEqual(values.get(entry.key), entry.value, entry.key);
  }
}

/** Zero without a sign. */
function normal(value: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(value));
}

function checkBytes(before: Source, after: Source, keys: readonly string[], path: string): void {
  // YAML needs a space where there was no value, and lists further right than their name.
  const trim = path.endsWith(".yaml") ? (part: string) => part.replace(/^ +| +$/g, "") : String;
  assert.deepEqual(outside(after, keys).map(trim), outside(before, keys).map(trim));
}

/** What is between the values of some keys. */
function outside({ text, entries }: Source, keys: readonly string[]): string[] {
  const places = entries.filter((entry) => keys.includes(entry.key));
  places.sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of places) {
    if (start > at || parts.length === 0) parts.push(text.slice(at, start));
    at = end;
  }
  return [...parts, text.slice(at)];
}

/** Reads the values of many sources with a program or package that Runlit does not read them with. */
type Oracle = (sources: readonly string[]) => Record<string, unknown>[];

const ORACLES: Readonly<Record<string, Oracle>> = {
  "a.py": readWithPython,
  "a.toml": (sources) =>
    sources.map((source) => parseToml(source.replace(/^\ufeff/, "").replaceAll("\r\n", "\n"))),
  "b.json": (sources) => sources.map((source) => JSON.parse(source.replace(/^\ufeff/, ""))),
  "b.js": (sources) =>
    sources.map((source) => {
      const names = [...source.matchAll(/^var (\w+)/gm)].map((match) => match[1]);
      const script = source.replace(/^\ufeff/, "");
      return JSON.parse(runInNewContext(`${script}\n;JSON.stringify({ ${names.join()} })`));
    }),
};

const PYTHON = `
import ast, json, sys
def values(source):
    found = {}
    for node in ast.parse(source.encode()).body:
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        for target in targets:
            if isinstance(target, ast.Name) and getattr(node, "value", None):
                try:
                    found[target.id] = ast.literal_eval(node.value)
                except ValueError:
                    pass
    return found
print(json.dumps([values(source) for source in json.load(sys.stdin)]))
`;

function readWithPython(sources: readonly string[]): Record<string, unknown>[] {
  const input = JSON.stringify(sources);
  const { stdout, stderr, status } = spawnSync("python3", ["-c", PYTHON], {
    input,
    maxBuffer: 1 << 28,
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

const hasPython = spawnSync("python3", ["-c", "import ast"]).status === 0;

for (const [path, read] of Object.entries(ORACLES)) {
  const skip = path === "a.py" && !hasPython && "there is no python3";
  test(`others read from ${path} what was written there`, { skip }, async () => {
    const random = seededRandom(2);
    const format = configFormat(path) as ConfigFormat;
    const written: { source: string; changes: Record<string, JsonValue> }[] = [];
    for (let round = 0; round < 100; round++) {
      const before = random.pick(VARIANTS)(SOURCES[path]);
      const entries = await readConfig(before, format, { containers: true });
      const changes = randomChanges(entries, random);
      const { source } = await patchConfig(before, path, changes);
      written.push({ source, changes });
    }
    for (const [i, values] of read(written.map(({ source }) => source)).entries()) {
      for (const [key, value] of Object.entries(written[i].changes)) {
        const context = `${key} in ${JSON.stringify(written[i].source)}`;
        assert.deepEqual(normal(valueAt(values, key)), normal(value), context);
      }
    }
  });
}

function valueAt(values: unknown, key: string): JsonValue {
  const object = values as Record<string, unknown>;
  if (Object.hasOwn(object, key)) return object[key] as JsonValue;
  const name = Object.keys(object).find((each) => key.startsWith(`${each}.`)) as string;
  return valueAt(object[name], key.slice(name.length + 1));
}
