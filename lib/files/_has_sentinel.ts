/**
 * Looks for the file that marks a directory.
 *
 * @module
 */

import { existsSync, readdirSync } from "node:fs";
import { parseGlob } from "./_glob_steps.ts";
import { mayMatchBelow } from "./_glob_below.ts";
import { compileGlob } from "./glob.ts";

/** Whether a glob, relative to a directory, matches something there. Follows no links below it. */
export function hasSentinel(dir: string, glob: string): boolean {
  if (!/[*?]/.test(glob)) return existsSync(`${dir}/${glob}`);
  const matches = compileGlob(glob);
  const tokens = parseGlob(glob, "/");
  const waiting = [""];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    for (const entry of readEntries(`${dir}/${parent}`)) {
      const path = parent + entry.name;
      if (matches(path)) return true;
      if (entry.isDirectory() && mayMatchBelow(tokens, `${path}/`)) waiting.push(`${path}/`);
    }
  }
  return false;
}

function readEntries(dir: string): { name: string; isDirectory(): boolean }[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    // If the walk enters it nevertheless, it says that the directory cannot be read.
    return [];
  }
}
