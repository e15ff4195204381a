#!/usr/bin/env -S deno run --allow-read --allow-write --allow-env --allow-run
/**
 * Builds `dist/`: JavaScript for Node 20 and Deno, laid out like the sources.
 *
 *     npm run build            with declarations, as it is published
 *     tsx scripts/build.ts     JavaScript alone, in a second (`npm ci` does this)
 *
 * @module
 */

import { rmSync } from "node:fs";
import { join } from "node:path";
import { buildJavaScript } from "./build/build_javascript.ts";
import { buildTypes, lintPackage } from "./build/build_types.ts";
import { linkCommand } from "./build/link_command.ts";
import { replaceFolder } from "./build/replace_folder.ts";
import { ROOT } from "./house/root.ts";

const types = process.argv.includes("--types");
const began = performance.now();
// Built beside it and moved into place, so that a `runlit` that is running keeps its files.
const next = join(ROOT, ".cache", `dist-${process.pid}`);
try {
  const [{ files, bytes, warnings }, problems] = await Promise.all([
    buildJavaScript(next),
    types ? buildTypes(next) : [] as string[],
  ]);
  // Errors of types make the build fail, but what was built runs.
  replaceFolder(next, join(ROOT, "dist"));
  linkCommand();
  if (types) problems.push(...await lintPackage());
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.error(`built dist: ${files} files, ${Math.round(bytes / 1024)} KiB, in ${seconds} s`);
  for (const line of [...warnings, ...problems]) console.error(line);
  process.exitCode = problems.length > 0 ? 1 : 0;
} catch (error) {
  // Esbuild's errors hold more than a reader wants to see.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(next, { recursive: true, force: true });
}
