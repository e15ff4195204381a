import assert from "node:assert/strict";
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { mattersBelow, ruleSet, selectsFile } from "../../lib/files/_rule_set.ts";
import { compileGlob } from "../../lib/files/glob.ts";
import { type FileRule, parseFilePatterns } from "../../lib/files/parse_file_patterns.ts";
import { selectFiles } from "../../lib/files/select_files.ts";
import { seededRandom, withTempDir } from "./_support.ts";

/** Selects as the format says, with no shortcut: every directory that `dir` rules let in. */
function naiveSelect(root: string, rules: readonly FileRule[]): string[] {
  const counts = rules.map(() => 0);
  const selected: string[] = [];
  walk("");
  return selected.sort();

  function walk(parent: string): void {
    const names = readdirSync(`${root}/${parent}`).sort();
    const isDir = (name: string) => statSync(`${root}/${parent}${name}`).isDirectory();
    for (const name of names.filter((name) => !isDir(name))) {
      if (decide(parent + name, statSync(`${root}/${parent}${name}`).size)) {
        selected.push(parent + name);
      }
    }
    for (const name of names.filter(isDir)) {
      let entered = true;
      for (const rule of rules) {
        if (rule.type === "dir" && compileGlob(rule.glob)(parent + name)) entered = !rule.exclude;
      }
      if (entered) walk(`${parent}${name}/`);
    }
  }

  function decide(path: string, size: number): boolean {
    let decision = false;
    rules.forEach((rule, i) => {
      if (rule.type === "dir" || counts[i] === rule.maxMatches) return;
      if (!compileGlob(rule.glob)(path)) return;
      if (rule.sizeBelow !== undefined && size >= rule.sizeBelow) return;
      if (rule.sizeAbove !== undefined && size <= rule.sizeAbove) return;
      counts[i]++;
      decision = !rule.exclude;
    });
    return decision;
  }
}

test("selectFiles() finds what a walk without shortcuts finds", () =>
  withTempDir(async (dir) => {
    const random = seededRandom(11);
    const pick = (items: readonly string[]): string => items[random(items.length)];
    const names = ["a", "b", "ab", ".h"];
    for (let i = 0; i < 60; i++) {
      const parents = Array.from({ length: random(4) }, () => pick(names));
      const parent = [dir, ...parents].join("/");
      mkdirSync(parent, { recursive: true });
      writeFileSync(`${parent}/${pick(["x", "y", "a.x", ".h.x"])}`, "x".repeat(random(3)));
    }
    const globs = ["*", "**/*", "a/*", "a/**/*", "**/a/**/*", "**/x", "?", "a/b/*", "**/.*", "b"];
    const words = ["", "", "", " dir", " size<1", " size>1", " max-matches=2", " max-matches=7"];
    let total = 0;
    for (let i = 0; i < 500; i++) {
      const patterns = random(2) === 0 ? ["**/*"] : [];
      for (let k = random(4); k >= 0; k--) {
        patterns.push(pick(["", "-"]) + pick(globs) + pick(words));
      }
      // Without an include the defaults would be added, whose tests of contents are not naive.
      if (patterns.every((pattern) => pattern.startsWith("-"))) continue;
      const rules = parseFilePatterns(patterns);
      const { files } = await selectFiles(dir, rules);
      const found = files.map((file) => file.path);
      assert.deepEqual(found, naiveSelect(dir, rules), JSON.stringify(patterns));
      total += found.length;
    }
    assert.ok(total > 1_500, `${total} files`);
  }));

for (
  const [patterns, dir, expected] of [
    [["*.py"], "data", false],
    [["src/*.py"], "data", false],
    [["src/*.py"], "src", true],
    [["src/*.py"], "src/deep", false],
    [["src/**/*.py"], "src/deep", true],
    [["src/lib/*.py"], "src", true],
    [["src/lib/*.py"], "sr", false],
    [["s?c/*.py"], "sc", true],
    [["**/*.py"], "any/dir", true],
    [["**/*", "-data/**/*"], "data", false],
    [["**/*", "-data/**/*"], "data/deep", false],
    [["**/*", "-**/data/**/*"], "any/data/deep", false],
    [["**/*", "-data/**/*"], "database", true],
    [["**/*", "-data/**/*", "data/keep/*"], "data", true],
    [["**/*", "-data/**/*", "data/keep/*"], "data/other", false],
    [["**/*", "-data/**/* size<5"], "data", true],
    [["**/*", "-data/*"], "data", true],
    [["**/*", "-data"], "data", true],
    [["**/*", "-data/**"], "data", true],
    [["**/* max-matches=5", "-data/**/*"], "data", true],
  ] as const
) {
  test(`the walk ${expected ? "enters" : "skips"} '${dir}' with ${patterns.join(" ")}`, () => {
    assert.equal(mattersBelow(ruleSet(parseFilePatterns([...patterns])), dir), expected);
  });
}

test("the walk ends once a limit is reached that no file can get around", () => {
  const rules = ruleSet(parseFilePatterns("**/* max-matches=1"));
  const facts = { size: () => 0, isText: () => true };
  assert.equal(selectsFile(rules, "a", facts), true);
  assert.equal(mattersBelow(rules, "dir"), true);
  assert.equal(selectsFile(rules, "b", facts), false);
  assert.equal(mattersBelow(rules, "dir"), false);
});
