import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_FILE_PATTERNS } from "../../lib/files/default_file_patterns.ts";
import { parseFilePatterns } from "../../lib/files/parse_file_patterns.ts";
import type { JsonValue } from "../../lib/types.ts";
import { seededRandom } from "./_support.ts";

function globs(patterns?: JsonValue): string[] {
  return parseFilePatterns(patterns).map((rule) => (rule.exclude ? "-" : "") + rule.glob);
}

function problem(patterns: JsonValue, where?: string): string {
  try {
    parseFilePatterns(patterns, { where });
  } catch (error) {
    assert.equal((error as Error).name, "TypeError");
    return (error as Error).message;
  }
  return assert.fail("no error");
}

test("the default patterns are the repaired ones of Gage", () => {
  assert.deepEqual(parseFilePatterns(), [
    {
      pattern: "**/* text size<100000 max-matches=500",
      exclude: false,
      glob: "**/*",
      type: "text",
      sizeBelow: 100_000,
      maxMatches: 500,
    },
    { pattern: "-**/.* dir", exclude: true, glob: "**/.*", type: "dir" },
    {
      pattern: "-**/* dir sentinel=bin/activate",
      exclude: true,
      glob: "**/*",
      type: "dir",
      sentinel: "bin/activate",
    },
    {
      pattern: "-**/* dir sentinel=.nocopy",
      exclude: true,
      glob: "**/*",
      type: "dir",
      sentinel: ".nocopy",
    },
    { pattern: "-summary.json", exclude: true, glob: "summary.json" },
  ]);
});

test("true, an empty table, null and nothing stand for the defaults", () => {
  for (const patterns of [true, {}, null, undefined]) {
    assert.deepEqual(parseFilePatterns(patterns), parseFilePatterns([...DEFAULT_FILE_PATTERNS]));
  }
});

test("false and an empty list select nothing", () => {
  assert.deepEqual(parseFilePatterns(false), []);
  assert.deepEqual(parseFilePatterns([]), []);
});

test("one pattern may stand without a list", () => {
  assert.deepEqual(globs("train.py"), ["train.py"]);
});

test("patterns that all exclude are added to the defaults", () => {
  assert.deepEqual(globs(["-*.csv", "- data dir"]), [...globs(), "-*.csv", "-data"]);
  assert.deepEqual(globs("-*.csv"), [...globs(), "-*.csv"]);
  assert.deepEqual(globs(["-*.csv", "*.py"]), ["-*.csv", "*.py"]);
});

test("a dash excludes, unless it is escaped", () => {
  assert.deepEqual(globs(["*", "-a", "-  b", " -c", "\\-d", "-\\-e", "'-f'", "a-b"]), [
    "*",
    "-a",
    "-b",
    "-c",
    "-d",
    "--e",
    "-f",
    "a-b",
  ]);
  const escaped = parseFilePatterns("\\-d")[0];
  assert.deepEqual(escaped, { pattern: "\\-d", exclude: false, glob: "-d" });
});

test("words are quoted as in a shell", () => {
  assert.deepEqual(globs("'a b.txt'"), ["a b.txt"]);
  assert.deepEqual(globs('"a b.txt"'), ["a b.txt"]);
  assert.deepEqual(globs("a\\ b.txt"), ["a b.txt"]);
  assert.deepEqual(globs(`a' 'b"'c"`), ["a b'c"]);
  assert.deepEqual(globs('"a\\"b\\\\c\\d"'), ['a"b\\c\\d']);
  assert.deepEqual(globs("'a\\b'"), ["a\\b"]);
  assert.equal(parseFilePatterns("* 'size<10'")[0].sizeBelow, 10);
});

test("a path may begin with ./", () => {
  assert.deepEqual(globs(["./train.py", "././a/*"]), ["train.py", "a/*"]);
});

test("size limits can be combined, and zero is a size", () => {
  const rule = parseFilePatterns("* size>0 size<10 size<20")[0];
  assert.equal(rule.sizeAbove, 0);
  assert.equal(rule.sizeBelow, 10);
  assert.equal(parseFilePatterns("* size<0")[0].sizeBelow, 0);
});

for (
  const [pattern, message] of [
    ["", "it is empty"],
    ["-", "it is empty"],
    ["''", "it names no file"],
    ["a 'b", "the quote ' is not closed"],
    ["a\\", "a backslash ends it, with nothing to escape"],
    ["/etc/passwd", "it leaves the directory; use a path within it"],
    ["../x", "it leaves the directory; use a path within it"],
    ["a/../../x", "it leaves the directory; use a path within it"],
    ["* txet", 'unknown word "txet"; did you mean text?'],
    ["* max_matches=5", 'unknown word "max_matches=5"; did you mean max-matches=N?'],
    ["* size=5", 'unknown word "size=5"; did you mean size<N or size>N?'],
    ["* text=1", 'unknown word "text=1"; did you mean text?'],
    [
      "my file.txt",
      'unknown word "file.txt"; the words are text, binary, dir, size<N or size>N, ' +
      "sentinel=GLOB, max-matches=N; a name with a blank needs quotes",
    ],
    ["* size<10k", '"size<10k" needs a whole number behind its sign'],
    ["* size<", '"size<" needs a whole number behind its sign'],
    ["* size<=5", '"size<=5" needs a whole number behind its sign'],
    ["* max-matches=-1", '"max-matches=-1" needs a whole number behind its sign'],
    ["* text binary", 'it cannot be both "text" and "binary"'],
    ["* sentinel=x", '"sentinel" works on directories only; add the word "dir"'],
    ["* dir sentinel=", '"sentinel=" needs a path within the dir'],
    ["* dir sentinel=../x", '"sentinel=../x" needs a path within the dir'],
    ["* dir size<5", '"size" and "max-matches" work on files only; remove the word "dir"'],
  ]
) {
  test(`the pattern ${JSON.stringify(pattern)} is an error`, () => {
    assert.equal(
      problem(["*", pattern]),
      `Cannot use file pattern ${JSON.stringify(pattern)}: ${message}`,
    );
  });
}

test("errors say where the pattern is", () => {
  assert.equal(
    problem("* dri", 'sourcecode of "train"'),
    'Cannot use file pattern "* dri" in sourcecode of "train": unknown word "dri"; ' +
      "did you mean dir?",
  );
});

test("what is neither text, list nor switch is an error", () => {
  for (const patterns of [1, ["a", 1], { include: ["a"] }, [["a"]]]) {
    assert.match(problem(patterns), /as file patterns: use a string, a list of strings/);
  }
});

test("parseFilePatterns() either parses or throws a TypeError", () => {
  const random = seededRandom(3);
  const parts = ["*", "a", " ", "-", "\\", "'", '"', "/", "..", "size<1", "text", "=", "dir", "\n"];
  let parsed = 0;
  for (let i = 0; i < 5_000; i++) {
    const pattern = Array.from({ length: random(8) }, () => parts[random(parts.length)]).join("");
    try {
      const rule = parseFilePatterns(["*", pattern])[1];
      assert.equal(rule.pattern, pattern);
      assert.notEqual(rule.glob, "");
      parsed++;
    } catch (error) {
      assert.equal((error as Error).name, "TypeError", pattern);
    }
  }
  assert.ok(parsed > 500);
});
