import assert from "node:assert/strict";
import { test } from "node:test";
import { compileGlob } from "../../lib/files/glob.ts";
import { seededRandom } from "./_support.ts";

const CASES: [glob: string, matches: string[], others: string[]][] = [
  ["*", ["a", "a.py", ".hidden", ""], ["a/b", "/"]],
  ["*.py", ["a.py", ".py"], ["a.pyc", "d/a.py"]],
  ["a?.py", ["a.py", "ab.py", "a😀.py"], ["abc.py", "a/.py"]],
  ["a???b", ["ab", "axb", "axyzb", "a😀😀😀b"], ["axyzwb"]],
  ["**/*.py", ["a.py", "d/a.py", "d/e/a.py"], ["a.txt", "d/a.pyc", "d/a.py/x"]],
  ["**/*", ["a", "d/a", ".git/config"], ["/"]],
  ["**", ["", "d/", "d/e/"], ["a", "d/a"]],
  ["d/**", ["d/", "d/e/"], ["d", "d/a"]],
  ["d/**/*", ["d/a", "d/e/a", "d/"], ["d", "dd/a"]],
  ["d/**/a", ["d/a", "d/e/a", "d/e/f/a"], ["d/e/b", "da"]],
  ["**/.*", [".git", "d/.git"], ["git", "d/git"]],
  ["**/d/**/a", ["d/a", "x/d/y/a", "d/d/a"], ["x/a", "xd/a"]],
  ["a**b", ["ab", "ax/b", "ax/y/b"], ["axb", "a/b", "ax"]],
  ["[ab].py", ["[ab].py"], ["a.py"]],
  ["{a,b}", ["{a,b}"], ["a"]],
  ["a+b(c)|^$.\\", ["a+b(c)|^$.\\"], ["ab"]],
  ["", [""], ["a"]],
];

for (const [glob, matches, others] of CASES) {
  test(`compileGlob() '${glob}'`, () => {
    const match = compileGlob(glob);
    for (const path of matches) assert.ok(match(path), `should match '${path}'`);
    for (const path of others) assert.ok(!match(path), `should not match '${path}'`);
  });
}

test("compileGlob() takes another separator", () => {
  const match = (glob: string) => compileGlob(glob, { separator: "." });
  assert.ok(match("*")("lr") && !match("*")("train.lr"));
  assert.ok(match("**.*")("lr") && match("**.*")("a.b.lr") && match("**.*")("a/b"));
  assert.ok(match("train.*")("train.lr") && !match("train.*")("train.opt.lr"));
  assert.ok(match("**.lr")("lr") && match("**.lr")("a.b.lr") && !match("**.lr")("a.xlr"));
});

/** The same as a regular expression: right, but exponential in the depth of a path. */
function naiveGlob(glob: string, separator: string): RegExp {
  const sep = separator === "." ? "\\." : separator;
  const source = glob.replace(/\*\*(.)?|\*|\?|[^*?]+/gsu, (part, behind) => {
    if (part === "*") return `[^${sep}]*`;
    if (part === "?") return `[^${sep}]?`;
    if (!part.startsWith("**")) return part.replace(/[.\\+^$()|[\]{}]/g, "\\$&");
    if (behind === undefined || behind === separator) return `(?:.+${sep})*`;
    return `(?:.+${sep})*${
      behind === "*" ? `[^${sep}]*` : behind === "?" ? `[^${sep}]?` : naiveLiteral(behind)
    }`;
  });
  return new RegExp(`^${source}$`, "su");
}

function naiveLiteral(char: string): string {
  return /[.\\+^$()|[\]{}]/.test(char) ? `\\${char}` : char;
}

for (const separator of ["/", "."]) {
  test(`compileGlob() agrees with a regular expression, separator '${separator}'`, () => {
    const random = seededRandom(separator.charCodeAt(0));
    const parts = ["*", "**", `**${separator}`, "?", "a", "b", "ab", "😀", separator];
    const letters = ["a", "b", "😀", separator, separator, "."];
    const pick = (from: string[], most: number): string =>
      Array.from({ length: random(most + 1) }, () => from[random(from.length)]).join("");
    let matched = 0;
    for (let i = 0; i < 4_000; i++) {
      const glob = pick(parts, 6);
      // `***` can be read in two ways; here and in Gage the first two belong together.
      if (/\*{3}/.test(glob)) continue;
      const match = compileGlob(glob, { separator });
      const naive = naiveGlob(glob, separator);
      for (let k = 0; k < 12; k++) {
        const path = pick(letters, 9);
        assert.equal(match(path), naive.test(path), `glob '${glob}', path '${path}'`);
        if (match(path)) matched++;
      }
    }
    assert.ok(matched > 1_000, `only ${matched} matches`);
  });
}

test("compileGlob() takes no time for deep paths that do not match", () => {
  const deep = "d/".repeat(2_000) + "file.txt";
  assert.equal(compileGlob("**/*.py")(deep), false);
  assert.equal(compileGlob("**/*x/**/*y/**/*.txt")(deep), false);
  assert.equal(compileGlob("**/**/**/**/*.txt")(deep), true);
  assert.equal(compileGlob("**/d/**/d/**/d/**/e/*.txt")(deep), false);
  const long = "a".repeat(255);
  assert.equal(compileGlob("*a*a*a*a*a*a*a*a*b")(long), false);
  assert.equal(compileGlob("a?".repeat(60) + "b")(long), false);
});
