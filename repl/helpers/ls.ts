/**
 * Prints what is in a directory.
 *
 * @module
 */

import { lstatSync, readdirSync, type Stats } from "node:fs";
import { join } from "node:path";
import { compileGlob } from "../../lib/files/glob.ts";
import { naturalCompare } from "../../lib/files/natural_compare.ts";
import { camelOptions } from "./both_spellings.ts";
import { printText } from "./_print_text.ts";

/** Options of {@linkcode ls}. */
export interface LsOptions {
  /** List directories too. Default: false. */
  readonly includeDirs?: boolean;
  /** The same in the other spelling. */
  readonly include_dirs?: boolean;
  /** Print permissions before each path, such as `-rw-rw-r--`. Default: false. */
  readonly permissions?: boolean;
  /** Globs of paths that are left out, with all that is below them. Default: none. */
  readonly ignore?: string | readonly string[];
}

/**
 * Prints the paths of all files below a directory, one per line in natural order, and `<empty>` if
 * there are none. Symbolic links are listed and not followed.
 *
 * Permissions show the group's write bit as the owner's: which of the two a file was made with
 * depends on the umask, and a listing should not.
 */
export function ls(dir = ".", options: LsOptions = {}): void {
  const { includeDirs, permissions, ignore = [] } = camelOptions(options);
  const ignored = [ignore].flat().map((glob) => compileGlob(glob));
  const entries: { path: string; stat: Stats }[] = [];
  const visit = (parent: string): void => {
    for (const name of readdirSync(join(dir, parent))) {
      const path = parent + name;
      if (ignored.some((matches) => matches(path))) continue;
      const stat = lstatSync(join(dir, path), { throwIfNoEntry: false });
      if (stat === undefined) continue; // Gone meanwhile.
      const isDir = stat.isDirectory();
      if (!isDir || includeDirs) entries.push({ path, stat });
      if (isDir) visit(`${path}/`);
    }
  };
  visit("");
  const lines = entries.sort((a, b) => naturalCompare(a.path, b.path))
    .map(({ path, stat }) => permissions ? `${permissionsOf(stat)} ${path}\n` : `${path}\n`);
  printText(lines.join("") || "<empty>\n");
}

/** Permissions as `ls -l` prints them. */
function permissionsOf(stat: Stats): string {
  const ownerMayWrite = (stat.mode & 0o200) !== 0;
  const mode = ownerMayWrite ? stat.mode | 0o020 : stat.mode & ~0o020;
  const type = stat.isDirectory() ? "d" : stat.isSymbolicLink() ? "l" : "-";
  const bits = [..."rwxrwxrwx"].map((letter, index) => mode & (0o400 >> index) ? letter : "-");
  return type + bits.join("");
}
