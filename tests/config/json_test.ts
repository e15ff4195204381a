import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConfigFormat } from "../../lib/config/config_format.ts";
import { readConfig } from "../../lib/config/read_config.ts";
import { testPatches, testReads } from "./_cases.ts";

testReads("a.json", [
  ["finds what is in objects and arrays", '{"a": 1, "b": {"c": [2.0, "x", null, true]}}', [
    "a: int = 1",
    'b: object = {"c":[2,"x",null,true]}',
    'b.c: list = [2,"x",null,true]',
    "b.c.0: float = 2",
    'b.c.1: string = "x"',
    "b.c.2: null = null",
    "b.c.3: bool = true",
  ]],
  ["knows comments and trailing commas", '// c\n{"a": 1, /* c */ "b": [1,],}\n// d', [
    "a: int = 1",
    "b: list = [1]",
    "b.0: int = 1",
  ]],
  ["lets the last of equal keys win", '{"a": 1, "a": {"b": 2}}', [
    'a: object = {"b":2}',
    "a.b: int = 2",
  ]],
  [
    "keeps the digits of integers that numbers cannot hold",
    '{"a": 12345678901234567890, "b": -0, "c": 1E3}',
    [
      'a: int = "12345678901234567890"',
      "b: int = 0",
      "c: float = 1000",
    ],
  ],
  ["finds what is in an array at the top", '[{"a": 1}]', ['0: object = {"a":1}', "0.a: int = 1"]],
  ["reads files without values", " // nothing\n", []],
  ["reads single values, which have no key", "5", []],
  ["decodes escapes", '{"caf\\u00e9": "\\"\\ud83d\\ude00"}', ['café: string = "\\"😀"']],
]);

testPatches("conf.json", [
  [
    "changes the value only",
    '{ // c\n\t"a" : 1 ,\r\n"b":"x"}',
    { a: 2, b: "y" },
    '{ // c\n\t"a" : 2 ,\r\n"b":"y"}',
  ],
  [
    "keeps floats floats",
    '{"a": 0.5, "b": 1, "c": 1e3}',
    { a: 1, b: 2, c: 5 },
    '{"a": 1.0, "b": 2, "c": 5.0}',
  ],
  [
    "leaves equal values as they are spelled",
    '{"a": 1.50, "b": "\\u0061"}',
    { a: 1.5, b: "a" },
    '{"a": 1.50, "b": "\\u0061"}',
  ],
  ["escapes what it must", '{"a": 1}', { a: '"\\\n\u0001é' }, '{"a": "\\"\\\\\\n\\u0001é"}'],
  ["writes lists and objects", '{"a": 1}', { a: [1, { b: null }] }, '{"a": [1, {"b": null}]}'],
  [
    "writes integers that numbers cannot hold",
    '{"a": 1}',
    { a: "12345678901234567890" },
    '{"a": 12345678901234567890}',
  ],
  ["keeps a byte order mark", '\ufeff{"a": 1}', { a: 2 }, '\ufeff{"a": 2}'],
  [
    "refuses what JSON has not",
    '{"a": 1}',
    { a: NaN },
    /^Cannot set 'a' in 'conf\.json': JSON has no NaN$/,
  ],
  [
    "refuses ambiguous keys",
    '{"a.b": 1, "a": {"b": 2}}',
    { "a.b": 3 },
    /more than one value has this key/,
  ],
]);

test("readConfig() names file and line of what is no JSON", async () => {
  const reading = readConfig('{\n"a": 1,\n"b": }', "json", { file: "a.json" });
  await assert.rejects(
    reading,
    /^ConfigError: Cannot read config from 'a\.json': value expected in JSON in line 3$/,
  );
});

test("readConfig() refuses formats that there are not", async () => {
  const reading = readConfig("x", "xml" as ConfigFormat);
  await assert.rejects(reading, { name: "TypeError", message: /there is no format 'xml'/ });
});

test("readConfig() says that a file is nested too deep", async () => {
  const reading = readConfig("[".repeat(200_000), "json", { file: "a.json" });
  await assert.rejects(reading, /^ConfigError: Cannot read config from 'a\.json': /);
});
