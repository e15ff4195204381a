/**
 * Lists files.
 *
 * @module
 */

import { compileGlob } from "../../lib/files/glob.ts";
import { type FileEntry, listFiles } from "../../lib/files/list_files.ts";
import { printLines } from "./_print.ts";
import { camelOptions } from "./both_spellings.ts";

/** Options of {@linkcode ls}. */
export interface LsOptions {
  /** List directories too. Default: false. */
  includeDirs?: boolean;
  /** The same. */
  include_dirs?: boolean;
  /** Show types and permissions. Default: false. */
  permissions?: boolean;
  /** Globs of paths to leave out. Default: none. */
  ignore?: string | readonly string[];
}

/**
 * Prints the paths of the files below a directory, in natural order; `<empty>` when there are none.
 *
 * With `permissions` the group's write bit is shown as the owner's, so that a listing does not
 * depend on the umask.
 *
 * @param path Directory. Default: the current one.
 */
export async function ls(path = ".", options: LsOptions = {}): Promise<void> {
  const { includeDirs = false, permissions = false, ignore = [] } = camelOptions(options);
  const ignored = (typeof ignore === "string" ? [ignore] : ignore).map((glob) => compileGlob(glob));
  const entries = await listFiles(path, { includeDirs });
  printLines(
    entries
      .filter((entry) => !ignored.some((matches) => matches(entry.path)))
      .map((entry) => (permissions ? `${formatMode(entry)} ${entry.path}` : entry.path)),
  );
}

const KINDS = { dir: "d", file: "-", symlink: "l", other: "?" } as const;

function formatMode({ kind, mode }: FileEntry): string {
  const bits = (mode & ~0o020) | ((mode & 0o200) >> 3);
  let text = "";
  for (let bit = 8; bit >= 0; bit--) text += (bits >> bit) & 1 ? "xwr"[bit % 3] : "-";
  return KINDS[kind] + text;
}
