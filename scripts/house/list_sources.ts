/**
 * The TypeScript sources of the checkout.
 *
 * @module
 */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.ts";

/** Folders that hold sources, in the order in which imports may point back. */
export const SOURCE_FOLDERS: readonly string[] = ["lib", "repl", "scripts", "tests"];

/**
 * Lists the `.ts` files of some folders of the checkout, as sorted paths relative to it.
 *
 * A folder that does not exist is empty.
 */
export function listSources(folders: readonly string[] = SOURCE_FOLDERS): string[] {
  return folders.flatMap((folder) => listFiles(folder, ".ts"));
}

/** Lists the files below a folder of the checkout whose names end like this, sorted. */
export function listFiles(folder: string, ending: string): string[] {
  const files: string[] = [];
  if (!existsSync(join(ROOT, folder))) return files;
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory() && entry.name !== "node_modules") {
      files.push(...listFiles(path, ending));
    } else if (entry.isFile() && entry.name.endsWith(ending)) files.push(path);
  }
  return files.sort();
}

/** Keeps those paths, relative to the checkout, that exist. */
export function existingPaths(paths: readonly string[]): string[] {
  return paths.filter((path) => existsSync(join(ROOT, path)));
}
