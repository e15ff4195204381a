import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { unifiedDiff } from "../../lib/config/unified_diff.ts";
import { type Random, seededRandom } from "./_random.ts";
import { withFiles } from "./_temp_dir.ts";

test("unifiedDiff() is what difflib makes", async () => {
  const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  const after = "1\n2\n3\n4\nfive\n6\n7\n8\n9\nten\n";
  assert.equal(
    await unifiedDiff("a b.py", before, after),
    "--- a b.py\t\n+++ a b.py\t\n@@ -2,8 +2,9 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n+ten\n",
  );
});

test("unifiedDiff() is empty for equal texts", async () => {
  assert.equal(await unifiedDiff("a", "x\n", "x\n"), "");
});

test("unifiedDiff() counts as difflib does where there are no lines", async () => {
  assert.equal(await unifiedDiff("a", "", "x\n"), "--- a\n+++ a\n@@ -0,0 +1 @@\n+x\n");
  assert.equal(await unifiedDiff("a", "x\n", ""), "--- a\n+++ a\n@@ -1 +0,0 @@\n-x\n");
});

test("unifiedDiff() shows as many lines around changes as it is told", async () => {
  const diff = await unifiedDiff("a", "1\n2\n3\n", "1\nx\n3\n", { context: 0 });
  assert.equal(diff, "--- a\n+++ a\n@@ -2 +2 @@\n-2\n+x\n");
});

test("unifiedDiff() marks a missing last line end", async () => {
  const diff = await unifiedDiff("a", "x = 1", "x = 2");
  assert.equal(
    diff,
    "--- a\n+++ a\n@@ -1 +1 @@\n-x = 1\n\\ No newline at end of file\n" +
      "+x = 2\n\\ No newline at end of file\n",
  );
});

test("unifiedDiff() keeps carriage returns", async () => {
  const diff = await unifiedDiff("a", "x\r\ny\r\n", "x\r\nz\r\n");
  assert.equal(diff, "--- a\n+++ a\n@@ -1,2 +1,2 @@\n x\r\n-y\r\n+z\r\n");
});

function randomLines(random: Random): string {
  let text = "";
  for (let i = random.below(12); i > 0; i--) {
    text += random.pick(["a", "b", "", "c\r", "--- x", "\\ No", "é"]) + "\n";
  }
  return random.below(3) === 0 ? text.trimEnd() : text;
}

const hasPatch = spawnSync("patch", ["--version"]).status === 0;

test("unifiedDiff() is applied and reversed by patch", {
  skip: !hasPatch && "there is no patch program",
}, () =>
  withFiles({}, async (dir) => {
    const random = seededRandom(4);
    for (let round = 0; round < 60; round++) {
      const [before, after] = [randomLines(random), randomLines(random)];
      const name = random.pick(["a.py", "my file.py"]);
      const diff = await unifiedDiff(name, before, after);
      if (diff === "" || before === "" || after === "") continue;
      const file = join(dir, name);
      writeFileSync(file, before);
      const patch = (...options: string[]) => {
        const args = ["--binary", "-p0", ...options];
        const { status, stdout } = spawnSync("patch", args, { cwd: dir, input: diff });
        assert.equal(status, 0, `${stdout}\n${diff}`);
      };
      patch();
      assert.equal(readFileSync(file, "utf8"), after, diff);
      patch("-R");
      assert.equal(readFileSync(file, "utf8"), before, diff);
    }
  }));

const hasPython = spawnSync("python3", ["-c", "import difflib"]).status === 0;

test("unifiedDiff() is byte by byte difflib's for a changed line", {
  skip: !hasPython && "there is no python3",
}, async () => {
  const before = Array.from({ length: 40 }, (_, i) => `x${i} = ${i}\n`).join("");
  const after = before.replace("x3 = 3", "x3 = 4").replace("x20 = 20", "x20 = 1")
    .replace("x24 = 24", "x24 = 1");
  const script = "import difflib, json, sys\na, b = json.load(sys.stdin)\n" +
    "sys.stdout.writelines(difflib.unified_diff(a.splitlines(True), b.splitlines(True), 'p', 'p'))";
  const { stdout } = spawnSync("python3", ["-c", script], {
    input: JSON.stringify([before, after]),
    encoding: "utf8",
  });
  assert.equal(await unifiedDiff("p", before, after), stdout);
});
