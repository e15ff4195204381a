#!/usr/bin/env -S deno run --allow-read --allow-write --allow-env --allow-run --allow-sys
/**
 * The gate: builds, checks, and runs every test on Node and on Deno.
 *
 *     npm test                              everything
 *     npm test -- files make_run            tests of an area, a file or a document
 *     npm test -- --deno config             on one runtime
 *     npm test -- check package             the steps of `npm run check`; the published package
 *
 * Ends with one line, `12 passed, 0 failed`, and with 1 if something failed.
 *
 * @module
 */

import { availableParallelism } from "node:os";
import { summaryLine } from "../repl/literate/report/summary_line.ts";
import { checkTasks } from "./check.ts";
import { existingPaths } from "./house/list_sources.ts";
import { runProgram } from "./house/run_program.ts";
import { runTasks } from "./house/run_tasks.ts";
import type { Task, TaskResult } from "./house/run_tasks.ts";
import { NODE_TYPESCRIPT } from "./house/tools.ts";
import { installDebianPackages } from "./test/debian_packages.ts";
import { listTests } from "./test/list_tests.ts";
import { privateTemp } from "./test/private_temp.ts";
import { runDenoTests } from "./test/run_deno_tests.ts";
import { runDocuments } from "./test/run_documents.ts";
import { runNodeTests } from "./test/run_node_tests.ts";
import { skipShims } from "./test/skip_shims.ts";

const flags = process.argv.slice(2).filter((arg) => arg.startsWith("--"));
const words = process.argv.slice(2).filter((arg) => !arg.startsWith("--"));
const runtimes = (["node", "deno"] as const).filter((runtime) => {
  return flags.includes(`--${runtime}`) || !flags.some((flag) => /^--(node|deno)$/.test(flag));
});
const unknown = flags.filter((flag) => flag !== "--node" && flag !== "--deno");

if (unknown.length > 0) {
  console.error(`unknown option '${unknown[0]}'; there are '--node' and '--deno'`);
  process.exitCode = 2;
} else await gate();

async function gate(): Promise<void> {
  // Before everything else: commands are tested as they were built.
  const built = await runTasks([{ name: "build", run: build }]);
  for (const line of await installDebianPackages()) console.log(line);
  process.env.PATH = skipShims(process.env.PATH ?? "");
  const temp = privateTemp();
  // Of the tools' own files, and of what the steps of the check run.
  process.env.TMPDIR = temp.folder("tools");
  const check = words.length === 0 || words.includes("check") ? checkTasks() : null;
  const tasks = [...testTasks((name) => ({ TMPDIR: temp.folder(name) })), ...check?.tasks ?? []];
  if (tasks.length === 0) tasks.push({ name: "tests", run: () => noTest() });
  tasks.push({ name: "nothing left behind", run: () => temp.close(), alone: true });
  try {
    const result = await runTasks(tasks, { jobs: Math.max(2, availableParallelism()) });
    result.passed += built.passed;
    result.failed += built.failed;
    console.log(`\n${summaryLine(result)}`);
    process.exitCode = result.failed > 0 ? 1 : 0;
  } finally {
    check?.close();
  }
}

async function build(): Promise<TaskResult> {
  // Declarations take seconds, and only the package's own tests need them.
  const types = words.length === 0 || words.includes("package") ? ["--types"] : [];
  const { ok, output } = await runProgram([...NODE_TYPESCRIPT, "scripts/build.ts", ...types]);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, details: output };
}

function noTest(): Promise<TaskResult> {
  const details = `no test is named '${words.join("' or '")}': name a folder or a file of tests/`;
  return Promise.resolve({ passed: 0, failed: 1, skipped: 0, details });
}

/** The tests that were asked for, the slow ones first. */
function testTasks(envOf: (name: string) => Record<string, string>): Task[] {
  const { units, documents, packages } = listTests(words);
  const tasks: Task[] = [];
  for (const runtime of runtimes) {
    const run = runtime === "node" ? runNodeTests : runDenoTests;
    const name = runtime === "node" ? "Node" : "Deno";
    if (units.length > 0) {
      tasks.push({ name: `tests on ${name}`, run: () => run(units, envOf(runtime)) });
    }
  }
  const ready = existingPaths(["scripts/commands/test.ts"]).length > 0;
  for (const runtime of runtimes) {
    if (documents.length === 0 || !ready) continue;
    const name = `documents on ${runtime === "node" ? "Node" : "Deno"}`;
    tasks.push({ name, run: () => runDocuments(runtime, documents, envOf(runtime)) });
  }
  if (packages.length > 0) {
    tasks.push({ name: "package", run: () => runNodeTests(packages, envOf("package")) });
  }
  return tasks;
}
