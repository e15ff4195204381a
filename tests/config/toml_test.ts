import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "../../lib/config/read_config.ts";
import { testPatches, testReads } from "./_cases.ts";

testReads("a.toml", [
  ["finds what is in tables", 'a = 1\n[b.c]\nd = 1.0\n"e.f" = "x"\n[g]\nh.i = true\n', [
    "a: int = 1",
    "b.c.d: float = 1",
    'b.c.e.f: string = "x"',
    "g.h.i: bool = true",
  ]],
  ["counts the elements of arrays of tables", "[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3", [
    "a.0.b: int = 1",
    "a.1.b: int = 2",
    "a.1.c.d: int = 3",
  ]],
  ["finds what is in arrays and inline tables", "a = [1, [2]]\nb = { c.d = 1, c.e = 2, f = {} }", [
    "a: list = [1,[2]]",
    "a.0: int = 1",
    "a.1: list = [2]",
    "a.1.0: int = 2",
    'b: object = {"c":{"d":1,"e":2},"f":{}}',
    "b.c.d: int = 1",
    "b.c.e: int = 2",
    "b.f: object = {}",
  ]],
  [
    "reads numbers of all kinds",
    "a = 0xFF\nb = 1_000\nc = 1e3\nd = inf\ne = -nan\nf = +1\ng = 9223372036854775807",
    [
      "a: int = 255",
      "b: int = 1000",
      "c: float = 1000",
      "d: float = Infinity",
      "e: float = NaN",
      "f: int = 1",
      'g: int = "9223372036854775807"',
    ],
  ],
  [
    "reads the four kinds of strings",
    "a = \"x\\ty\"\nb = 'x\\t'\nc = \"\"\"\n1\n2\"\"\"\nd = '''\n3'''",
    [
      'a: string = "x\\ty"',
      'b: string = "x\\\\t"',
      'c: string = "1\\n2"',
      'd: string = "3"',
    ],
  ],
  [
    "reads dates and times as their text",
    "a = 1979-05-27T07:32:00Z\nb = 1979-05-27\nc = 07:32:00",
    [
      'a: date = "1979-05-27T07:32:00Z"',
      'b: date = "1979-05-27"',
      'c: date = "07:32:00"',
    ],
  ],
]);

testPatches("conf.toml", [
  ["changes the value only", "# c\n[a]\r\nb =\t1 # d", { "a.b": 2 }, "# c\n[a]\r\nb =\t2 # d"],
  ["keeps floats floats", "a = 1e-3\nb = 1", { a: 1, b: 2 }, "a = 1.0\nb = 2"],
  ["leaves equal values as they are spelled", "a = 1_000\nb = 0xff\nc = 1e3", {
    a: 1000,
    b: 255,
    c: 1000,
  }, "a = 1_000\nb = 0xff\nc = 1e3"],
  ["keeps the four kinds of strings", "a = \"x\"\nb = 'x'\nc = \"\"\"x\"\"\"\nd = '''\nx'''", {
    a: 'q"\\',
    b: "\\y",
    c: 'y\n"""',
    d: "z\n'",
  }, 'a = "q\\"\\\\"\nb = \'\\y\'\nc = """y\n""\\""""\nd = """\nz\n\'"""'],
  [
    "gives up literal strings where it must",
    "a = 'x'\nb = '''x'''",
    { a: "it's", b: "''''" },
    'a = "it\'s"\nb = """\'\'\'\'"""',
  ],
  [
    "writes the line ends of the file",
    'a = """\r\nx"""\r\n',
    { a: "1\n2" },
    'a = """\r\n1\r\n2"""\r\n',
  ],
  ["does not lose a first line end", 'a = """x"""', { a: "\n1" }, 'a = """\n\n1"""'],
  [
    "keeps dates dates",
    "a = 1979-05-27",
    { a: "2024-01-31T10:00:00Z" },
    "a = 2024-01-31T10:00:00Z",
  ],
  ["writes what is no date as a string", "a = 1979-05-27", { a: "tomorrow" }, 'a = "tomorrow"'],
  [
    "keeps strings that look like dates strings",
    'a = "x"',
    { a: "2024-01-31" },
    'a = "2024-01-31"',
  ],
  [
    "writes numbers that are none",
    "a = 1.0\nb = 1.0",
    { a: NaN, b: -Infinity },
    "a = nan\nb = -inf",
  ],
  [
    "writes integers that numbers cannot hold",
    "a = 1",
    { a: "9223372036854775807" },
    "a = 9223372036854775807",
  ],
  [
    "refuses integers of more than 64 bits",
    "a = 1",
    { a: "9223372036854775808" },
    /'a' in 'conf\.toml': TOML's integers have 64 bits/,
  ],
  [
    "writes arrays and inline tables",
    "a = [1]\nb = 1",
    { a: [1, "x"], b: { c: 1, "d e": [true] } },
    'a = [1, "x"]\nb = { c = 1, "d e" = [true] }',
  ],
  [
    "changes what is in an inline table",
    "a = { b = 1, c.d = 2 }",
    { "a.c.d": 3 },
    "a = { b = 1, c.d = 3 }",
  ],
  ["refuses null", "a = 1", { a: null }, /^Cannot set 'a' in 'conf\.toml': TOML has no null$/],
  ["refuses null within", "a = 1", { a: [null] }, /TOML has no null/],
  [
    "refuses halves of surrogate pairs",
    "a = 1",
    { a: "\ud800" },
    /TOML cannot hold half of a surrogate pair/,
  ],
  ["refuses tables as a whole", "[a]\nb = 1", { a: { b: 2 } }, /no such key.*keys are 'a\.b'/],
]);

test("readConfig() names file and line of what is no TOML", async () => {
  const reading = readConfig("a = 1\na = 2\n", "toml", { file: "a.toml" });
  await assert.rejects(reading, /^ConfigError: Cannot read config from 'a\.toml': .* in line 2$/);
});
