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

/** Compares versions, exports and the lock. */
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
  problems.push(...missingFromLock());
  return Promise.resolve({
    passed: problems.length === 0 ? 1 : 0,
    failed: problems.length === 0 ? 0 : 1,
    skipped: 0,
    details: problems.join("\n"),
  });
}

/**
 * Finds packages for other platforms that the lock does not list: `npm install` drops those that
 * its registry does not have, and `npm ci` refuses a lock without them.
 */
function missingFromLock(): string[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
  const problems: string[] = [];
  for (const [path, { optionalDependencies = {} }] of Object.entries<LockedPackage>(packages)) {
    for (const name of Object.keys(optionalDependencies)) {
      if (packages[`node_modules/${name}`] || packages[`${path}/node_modules/${name}`]) continue;
      problems.push(
        `'package-lock.json' lacks '${name}', which '${path}' names: npm ci would fail`,
      );
    }
  }
  return problems;
}

interface LockedPackage {
  optionalDependencies?: Record<string, string>;
}
