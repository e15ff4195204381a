import assert from "node:assert/strict";
import { homedir } from "node:os";
import { test } from "node:test";
import { expandLabel } from "../../lib/guild/expand_label.ts";
import { flagArgs } from "../../lib/guild/flag_args.ts";
import type { FlagDef } from "../../lib/guild/flag_def.ts";
import { flagEnv } from "../../lib/guild/flag_env.ts";
import { flagLabel } from "../../lib/guild/flag_label.ts";
import { formatFlagValue } from "../../lib/guild/format_flag_value.ts";
import { parseFlagValue } from "../../lib/guild/parse_flag_value.ts";
import { parseSearchSpace } from "../../lib/guild/parse_search_space.ts";
import { parseSequence } from "../../lib/guild/parse_sequence.ts";
import { shellQuote, shellSplit } from "../../lib/meta/guild/shell_quote.ts";
import type { JsonValue } from "../../lib/types.ts";

const PARSED: readonly [text: string, value: JsonValue][] = [
  ["1", 1],
  ["010", 10],
  ["+5", 5],
  ["-5", -5],
  ["0x10", 16],
  ["-0x10", -16],
  ["0b101", 5],
  ["1.0", 1],
  ["1e3", 1000],
  ["1e-3", 0.001],
  [".5", 0.5],
  ["5.", 5],
  ["inf", Infinity],
  ["-inf", -Infinity],
  [".inf", Infinity],
  ["nan", NaN],
  ["1e400", Infinity],
  ["12345678901234567890", "12345678901234567890"],
  ["yes", true],
  ["no", false],
  ["true", true],
  ["false", false],
  ["True", true],
  ["on", true],
  ["off", false],
  ["y", "y"],
  ["n", "n"],
  ["null", null],
  ["~", null],
  ["", ""],
  ["'1'", "1"],
  [`"'[1,2]'"`, "'[1,2]'"],
  [`'[1,2]'`, "[1,2]"],
  ["!!str 1", "1"],
  ["1_000", "1_000"],
  ["1:30", "1:30"],
  ["2020-01-01", "2020-01-01"],
  ["2020-01-01 10:00:00", "2020-01-01 10:00:00"],
  ["[1,2]", [1, 2]],
  ["[a, b]", ["a", "b"]],
  ["[1, 'x, y', {a: 2}]", [1, "x, y", { a: 2 }]],
  ["[2020-01-01, y, 1_000]", ["2020-01-01", "y", "1_000"]],
  ["[]", []],
  ["[[1,2],[3]]", [[1, 2], [3]]],
  ["[1]*3", [1, 1, 1]],
  ["[1,2] * 2", [1, 2, 1, 2]],
  ["range[1:5]", [1, 2, 3, 4, 5]],
  ["range[1:10:3]", [1, 4, 7, 10]],
  ["range[0:1:0.25]", [0, 0.25, 0.5, 0.75, 1]],
  ["range[0:1:0.3]", [0, 0.3, 0.6, 0.9]],
  ["range[0:1:0.1]", [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]],
  ["range[5]", [0, 1, 2, 3, 4]],
  ["range[3:1:-1]", [3, 2, 1]],
  ["range[3:1]", []],
  ["linspace[0:1]", [0, 0.25, 0.5, 0.75, 1]],
  ["linspace[0:1:3]", [0, 0.5, 1]],
  ["linspace[2:3:1]", [2]],
  ["logspace[0:2:3]", [1, 10, 100]],
  ["logspace[-4:0]", [0.0001, 0.001, 0.01, 0.1, 1]],
  ["logspace[0:3:4:2]", [1, 2, 4, 8]],
  ["geomspace[1:1000:4]", [1, 10, 100, 1000]],
  ["[1:10]", "[1:10]"],
  ["uniform[0:1]", "uniform[0:1]"],
  ["loguniform[1e-5:1e-1]", "loguniform[1e-5:1e-1]"],
  ["{a: 1}", { a: 1 }],
  ["a: b", { a: "b" }],
  ["- a", ["a"]],
  ["a,b", "a,b"],
  ["1,2", "1,2"],
  ["hello", "hello"],
  ["b c", "b c"],
  ["it's", "it's"],
  ["'tis", "'tis"],
  ["what: is: this", "what: is: this"],
  ["http://a.b/c", "http://a.b/c"],
  ["~/data", `${homedir()}/data`],
  ["é", "é"],
];

for (const [text, value] of PARSED) {
  test(`parseFlagValue() reads ${JSON.stringify(text)}`, async () => {
    assert.deepEqual(await parseFlagValue(text), value);
  });
}

test("parseFlagValue() keeps the text of flags that are texts", async () => {
  for (const text of ["00500", "1e3", "yes", "null", "a: b", "- a"]) {
    assert.equal(await parseFlagValue(text, { type: "string" }), text);
  }
  assert.deepEqual(await parseFlagValue("[a, b]", { type: "string" }), ["a", "b"]);
  assert.equal(await parseFlagValue("'1'", { type: "string" }), "1");
  assert.equal(await parseFlagValue("on", { choices: ["on", "off"] }), "on");
  assert.equal(await parseFlagValue("~/x", { type: "path" }), `${homedir()}/x`);
});

const REFUSED: readonly [text: string, why: RegExp][] = [
  ["[1,2", /^Cannot use '\[1,2' as a list: .*line 1.*needs quotes/],
  ["{a: 1", /^Cannot use '\{a: 1' as a map/],
  ["range[a:b]", /^Cannot use 'range\[a:b\]': it takes numbers with ':' between them, as in/],
  ["range[1:2:0]", /its step is 0/],
  ["range[0:1e12]", /it has 1000000000001 values/],
  ["linspace[1]", /it takes 2 to 3 numbers/],
  ["linspace[0:1:2.5]", /2\.5 is not a number of values/],
  ["geomspace[0:1]", /cannot be 0/],
  ["[5:1]", /5 is not less than 1/],
  ["[0:10:20]", /20 is not between 0 and 10/],
  ["uniform[0]", /^Cannot use 'uniform\[0\]'|^$/],
  ["loguniform[0:1]", /needs a range above 0/],
];

for (const [text, why] of REFUSED) {
  test(`parseFlagValue() refuses ${JSON.stringify(text)}`, async () => {
    if (text === "uniform[0]") return assert.equal(await parseFlagValue(text), text);
    await assert.rejects(parseFlagValue(text), { name: "FlagError", message: why });
  });
}

test("parseSearchSpace() tells integers from floats", () => {
  assert.equal(parseSearchSpace("[0:10]")?.int, true);
  assert.equal(parseSearchSpace("[0.0:10]")?.int, false);
  assert.equal(parseSearchSpace("uniform[1:10:3]")?.init, 3);
  assert.equal(parseSearchSpace("loguniform[1:10]")?.int, false);
  assert.equal(parseSearchSpace("[a: 1]"), null);
  assert.equal(parseSearchSpace("text"), null);
  assert.equal(parseSequence("[1:10]"), null);
});

const FORMATTED: readonly [value: JsonValue, text: string][] = [
  [true, "yes"],
  [false, "no"],
  [null, "null"],
  [1, "1"],
  [0.5, "0.5"],
  [1e-5, "1e-05"],
  [1e16, "1e+16"],
  [Infinity, ".inf"],
  [-Infinity, "-.inf"],
  [NaN, ".nan"],
  [["a", "b"], "[a, b]"],
  [["a,b", 1], "['a,b', 1]"],
  [[], "[]"],
  [{ b: 1, a: "x" }, "{a: x, b: 1}"],
  ["1", "'1'"],
  ["null", "'null'"],
  ["yes", "'yes'"],
  ["", "''"],
  ["a: b", "'a: b'"],
  ["b c", "'b c'"],
  ["it's a", "'it''s a'"],
  ["2020-01-01", "2020-01-01"],
  ["1_000", "1_000"],
  ["y", "y"],
  ["é", "é"],
  ["[1:10]", "[1:10]"],
  ["range[1:2]", "'range[1:2]'"],
  ["12345678901234567890", "12345678901234567890"],
];

for (const [value, text] of FORMATTED) {
  test(`formatFlagValue() writes ${JSON.stringify(value)} as ${text}`, async () => {
    assert.equal(formatFlagValue(value), text);
    assert.deepEqual(await parseFlagValue(text), value);
  });
}

test("a float is shown as one", () => {
  assert.equal(formatFlagValue(1, { float: true }), "1.0");
  assert.equal(formatFlagValue([1, 0.5], { float: true }), "[1.0, 0.5]");
});

test("formatFlagValue() writes what parseFlagValue() reads, whatever the text", async () => {
  let seed = 7;
  const random = (n: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % n;
  const parts = ["a", "1", " ", ":", "-", "'", '"', "[", "]", "{", ",", "#", "é", "\n", "~", "yes"];
  for (let i = 0; i < 3000; i++) {
    const text = Array.from({ length: random(6) }, () => parts[random(parts.length)]).join("");
    const value = random(3) === 0 ? [text, random(9)] : text;
    assert.deepEqual(await parseFlagValue(formatFlagValue(value)), value, JSON.stringify(text));
  }
});

const LABELS: readonly [values: Record<string, JsonValue>, label: string][] = [
  [{ msg: "ho", loud: false }, "loud=no msg=ho"],
  [{ x: null, y: 1 }, "y=1"],
  [{ x: 1.23456789 }, "x=1.23456"],
  [{ x: 0.00012 }, "x=0.00012"],
  [{ x: 1.23456789e-7 }, "x=1.23456e-07"],
  [{ x: "b c" }, "x='b c'"],
  [{ x: "naïve" }, "x=naïve"],
  [{ x: ["a", "b"] }, "x='[a, b]'"],
  [{ x: "a;b" }, "x='a;b'"],
  [{ path: "/data/sets/of/images/train.csv" }, "path=…/images/train.csv"],
  [{ path: "/data/a.csv" }, "path=/data/a.csv"],
];

for (const [values, label] of LABELS) {
  test(`flagLabel() of ${JSON.stringify(values)}`, () => {
    assert.equal(flagLabel(values, { isFile: (path) => path.startsWith("/data") }), label);
  });
}

const TEMPLATES: readonly [template: string, label: string | RegExp][] = [
  ["${x}", "5"],
  ["x is ${x}, ${lr}", "x is 5, 0.1"],
  ["${default_label}", "lr=0.1 msg='b c' n='5' path=/data/sets/a.csv x=5"],
  ["best ${default_label|unquote}", "best lr=0.1 msg='b c' n='5' path=/data/sets/a.csv x=5"],
  ["${x|%03d}", "005"],
  ["${x|%+5.1f|%s}|", " +5.0|"],
  ["${x|%-4d}|", "5   |"],
  [
    "${big|%e} ${big|%g} ${lr|%g} ${small|%g} ${x|%x}",
    /^Cannot use '\$\{big\|%e\}' in a label: there is no/,
  ],
  ["${lr|%.3e} ${lr|%g} ${lr|%.0f}", "1.000e-01 0.1 0"],
  ["${msg|%05d}", "'b c'"],
  ["${msg}", "'b c'"],
  ["${msg|unquote}", "b c"],
  ["${n} ${n|unquote}", "'5' 5"],
  ["${path|basename}", "a.csv"],
  ["${none}|${none|default:no value}", "|no value"],
  ["${x|default:7}", "5"],
  ["${y}", /^Cannot use '\$\{y\}' in a label: there is no flag 'y'/],
  ["${msgs}", /there is no flag 'msgs': did you mean 'msg'\?$/],
  ["${x|upper}", /'upper' is none of '%…' as in '%03d', 'default:TEXT', 'basename' and 'unquote'$/],
  ["${x|%q}", /'%q' is none of/],
];

for (const [template, label] of TEMPLATES) {
  test(`expandLabel() of ${template}`, () => {
    const values = { x: 5, lr: 0.1, msg: "b c", n: "5", none: null, path: "/data/sets/a.csv" };
    const expand = () => expandLabel(template, values);
    if (typeof label === "string") assert.equal(expand(), label);
    else assert.throws(expand, { name: "FlagError", message: label });
  });
}

test("expandLabel() writes numbers as C does", () => {
  const cases: [string, number, string][] = [
    ["%g", 1e6, "1e+06"],
    ["%g", 123456, "123456"],
    ["%g", 0.0001, "0.0001"],
    ["%g", 1.5e-5, "1.5e-05"],
    ["%g", 0, "0"],
    ["%.3g", 1234.5, "1.23e+03"],
    ["%e", 12345.678, "1.234568e+04"],
    ["%E", 1e-10, "1.000000E-10"],
    ["%d", -3.7, "-3"],
    ["%06.2f", -3.14159, "-03.14"],
    ["% d", 4, " 4"],
    ["%x", 255, "ff"],
    ["%X", 255, "FF"],
    ["%5s", 1, "    1"],
    ["%.2s", 0.125, "0."],
  ];
  for (const [format, v, text] of cases) {
    assert.equal(expandLabel(`\${v|${format}}`, { v }), text, format);
  }
});

type ArgCase = readonly [flag: Omit<FlagDef, "name" | "default">, value: JsonValue, args: string[]];

const ARGS: readonly ArgCase[] = [
  [{}, "hi", ["--x", "hi"]],
  [{}, null, []],
  [{ argName: "--the-x" }, 1, ["--the-x", "1"]],
  [{ argSwitch: true }, true, ["--x"]],
  [{ argSwitch: true }, false, []],
  [{ argSwitch: false }, false, ["--x"]],
  [{ argSwitch: false }, true, []],
  [{ argSwitch: false, argName: "--no-x" }, false, ["--no-x"]],
  [{ argSwitch: "b" }, "b", ["--x"]],
  [{}, true, ["--x", "1"]],
  [{}, false, ["--x", ""]],
  [{}, 0.001, ["--x", "0.001"]],
  [{}, 1e-5, ["--x", "1e-05"]],
  [{ type: "float" }, 1, ["--x", "1.0"]],
  [{}, "2020-01-01", ["--x", "2020-01-01"]],
  [{}, [1, "a b"], ["--x", "1 'a b'"]],
  [{ argSplit: true }, [1, "a b"], ["--x", "1", "a b"]],
  [{ argSplit: true }, 3, ["--x", "3"]],
  [{ argEncoding: { "true": "1", "false": "0" } }, true, ["--x", "1"]],
  [{ argEncoding: { "true": "1", "false": "0" } }, false, ["--x", "0"]],
  [{ argRepeat: "each" }, ["a", "b"], ["--x", "a", "--x", "b"]],
  [{ argRepeat: "count" }, 3, ["--x", "--x", "--x"]],
  [{}, { a: 1, b: [true, null, "it's"] }, ["--x", `{'a': 1, 'b': [True, None, "it's"]}`]],
  [{}, -5, ["--x", "-5"]],
  [{}, "-v", ["--x=-v"]],
  [{ argName: "-x" }, "-v", ["-x-v"]],
  [{ positional: true }, "in.csv", ["in.csv"]],
  [{ positional: true }, "-in.csv", ["--", "-in.csv"]],
];

for (const [flag, value, args] of ARGS) {
  test(`flagArgs() of ${JSON.stringify(flag)} with ${JSON.stringify(value)}`, () => {
    assert.deepEqual(flagArgs([{ name: "x", default: null, ...flag }], { x: value }), args);
  });
}

test("flagArgs() sorts options by name, and arguments without option as they are declared", () => {
  const flags: FlagDef[] = [
    { name: "src", default: null, positional: true },
    { name: "dst", default: null, positional: true },
    { name: "b", default: 1 },
    { name: "a", default: 1, argSplit: true },
  ];
  const values = { dst: "d", src: "s", b: 2, a: [1, 2] };
  assert.deepEqual(flagArgs(flags, values), ["--a", "1", "2", "--b", "2", "--", "s", "d"]);
});

test("Node's parseArgs takes no negative number for a value", () => {
  const options = { reader: "node" } as const;
  assert.deepEqual(flagArgs([], { x: -5 }, options), ["--x=-5"]);
  assert.deepEqual(flagArgs([], { x: { a: 1 } }, options), ["--x", '{"a":1}']);
});

test("flagEnv() has a variable for each flag", () => {
  assert.deepEqual(flagEnv([], { lr: 0.1, "a-b": true, off: false, no: null, l: [1, "a b"] }), {
    FLAG_LR: "0.1",
    FLAG_A_B: "1",
    FLAG_OFF: "",
    FLAG_L: "1 'a b'",
  });
});

test("shellSplit() undoes shellQuote()", () => {
  const words = ["a", "", "it's", 'say "hi"', "a b", "$x", "\\"];
  assert.deepEqual(shellSplit(words.map(shellQuote).join("  ")), words);
  assert.throws(() => shellSplit("a 'b"), /quote is not closed/);
});
