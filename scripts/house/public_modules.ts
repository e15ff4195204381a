/**
 * Which files of the library are public, and the subpaths they are imported by.
 *
 * @module
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { listSources } from "./list_sources.ts";
import { ROOT } from "./root.ts";

/** A file that can be imported by its own subpath. */
export interface PublicModule {
  /** What follows the package's name: `.` or `./make-run`. */
  readonly subpath: string;
  /** Path relative to the checkout. */
  readonly file: string;
}

/**
 * Lists the public modules: `mod.ts`, each file of `lib/` but the private ones, and the `mod.ts` of
 * each folder of `repl/`.
 *
 * Private is a file whose name begins with an underscore, and one whose module doc (its first
 * comment) has the tag `@internal`: other folders of this house may import it, users may not.
 *
 * The rule for the subpath is the file's name (for a `mod.ts` its folder's) with hyphens: where the
 * file is in `lib/` does not count, so that it can be moved.
 *
 * @throws {Error} Two files would have the same subpath.
 */
export function publicModules(): PublicModule[] {
  const modules: PublicModule[] = [{ subpath: ".", file: "mod.ts" }];
  for (const file of listSources(["lib"])) {
    const name = file.slice(file.lastIndexOf("/") + 1, -".ts".length);
    if (!name.startsWith("_") && !isInternal(file)) {
      modules.push({ subpath: subpathOf(name), file });
    }
  }
  for (const folder of existsSync(join(ROOT, "repl")) ? readdirSync(join(ROOT, "repl")) : []) {
    const file = `repl/${folder}/mod.ts`;
    if (existsSync(join(ROOT, file))) modules.push({ subpath: subpathOf(folder), file });
  }
  const seen = new Map<string, string>();
  for (const { subpath, file } of modules) {
    const other = seen.get(subpath);
    if (other !== undefined) {
      throw new Error(
        `Cannot export '${file}' as 'runlit${subpath.slice(1)}': '${other}' has this name; ` +
          `rename one, or tag its module doc '@internal'`,
      );
    }
    seen.set(subpath, file);
  }
  return modules.sort((a, b) => (a.subpath < b.subpath ? -1 : 1));
}

function isInternal(file: string): boolean {
  const text = readFileSync(join(ROOT, file), "utf8");
  return /^\s*\/\*\*(?:[^*]|\*(?!\/))*@internal\b/.test(text);
}

function subpathOf(name: string): string {
  return `./${name.replaceAll("_", "-")}`;
}
