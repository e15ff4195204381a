/**
 * The state of one selection of files, and what it reports.
 *
 * @module
 */

import type { RuleSet } from "./_rule_set.ts";

/** A file that was selected. */
export interface SelectedFile {
  /** Path relative to the directory, with `/` between its parts. */
  readonly path: string;
  /** Regular file that holds the contents: the file itself, or what a link leads to. Absolute. */
  readonly source: string;
  /** What is at the path. A link is to be copied as the regular file that it leads to. */
  readonly kind: "file" | "symlink";
  /** Bytes. */
  readonly size: number;
  /** Permission bits, without the file type. */
  readonly mode: number;
  /** Time of last change in whole milliseconds. */
  readonly mtimeMs: number;
}

/** Something that was left out although the rules may select it, or a rule without effect. */
export interface FileWarning {
  readonly kind:
    | "limit"
    | "no-match"
    | "link-out"
    | "link-loop"
    | "link-broken"
    | "special"
    | "bad-name"
    | "unreadable"
    | "secret"
    | "vanished";
  /** Path relative to the directory, or the pattern. */
  readonly path: string;
  /** What happened, why, and what to do about it; fit for people. */
  readonly message: string;
}

/** A selection while it is made. */
export interface Selection {
  /** Real path of the directory. */
  readonly root: string;
  readonly rules: RuleSet;
  /** Real paths that are never entered. */
  readonly exclude: ReadonlySet<string>;
  /** Whether a link that leads out is followed. */
  readonly follows: (target: string, path: string) => boolean;
  readonly files: SelectedFile[];
  readonly warnings: FileWarning[];
  /** How many links to directories were followed. */
  links: number;
}

/** A directory on the way. */
export interface WalkedDir {
  /** Empty for the root, else relative to it and ending in `/`. */
  readonly path: string;
  /** Where it really is, and is read. */
  readonly real: string;
  /** The directory that the walk came from. */
  readonly parent: WalkedDir | null;
}

/** Reports that a path was left out; `why` follows it in the message. */
export function warn(
  selection: Selection,
  kind: FileWarning["kind"],
  path: string,
  why: string,
): void {
  const message = `Left out ${JSON.stringify(path)}: ${why}`;
  selection.warnings.push({ kind, path, message });
}

/** Whether a real path is in the directory that files are selected from. */
export function isInside(selection: Selection, real: string): boolean {
  const { root } = selection;
  return real === root || real.startsWith(root === "/" ? "/" : `${root}/`);
}

/** Whether a real path is in a directory that is never entered. */
export function isExcluded(selection: Selection, real: string): boolean {
  for (const dir of selection.exclude) {
    if (real === dir || real.startsWith(`${dir}/`)) return true;
  }
  return false;
}
