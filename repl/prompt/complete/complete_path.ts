/**
 * Paths that could be written.
 *
 * @module
 */

import { readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { Completion } from "../editor/completion_list.ts";

/**
 * Finds the paths that begin with what is written; directories end with a slash.
 *
 * @param from Where it is written.
 * @param cwd Directory that relative paths start at.
 * @param quote Quotes that end a file's path; none in a command.
 */
export function completePath(
  written: string,
  from: number,
  cwd: string,
  quote: string,
): Completion {
  const dir = written.slice(0, written.lastIndexOf("/") + 1);
  const start = written.slice(dir.length);
  const home = dir.startsWith("~/") ? join(homedir(), dir.slice(1)) : dir;
  const path = isAbsolute(home) ? home : join(cwd, home);
  let names: string[];
  try {
    names = readdirSync(path);
  } catch {
    return { from, candidates: [] };
  }
  const fitting = names.filter((name) =>
    name.startsWith(start) && (start.startsWith(".") || !name.startsWith("."))
  );
  const candidates = fitting.sort().map((name) => {
    return dir + name + (isDirectory(join(path, name)) ? "/" : fitting.length === 1 ? quote : "");
  });
  return { from, candidates };
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
