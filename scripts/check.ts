#!/usr/bin/env -S deno run --allow-read --allow-write --allow-env --allow-run --allow-sys
/**
 * Checks everything about the sources that can be checked without running the tests.
 *
 *     npm run check               all of it
 *     npm run check -- format types    the steps whose names contain one of the words
 *
 * @module
 */

import { availableParallelism } from "node:os";
import { relative } from "node:path";
import { summaryLine } from "../repl/literate/report/summary_line.ts";
import { checkDocComments } from "./check/doc_comments.ts";
import { checkDocTypes, removeDocs, runDocs, writeDocs } from "./check/docs.ts";
import { checkImports } from "./check/imports.ts";
import { checkManifests } from "./check/manifests.ts";
import { checkSizes } from "./check/sizes.ts";
import { checkTracked } from "./check/tracked.ts";
import { isMain } from "./house/is_main.ts";
import { existingPaths } from "./house/list_sources.ts";
import { ROOT } from "./house/root.ts";
import { runProgram } from "./house/run_program.ts";
import { runTasks } from "./house/run_tasks.ts";
import type { Task, TaskResult } from "./house/run_tasks.ts";
import { DENO, TSC } from "./house/tools.ts";

/** The steps of the check, the slow ones first; `close` removes what they wrote. */
export function checkTasks(): { tasks: Task[]; close: () => void } {
  const sources = existingPaths(["mod.ts", "lib", "repl", "scripts", "tests"]);
  const docs = writeDocs();
  const tasks: Task[] = [
    program("types for Node", [...TSC, "-p", "."]),
    program("types for Deno", [DENO, "check", "--quiet", ...sources]),
    { name: "types of doc examples", run: () => checkDocTypes(docs) },
    { name: "doc examples on Node", run: () => runDocs(docs, "node") },
    { name: "doc examples on Deno", run: () => runDocs(docs, "deno") },
    program(
      "publish to JSR (dry run)",
      [DENO, "publish", "--dry-run", "--allow-dirty", "--quiet"],
    ),
    { name: "format", run: checkFormat },
    program("lint", [DENO, "lint", "--quiet"]),
    { name: "imports", run: checkImports },
    { name: "sizes", run: checkSizes },
    { name: "doc comments", run: checkDocComments },
    { name: "manifests", run: checkManifests },
    { name: "tracked files", run: checkTracked },
  ];
  return { tasks, close: () => removeDocs(docs) };
}

function program(name: string, argv: readonly string[]): Task {
  return {
    name,
    async run(): Promise<TaskResult> {
      const { ok, output } = await runProgram(argv);
      return ok
        ? { passed: 1, failed: 0, skipped: 0 }
        : { passed: 0, failed: 1, skipped: 0, details: output };
    },
  };
}

async function checkFormat(): Promise<TaskResult> {
  const { ok, output } = await runProgram([DENO, "fmt", "--check"]);
  if (ok) return { passed: 1, failed: 0, skipped: 0 };
  // The files' names are enough: whoever reads them has to run the formatter anyway.
  const files = Array.from(output.matchAll(/^from (.*):$/gm), ([, file]) => relative(ROOT, file));
  const details = files.length > 0 ? `${files.join("\n")}\n(npx deno fmt)` : output;
  return { passed: 0, failed: 1, skipped: 0, details };
}

if (isMain(import.meta.url)) {
  const words = process.argv.slice(2);
  const { tasks, close } = checkTasks();
  try {
    const chosen = tasks.filter(({ name }) => {
      return words.length === 0 || words.some((word) => name.includes(word));
    });
    const result = await runTasks(chosen, { jobs: Math.max(2, availableParallelism()) });
    console.log(`\n${summaryLine(result)}`);
    process.exitCode = result.failed > 0 ? 1 : 0;
  } finally {
    close();
  }
}
