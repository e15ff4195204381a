/**
 * Checks that files fit the sizes that keep them readable.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listSources } from "../house/list_sources.ts";
import { ROOT } from "../house/root.ts";
import type { TaskResult } from "../house/run_tasks.ts";

/** Lines that no source file may exceed. */
const MOST_LINES = 250;

/** Measures the sources, and fails for those that are too long. Tests may be as long as they are. */
export function checkSizes(): Promise<TaskResult> {
  const problems: string[] = [];
  const sizes = listSources(["lib", "repl", "scripts"]).map((file) => {
    const lines = readFileSync(join(ROOT, file), "utf8").trimEnd().split("\n").length;
    if (lines > MOST_LINES) {
      problems.push(`${file}: ${lines} lines, over ${MOST_LINES}: are these two concerns?`);
    }
    return lines;
  }).sort((a, b) => a - b);
  const at = (share: number) => sizes[Math.floor((sizes.length - 1) * share)] ?? 0;
  return Promise.resolve({
    passed: problems.length === 0 ? 1 : 0,
    failed: problems.length === 0 ? 0 : 1,
    skipped: 0,
    note: `lines: median ${at(0.5)}, nine of ten ${at(0.9)}, most ${at(1)}`,
    details: problems.join("\n"),
  });
}
