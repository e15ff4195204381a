/**
 * Runs literate documents through `runlit test`.
 *
 * @module
 */

import { probeBwrap } from "../../lib/phases/scope/bwrap/probe_bwrap.ts";
import { runProgram } from "../house/run_program.ts";
import type { TaskResult } from "../house/run_tasks.ts";
import { RUNLIT } from "../house/tools.ts";

/** Runs documents on a runtime, and counts their examples by the last line of the report. */
export async function runDocuments(
  runtime: "node" | "deno",
  files: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<TaskResult> {
  // Examples of scopes are skipped where nothing can enforce them.
  const probed = await probeBwrap();
  const given = "reason" in probed ? { NO_BUBBLEWRAP: probed.reason, ...env } : env;
  const { ok, output } = await runProgram([...RUNLIT[runtime], "test", ...files], { env: given });
  const count = (what: string) => {
    const found = [...output.matchAll(new RegExp(`(\\d+)(?: \\w+)? ${what}\\b`, "g"))].at(-1);
    return Number(found?.[1] ?? 0);
  };
  const result = {
    passed: count("passed"),
    failed: count("failed"),
    skipped: count("skipped"),
    note: `${files.length} documents`,
  };
  if (!ok && result.failed === 0) result.failed = 1;
  // A command that does nothing and ends with 0 is no success.
  if (ok && result.passed === 0) result.failed = 1;
  return result.failed === 0 ? result : { ...result, details: output };
}
