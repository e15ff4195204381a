import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { ROOT } from "../../scripts/house/root.ts";
import { runProgram } from "../../scripts/house/run_program.ts";
import { DENO, NODE_TYPESCRIPT } from "../../scripts/house/tools.ts";
import { withDocuments } from "./_documents.ts";

const LITERATE = pathToFileURL(join(ROOT, "repl/literate/mod.ts")).href;
const FILE = `import { testDocument } from "${LITERATE}";\ntestDocument("a.md");\n`;
const DOCUMENT = "    >>> 1\n    1\n    >>> 2\n    3\n    >>> 4  // +skip\n";

test("testDocument() is a test of node --test with a sub-test per example", async () => {
  await withDocuments({ "a.md": DOCUMENT, "a_test.ts": FILE }, async ({ dir }) => {
    const command = [...NODE_TYPESCRIPT, "--test", "--test-reporter=tap", "a_test.ts"];
    // A test runner that is started by another reports to that one unless told otherwise.
    const { ok, stdout } = await runProgram(command, {
      cwd: dir,
      env: { NODE_TEST_CONTEXT: undefined },
    });
    assert.equal(ok, false);
    assert.match(stdout, /^ {4}ok 1 - line 1: 1$/m);
    assert.match(stdout, /^ {4}not ok 2 - line 3: 2$/m);
    assert.match(stdout, /expected '3', got '2'/);
    assert.match(stdout, /^ {4}ok 3 - line 5: .*# SKIP/m);
  });
});

test("testDocument() is a test of deno test with a step per example", async () => {
  await withDocuments({ "a.md": DOCUMENT, "a_test.ts": FILE }, async ({ dir }) => {
    const config = join(ROOT, "deno.json");
    const command = [DENO, "test", "-A", "--no-check", "--config", config, "a_test.ts"];
    const { ok, output } = await runProgram(command, { cwd: dir, env: { NO_COLOR: "1" } });
    assert.equal(ok, false);
    assert.match(output, /line 1: 1 \.\.\. ok/);
    assert.match(output, /line 3: 2 \.\.\. FAILED/);
    assert.match(output, /expected '3', got '2'/);
  });
});
