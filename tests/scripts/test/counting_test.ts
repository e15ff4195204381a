import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { TaskResult } from "../../../scripts/house/run_tasks.ts";
import { runDenoTests } from "../../../scripts/test/run_deno_tests.ts";
import { runNodeTests } from "../../../scripts/test/run_node_tests.ts";

const TESTS = `
import { describe, it, test } from "node:test";
test("passes", () => {});
test("parent", async (t) => {
  await t.test("one", () => {});
  await t.test("two", () => { throw new Error("of two <&>"); });
});
describe("suite", () => {
  it("inside", () => {});
  it("left out", { skip: "why" }, () => {});
});
test("fails", () => { throw new Error("of fails"); });
`;

for (const [name, run] of [["Node", runNodeTests], ["Deno", runDenoTests]] as const) {
  test(`the tests of a file are counted on ${name}, without those that hold others`, async () => {
    const result = await runFile(TESTS, run);
    const { passed, failed, skipped, details = "" } = result;
    assert.deepEqual({ passed, failed, skipped }, { passed: 3, failed: 2, skipped: 1 });
    assert.match(details, /✖ \S*x_test\S* parent > two\n {2}Error: of two <&>\n/);
    assert.match(details, /✖ \S*x_test\S* fails\n {2}Error: of fails\n/);
  });

  test(`a file that cannot be loaded fails on ${name}, and says why`, async () => {
    const { passed, failed, details } = await runFile(`import "./nowhere.ts";`, run);
    assert.deepEqual({ passed, failed }, { passed: 0, failed: 1 });
    assert.match(details ?? "", /nowhere\.ts/);
  });
}

async function runFile(
  text: string,
  run: (files: string[]) => Promise<TaskResult>,
): Promise<TaskResult> {
  const folder = mkdtempSync(join(tmpdir(), "counting-"));
  try {
    writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
    writeFileSync(join(folder, "x_test.ts"), text);
    return await run([join(folder, "x_test.ts")]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
