/**
 * Runs `node:test` files on Node.
 *
 * @module
 */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ROOT } from "../house/root.ts";
import { runProgram } from "../house/run_program.ts";
import type { TaskResult } from "../house/run_tasks.ts";
import { NODE_TYPESCRIPT } from "../house/tools.ts";
import { describeFailure } from "./describe_failure.ts";

/** Milliseconds after which a test, or a file of them, hangs. */
const TEST_TIMEOUT = 150_000;

const REPORTER = pathToFileURL(join(ROOT, "scripts/test/node_reporter.mjs")).href;

/** One line of the reporter's. */
interface ReportedTest {
  name: string;
  file: string;
  /** Depth: a test inside a test has one more than that. */
  nesting: number;
  ok: boolean;
  skipped: boolean;
  /** A `describe`, or a test that failed because of one inside it. */
  suite: boolean;
  error?: string;
}

/** Runs test files, a process each, and counts the tests that have no tests inside. */
export async function runNodeTests(
  files: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<TaskResult> {
  const folder = mkdtempSync(join(tmpdir(), "runlit-report-"));
  const report = join(folder, "tests.jsonl");
  try {
    const { ok, late, output } = await runProgram([
      ...NODE_TYPESCRIPT,
      "--test",
      "--test-concurrency=1",
      `--test-timeout=${TEST_TIMEOUT}`,
      `--test-reporter=${REPORTER}`,
      `--test-reporter-destination=${report}`,
      ...files,
    ], { env });
    const tests = readFileSync(report, "utf8").split("\n").filter(Boolean)
      .map((line) => JSON.parse(line) as ReportedTest);
    return count(tests, ok ? "" : output, late);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function count(tests: readonly ReportedTest[], output: string, late: boolean): TaskResult {
  const result = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  tests.forEach((test, index) => {
    // A test's own line comes after those of the tests inside it.
    const before = tests[index - 1];
    const isParent = test.suite || (before !== undefined && before.nesting > test.nesting);
    if (isParent && (test.ok || test.suite)) return;
    if (test.skipped) result.skipped++;
    else if (test.ok) result.passed++;
    else {
      result.failed++;
      failures.push(describeFailure(placeOf(test), fullName(tests, index), test.error ?? ""));
    }
  });
  if (late || (output !== "" && result.failed === 0)) {
    result.failed++;
    failures.push(output);
  }
  return { ...result, details: failures.join("\n") };
}

/** The file alone: lines are those of the code that TypeScript was turned into. */
function placeOf({ file }: ReportedTest): string {
  return relative(ROOT, file.startsWith("file:") ? fileURLToPath(file) : file);
}

function fullName(tests: readonly ReportedTest[], index: number): string {
  const { name, nesting, file } = tests[index];
  if (name === file) return "could not be run to its end";
  const parent = tests.findIndex((test, at) => at > index && test.nesting < nesting);
  return parent < 0 ? name : `${fullName(tests, parent)} > ${name}`;
}
