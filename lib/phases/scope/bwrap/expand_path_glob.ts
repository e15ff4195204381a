/**
 * Which paths does a glob mean right now?
 *
 * @module
 * @internal
 */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { compileGlob } from "../../../files/glob.ts";

/** What {@link expandPathGlob} has found. */
export interface ExpandedGlob {
  readonly paths: readonly string[];
  /** Whether there was more to look at than it may look at. */
  readonly cut: boolean;
}

/** Options of {@link expandPathGlob}. */
export interface ExpandPathGlobOptions {
  /** Look at that many entries at most. Default: 20,000. */
  limit?: number;
}

/** Whether a path of permissions is a glob. */
export function isGlob(path: string): boolean {
  return /[*?]/.test(path);
}

/**
 * Lists what an absolute glob matches at this moment, not what is below a match. Follows no links.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { expandPathGlob } from "runlit/expand-path-glob";
 *
 * const dir = mkdtempSync("/tmp/glob-");
 * mkdirSync(`${dir}/a/b`, { recursive: true });
 * writeFileSync(`${dir}/a/b/.env`, "");
 * assert.deepEqual(expandPathGlob(`${dir}/**` + "/.env").paths, [`${dir}/a/b/.env`]);
 * rmSync(dir, { recursive: true });
 * ```
 */
export function expandPathGlob(glob: string, options: ExpandPathGlobOptions = {}): ExpandedGlob {
  const fixed = glob.slice(0, glob.search(/[*?]/));
  const start = fixed.slice(0, fixed.lastIndexOf("/")) || "/";
  const matches = compileGlob(glob);
  const deep = glob.includes("**");
  const depth = glob.split("/").length;
  const paths: string[] = [];
  const waiting = [start];
  let left = options.limit ?? 20_000;
  for (let dir = waiting.pop(); dir !== undefined && left > 0; dir = waiting.pop()) {
    for (const entry of list(dir)) {
      if (--left <= 0) break;
      const path = join(dir, entry.name);
      if (matches(path)) paths.push(path);
      else if (entry.isDirectory() && (deep || path.split("/").length < depth)) waiting.push(path);
    }
  }
  return { paths: paths.sort(), cut: left <= 0 };
}

/**
 * Whether a glob may match a path, what it is in, or what is below it, as far as names tell: a link
 * that it matches leads anywhere.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mayLeadTo } from "runlit/expand-path-glob";
 *
 * assert.ok(mayLeadTo("/tmp/*", "/tmp/a/b"));
 * assert.ok(mayLeadTo("/tmp/a/*.csv", "/tmp/a"));
 * assert.ok(!mayLeadTo("/tmp/a/*.csv", "/tmp/b"));
 * ```
 */
export function mayLeadTo(glob: string, path: string): boolean {
  const around = path.split("/").map((_, index, names) => names.slice(0, index + 1).join("/"));
  if (around.some(compileGlob(glob))) return true;
  const beginnings = [...glob.matchAll(/\*\*\/?|\//g)].map(({ 0: end, index }) =>
    glob.slice(0, index + end.length)
  );
  return beginnings.some((beginning) => compileGlob(beginning)(`${path}/`));
}

function list(dir: string): { name: string; isDirectory(): boolean }[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
}
