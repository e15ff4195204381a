import assert from "node:assert/strict";
import { test } from "node:test";
import { patchConfig } from "../../lib/config/patch_config.ts";
import { readConfig } from "../../lib/config/read_config.ts";
import { testPatches, testReads } from "./_cases.ts";

testReads("a.yaml", [
  ["finds what is in maps and lists", "a: 1\nb:\n  - x\n  - c: 2.0\n    d: {e: [true]}\n", [
    "a: int = 1",
    'b: list = ["x",{"c":2,"d":{"e":[true]}}]',
    'b.0: string = "x"',
    'b.1: object = {"c":2,"d":{"e":[true]}}',
    "b.1.c: float = 2",
    'b.1.d: object = {"e":[true]}',
    "b.1.d.e: list = [true]",
    "b.1.d.e.0: bool = true",
  ]],
  [
    "reads scalars of all kinds",
    "a: 0x10\nb: 0o17\nc: 1e3\nd: .inf\ne: .nan\nf: ~\ng:\nh: 12345678901234567890\ni: 2024-01-01\nj: yes\n",
    [
      "a: int = 16",
      "b: int = 15",
      "c: float = 1000",
      "d: float = Infinity",
      "e: float = NaN",
      "f: null = null",
      "g: null = null",
      'h: int = "12345678901234567890"',
      'i: string = "2024-01-01"',
      'j: string = "yes"',
    ],
  ],
  [
    "reads strings of all styles",
    "a: p q\nb: 'it''s'\nc: \"x\\ty\"\nd: |\n  1\n  2\ne: >-\n  3\n  4\nf: g\n  h\n",
    [
      'a: string = "p q"',
      `b: string = "it's"`,
      'c: string = "x\\ty"',
      'd: string = "1\\n2\\n"',
      'e: string = "3 4"',
      'f: string = "g h"',
    ],
  ],
  ["follows aliases but not into them", "a: &x {b: 1}\nc: *x\nd: &y 5\ne: *y\n", [
    'a: object = {"b":1}',
    "a.b: int = 1",
    'c: object = {"b":1}',
    "d: int = 5",
    "e: int = 5",
  ]],
  ["merges maps", "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n", [
    'a: object = {"b":1,"c":2}',
    "a.b: int = 1",
    "a.c: int = 2",
    'd: object = {"b":1,"c":3}',
    "d.c: int = 3",
  ]],
  [
    "reads keys that are no strings, but not lists and maps",
    "1: a\ntrue: b\nnull: c\n? [x]\n: d\n",
    [
      '1: string = "a"',
      'true: string = "b"',
      'null: string = "c"',
    ],
  ],
  ["leaves out what has a tag of its own", "a: !env X\nb: !!str 5\nc: !!binary aGk=\n", [
    'b: string = "5"',
  ]],
  ["reads the first document", "---\na: 1\n---\nb: 2\n", ["a: int = 1"]],
  ["reads YAML 1.1 where it is declared", "%YAML 1.1\n---\na: yes\nb: 1_000\nc: 2024-01-01\n", [
    "a: bool = true",
    "b: int = 1000",
    'c: date = "2024-01-01"',
  ]],
  ["reads files without values", "# nothing\n", []],
]);

testPatches("conf.yaml", [
  [
    "changes the value only",
    "# c\na:   1   # d\r\nb: x",
    { a: 2, b: "z" },
    "# c\na:   2   # d\r\nb: z",
  ],
  [
    "keeps quotes",
    "a: 'x'\nb: \"x\"\nc: x",
    { a: "it's", b: 'q"\n', c: "y z" },
    "a: 'it''s'\nb: \"q\\\"\\n\"\nc: y z",
  ],
  ["gives up single quotes where it must", "a: 'x'", { a: "1\n2" }, 'a: "1\\n2"'],
  ["quotes what would be something else", "a: x\nb: x\nc: x\nd: x\ne: x\nf: x", {
    a: "5",
    b: "yes",
    c: "",
    d: "a: b",
    e: "- x",
    f: "#x",
  }, 'a: "5"\nb: "yes"\nc: ""\nd: "a: b"\ne: "- x"\nf: "#x"'],
  ["quotes line ends", "a: x", { a: "1\n2" }, 'a: "1\\n2"'],
  ["quotes what would end a value within brackets", "a: [x, {b: y}]", {
    "a.0": "p, q",
    "a.1.b": "z}",
  }, 'a: ["p, q", {b: "z}"}]'],
  ["does not quote what need not be outside of brackets", "a: x", { a: "p, q [r]" }, "a: p, q [r]"],
  [
    "keeps dates bare where one was",
    "a: 2024-01-01\nb: x",
    { a: "2024-01-02", b: "2024-01-02" },
    'a: 2024-01-02\nb: "2024-01-02"',
  ],
  ["writes numbers for strings and strings for numbers", "a: x\nb: 1\nc: 'x'", {
    a: 5,
    b: "x",
    c: 1.5,
  }, "a: 5\nb: x\nc: 1.5"],
  [
    "keeps floats floats, for readers of 1.1 too",
    "a: 1e-3\nb: 0.5\nc: 1",
    { a: 1, b: 1e-7, c: 2 },
    "a: 1.0\nb: 1.0e-7\nc: 2",
  ],
  ["leaves equal values as they are spelled", "a: 0x10\nb: 1.50\nc: ~\nd: True", {
    a: 16,
    b: 1.5,
    c: null,
    d: true,
  }, "a: 0x10\nb: 1.50\nc: ~\nd: True"],
  [
    "writes null and numbers that are none",
    "a: 1\nb: 1\nc: 1",
    { a: null, b: NaN, c: -Infinity },
    "a: null\nb: .nan\nc: -.inf",
  ],
  [
    "writes integers that numbers cannot hold",
    "a: 1",
    { a: "12345678901234567890" },
    "a: 12345678901234567890",
  ],
  ["sets values that are not there", "a:\nb: # c\nc: [x, {d: , e: }]\nf:", {
    a: 1,
    b: 2,
    "c.1.d": 3,
    f: "x",
  }, "a: 1\nb: 2 # c\nc: [x, {d: 3 , e: }]\nf: x"],
  ["sets list items that are not there", "a:\n-\n- 1\n", { "a.0": 2 }, "a:\n- 2\n- 1\n"],
  [
    "keeps literal blocks",
    "a: |\n    x\n    y\nb: 1\n",
    { a: "1\n  2\n\n3\n" },
    "a: |\n    1\n      2\n\n    3\nb: 1\n",
  ],
  ["says in the header how a block ends", "a: |\n  x\nb: |-\n  x\nc: |\n  x\nd: 1\n", {
    a: "1",
    b: "2\n",
    c: "3\n\n",
  }, "a: |-\n  1\nb: |\n  2\nc: |+\n  3\n\nd: 1\n"],
  ["does not let a block keep empty lines that are not its own", "a: |\n  x\n\nb: 1\n", {
    a: "1\n\n",
  }, 'a: "1\\n\\n"\n\nb: 1\n'],
  ["keeps folded blocks", "a: >-\n  x\n  y\n", { a: "1\n2\n\n3" }, "a: >-\n  1\n\n  2\n\n\n  3\n"],
  [
    "makes a folded block literal for indented lines",
    "a: >\n  x\n",
    { a: "1\n  2\n" },
    "a: |\n  1\n    2\n",
  ],
  [
    "gives up blocks where it must",
    "a: |\n  x\nb: |\n  x\n",
    { a: " 1\n", b: "\x07" },
    'a: " 1\\n"\nb: "\\x07"\n',
  ],
  [
    "keeps the comment and the line ends of a block",
    "a: | # c\r\n  x\r\n  y\r\nb: >- # d\r\n  x\r\n",
    { a: "1\n2\n", b: 5 },
    "a: | # c\r\n  1\r\n  2\r\nb: 5 # d\r\n",
  ],
  ["replaces lines that are folded", "a: p\n  q\nb: 1", { a: "r" }, "a: r\nb: 1"],
  [
    "keeps anchors and tags",
    "a: &x 5\nb: !!str x\nc: *x",
    { a: 6, b: "z" },
    "a: &x 6\nb: !!str z\nc: *x",
  ],
  ["replaces an alias, not what it stands for", "a: &x 5\nb: *x", { b: 6 }, "a: &x 5\nb: 6"],
  [
    "refuses what a tag does not allow",
    "a: !!str x",
    { a: 5 },
    /'a' in 'conf\.yaml': its place cannot hold 5/,
  ],
  ["refuses what has a tag of its own", "a: !env X", { a: "Y" }, /it has the tag '!env'/],
  [
    "writes lists and maps",
    "a: 1\nb: [x]",
    { a: [1, "p, q", null], b: { c: "yes", "d: e": [] } },
    'a: [1, "p, q", null]\nb: {c: "yes", "d: e": []}',
  ],
  ["replaces lists and maps in blocks", "a:\n- 1\n- 2 # c\nb:\n  c: 1\n  d: 2\n  # end\ne: 3\n", {
    a: [3],
    b: { c: 4 },
  }, "a:\n  [3] # c\nb:\n  {c: 4}\n  # end\ne: 3\n"],
  ["replaces lists in lists", "- - 1\n  - 2\n-\n  a: 1\n", { "0": [3], "1": 4 }, "- [3]\n-\n  4\n"],
  ["changes the first document", "---\na: 1\n---\na: 2\n", { a: 3 }, "---\na: 3\n---\na: 2\n"],
  ["keeps a byte order mark and the missing last line end", "\ufeffa: 1\nb: |\n  x", {
    a: 2,
    b: "y\n",
  }, "\ufeffa: 2\nb: |\n  y"],
  [
    "refuses halves of surrogate pairs",
    "a: 1",
    { a: "\ud800" },
    /YAML cannot hold half of a surrogate pair/,
  ],
  ["says what there is", "lr: 1", { rl: 1 }, /no such key \(did you mean 'lr'\?\); keys are 'lr'$/],
]);

test("readConfig() names file and line of what is no YAML", async () => {
  const reading = readConfig("a: 1\nb: [1\n", "yaml", { file: "a.yaml" });
  await assert.rejects(reading, /^ConfigError: Cannot read config from 'a\.yaml': .* in line \d$/);
  const twice = readConfig("a: 1\nb: 2\na: 3", "yaml", { file: "a.yaml" });
  await assert.rejects(twice, /Map keys must be unique in line 3$/);
});

test("readConfig() is not slowed down by aliases of aliases", async () => {
  let source = "a0: &a0 [x]\n";
  for (let i = 1; i < 60; i++) source += `a${i}: &a${i} [*a${i - 1}, *a${i - 1}]\n`;
  const entries = await readConfig(source, "yaml");
  assert.equal(entries.length, 1);
  const { source: patched } = await patchConfig(source, "a.yaml", { "a0.0": "z" });
  assert.equal(patched, source.replace("[x]", "[z]"));
});
