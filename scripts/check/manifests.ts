/**
 * Checks that `package.json`, `deno.json`, `mod.ts` and the sources agree.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { VERSION } from "../../lib/version.ts";
import { compareExports } from "../exports.ts";
import { ROOT } from "../house/root.ts";
import type { TaskResult } from "../house/run_tasks.ts";

/** Compares versions and exports. */
export function checkManifests(): Promise<TaskResult> {
  const problems: string[] = [];
  for (const file of ["package.json", "deno.json", "package-lock.json"]) {
    const { version } = JSON.parse(readFileSync(join(ROOT, file), "utf8"));
    if (version !== VERSION) {
      problems.push(`'${file}' is of version '${version}', 'lib/version.ts' of '${VERSION}'`);
    }
  }
  for (const file of compareExports().stale.keys()) {
    problems.push(`'${file}' does not list what is public: npm run exports`);
  }
  return Promise.resolve({
    passed: problems.length === 0 ? 1 : 0,
    failed: problems.length === 0 ? 0 : 1,
    skipped: 0,
    details: problems.join("\n"),
  });
}
