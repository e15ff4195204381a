/**
 * Checks that tracked files name nothing of the machine they were written on.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "../house/root.ts";
import { runProgram } from "../house/run_program.ts";
import type { TaskResult } from "../house/run_tasks.ts";

/** Looks through tracked files, and new ones that are not ignored. */
export async function checkTracked(): Promise<TaskResult> {
  const listed = await runProgram(["git", "ls-files", "-z", "-co", "--exclude-standard"]);
  if (!listed.ok) {
    return { passed: 0, failed: 0, skipped: 1, note: "not a git checkout" };
  }
  const files = listed.stdout.split("\0").filter(Boolean);
  const unwanted = unwantedTexts();
  const problems: string[] = [];
  for (const file of files) {
    let text: string;
    try {
      text = readFileSync(join(ROOT, file), "latin1");
    } catch {
      continue; // Deleted, a link or a submodule: nothing to read.
    }
    for (const [what, wanted] of unwanted) {
      const at = typeof wanted === "string" ? text.indexOf(wanted) : text.search(wanted);
      if (at >= 0) problems.push(`${file}:${text.slice(0, at).split("\n").length}: holds ${what}`);
    }
  }
  return {
    passed: problems.length === 0 ? 1 : 0,
    failed: problems.length === 0 ? 0 : 1,
    skipped: 0,
    note: `${files.length} files`,
    details: problems.join("\n"),
  };
}

function unwantedTexts(): [string, string | RegExp][] {
  const texts: [string, string | RegExp][] = [
    ["the address of a registry", /"resolved":\s*"https?:|\/\/registry\./],
  ];
  // Short ones such as "/" or "/src" would be found everywhere.
  const machine = [`${homedir()}/`, `${dirname(ROOT)}/`].filter((path) => path.length > 5);
  for (const path of new Set(machine)) {
    // Not where it goes on from something: a folder may be named like one of this machine.
    const start = new RegExp(`(?<![\\w.})\\]])${path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
    texts.push([`the path '${path}' of this machine`, start]);
  }
  return texts;
}
