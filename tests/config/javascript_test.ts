import assert from "node:assert/strict";
import { test } from "node:test";
import { patchConfig } from "../../lib/config/patch_config.ts";
import { readConfig } from "../../lib/config/read_config.ts";
import { testPatches, testReads } from "./_cases.ts";

testReads("a.ts", [
  [
    "finds declarations at the top level",
    "const a = 1;\nlet b: string = 'x', c;\nexport var d = true\n",
    [
      "a: int = 1",
      'b: string = "x"',
      "d: bool = true",
    ],
  ],
  [
    "finds what is in arrays and objects",
    "const o = { a: [1, { 'b-c': null }], 5: `t`, ['d']: -2.5, };",
    [
      'o: object = {"5":"t","a":[1,{"b-c":null}],"d":-2.5}',
      'o.a: list = [1,{"b-c":null}]',
      "o.a.0: int = 1",
      'o.a.1: object = {"b-c":null}',
      "o.a.1.b-c: null = null",
      'o.5: string = "t"',
      "o.d: float = -2.5",
    ],
  ],
  [
    "sees through types, parentheses and Object.freeze()",
    "const a = <any>(1), b = 'x' as const, c = { d: 2! } satisfies T, e = Object.freeze([3] as const);",
    [
      "a: int = 1",
      'b: string = "x"',
      'c: object = {"d":2}',
      "c.d: int = 2",
      "e: list = [3]",
      "e.0: int = 3",
    ],
  ],
  [
    "reads numbers of all kinds",
    "const a = 0x1F, b = 1_000, c = 1e3, d = .5, e = 10n, f = ~1, g = NaN, h = -Infinity, i = +2;",
    [
      "a: int = 31",
      "b: int = 1000",
      "c: float = 1000",
      "d: float = 0.5",
      "e: int = 10",
      "f: int = -2",
      "g: float = NaN",
      "h: float = -Infinity",
      "i: int = 2",
    ],
  ],
  ["keeps the digits of large BigInts", "const a = 12345678901234567890n;", [
    'a: int = "12345678901234567890"',
  ]],
  [
    "leaves out what is computed",
    "const a = b + 1, c = `${d}`, e = f(), g = undefined, h = /x/, i = () => 1, { j } = k, [l] = m;",
    [],
  ],
  [
    "leaves out what is not at the top level",
    "if (x) { var a = 1 }\nfunction f() { const b = 2 }\ndeclare const c: 1;\nnamespace N { const d = 1 }",
    [],
  ],
  [
    "reads what is plain among what is not",
    "const a = [1, ...x, 2], o = { ...x, p: 1, q, r() {}, get s() { return 1 }, [t]: 2 };",
    [
      "a.0: int = 1",
      "o.p: int = 1",
    ],
  ],
  ["finds the default export", "export default { a: 1 } satisfies Config;", [
    'default: object = {"a":1}',
    "default.a: int = 1",
  ]],
  ["passes over other default exports", "export default function f() {}", []],
  [
    "reads on where names are declared twice",
    "#!/usr/bin/env node\nvar a = 1;\nconst b = 2;\nconst b = 3;\nreturn;",
    ["a: int = 1"],
  ],
  ["reads decorators, await and using", "@d class C {}\nawait x;\nusing a = y;\nconst b = 1;", [
    "b: int = 1",
  ]],
]);

testPatches("conf.ts", [
  ["keeps quotes and types", "export const a: number = 1, b = 'x' as const; // c\n", {
    a: 2.5,
    b: "it's",
  }, "export const a: number = 2.5, b = 'it\\'s' as const; // c\n"],
  ["keeps templates", "const a = `x`;", { a: "`${y}\n\\" }, "const a = `\\`\\${y}\n\\\\`;"],
  [
    "writes the line ends of the file in templates",
    "const a = `x`;\r\n",
    { a: "1\n2" },
    "const a = `1\r\n2`;\r\n",
  ],
  [
    "escapes control characters",
    'const a = "x";',
    { a: '"\n\u2028\0\x07$' },
    'const a = "\\"\\n\\u2028\\u0000\\u0007$";',
  ],
  ["writes strings in the quotes that the file has most of", "import 'x';\nconst a = 1;", {
    a: "it's",
  }, "import 'x';\nconst a = 'it\\'s';"],
  ["writes strings in double quotes else", "const a = 1;", { a: "x" }, 'const a = "x";'],
  ["writes null and numbers that are none", "const a = 1, b = 1, c = 1;", {
    a: null,
    b: NaN,
    c: -Infinity,
  }, "const a = null, b = NaN, c = -Infinity;"],
  [
    "keeps BigInts",
    "const a = 1_0n, b = 1n;",
    { a: 5, b: "12345678901234567890" },
    "const a = 5n, b = 12345678901234567890n;",
  ],
  [
    "refuses integers that numbers cannot hold",
    "const a = 1;",
    { a: "12345678901234567890" },
    /'a' in 'conf\.ts': a number cannot hold it exactly/,
  ],
  ["writes whole numbers without a dot", "const a = 0.1;", { a: 1 }, "const a = 1;"],
  ["leaves equal values as they are spelled", "const a = 1e-3, b = 0xff, c = 'x';", {
    a: 0.001,
    b: 255,
    c: "x",
  }, "const a = 1e-3, b = 0xff, c = 'x';"],
  ["replaces whole arrays and objects", "const a = [1], o = {};", {
    a: [],
    o: { b: 1, "c-d": ["x"], __proto__x: null },
  }, 'const a = [], o = { b: 1, "c-d": ["x"], __proto__x: null };'],
  ["changes the inside of objects only", "const o = {\n\ta: 1, // c\n\t'b' : [ 2 ] };", {
    "o.b.0": 3,
  }, "const o = {\n\ta: 1, // c\n\t'b' : [ 3 ] };"],
  [
    "refuses templates with expressions",
    "const a = `${b}`;",
    { a: "x" },
    /it is a template with expressions in it/,
  ],
  ["refuses expressions", "const a = b;", { a: 1 }, /it is an expression/],
  [
    "refuses names declared twice",
    "var a = 1; var a = 2;",
    { a: 3 },
    /more than one value has this key/,
  ],
]);

test("patchConfig() sets a member named __proto__", async () => {
  const changes = { o: JSON.parse('{"__proto__": 1}') };
  const { source } = await patchConfig("const o = {};", "a.js", changes);
  assert.equal(source, 'const o = { ["__proto__"]: 1 };');
});

test("readConfig() reads each dialect", async () => {
  const count = async (...args: Parameters<typeof readConfig>) =>
    (await readConfig(...args)).length;
  assert.equal(await count("const a = 1; const b = <div>{a}</div>;", "javascript"), 1);
  assert.equal(await count("type T = {| a: 1 |};\nconst a: number = 1;", "javascript"), 1);
  assert.equal(await count("const a = <T,>(x: T) => x; const b = 1; const c = <p/>;", "tsx"), 1);
  assert.equal(await count("with (a) {}\nvar b = 010;", "javascript"), 1);
});

test("readConfig() names file and line of what cannot be parsed", async () => {
  const reading = readConfig("const a = 1;\nconst b = ;\n", "typescript", { file: "a.ts" });
  await assert.rejects(
    reading,
    /^ConfigError: Cannot read config from 'a\.ts': Unexpected token in line 2$/,
  );
});
