/**
 * What is visible because a command or its environment names it.
 *
 * @module
 * @internal
 */

import { userCacheDirs } from "../../runtime/user_cache_dir.ts";
import type { SpawnSpec } from "../command_wrapper.ts";
import { isShellName } from "./bwrap/command_programs.ts";
import { isWithin } from "./bwrap/mount.ts";
import { resolveLinks } from "./bwrap/resolve_links.ts";
import { PRIVATE_DIRS } from "./bwrap/system_paths.ts";
import type { HiddenPath } from "./hidden_paths.ts";
import type { Scope, ScopeDirs } from "./scope.ts";

/** What {@link visiblePaths} has to know. */
export interface VisiblePathsOptions {
  scope: Scope;
  dirs: ScopeDirs;
  hidden: readonly HiddenPath[];
  /** What the command inherits: its own variables make nothing visible. */
  inherited: Readonly<Record<string, string | undefined>>;
}

const CERTIFICATES =
  /^(SSL_CERT_(FILE|DIR)|\w*_CA_(BUNDLE|CERTS|INFO)|GIT_SSL_CAINFO|PIP_CERT|DENO_CERT)$/;

/**
 * Returns paths that are visible read-only: files of certificates that the environment names; and,
 * where the whole disk may be read, what the command names in directories of which each phase has
 * its own, such as a data set in `/tmp`.
 */
export function visiblePaths(spec: SpawnSpec, options: VisiblePathsOptions): string[] {
  const { scope, inherited } = options;
  const paths = Object.entries(spec.env)
    .filter(([name, value]) => CERTIFICATES.test(name) && value === inherited[name])
    .map(([, value]) => value);
  const words = scope.read.all ? wordsOf(spec) : "";
  if (PRIVATE_DIRS.some((dir) => words.includes(`${dir}/`))) paths.push(...namedPaths(words));
  return paths.filter((path) => isShowable(path, options));
}

/** A shell's text, or the arguments that are paths: not the programs that others contain. */
function wordsOf({ file, args }: SpawnSpec): string {
  if (isShellName(file) && args[0] === "-c") return args[1] ?? "";
  return [file, ...args].filter((arg) => /^(-{1,2}[\w-]+=)?(\/|$)|^-{1,2}[\w-]+$/.test(arg)).join(
    " ",
  );
}

/** Absolute paths of a text, but for those that the command is going to write. */
function namedPaths(text: string): string[] {
  const named: string[] = [];
  const written: string[] = [];
  for (const { 0: path, index } of text.matchAll(/(?<![\w.~/-])\/[^\s"'`:;,|&<>(){}=*?]+/g)) {
    const before = text.slice(Math.max(0, index - 80), index);
    (WRITTEN.test(before) ? written : named).push(path);
  }
  return named.filter((path) => !written.some((other) => isWithin(path, other)));
}

/**
 * What comes before a path that is written: it is to be the phase's own, whatever the host has there.
 * A redirection, an option for results, or a program that makes or removes what it is given.
 */
const WRITTEN =
  />\s*["']?$|\bof=$|(^|\s)-(o|O|-?[\w-]*(out|log|save|dest|result|checkpoint|ckpt|export|tmp|temp|cache|work|scratch)[\w-]*)[=\s]+["']?$|(^|[\s;&|(])(touch|mkdir|rm|rmdir|tee|ln|chmod|install|truncate)\s[^;&|()]*$/i;

function isShowable(path: string, { dirs, hidden }: VisiblePathsOptions): boolean {
  // What is in the run directory is there; a link that an earlier phase left is not followed out.
  if (!path.startsWith("/") || isWithin(path, dirs.run)) return false;
  const { real } = resolveLinks(path);
  if (real === null || PRIVATE_DIRS.includes(real)) return false;
  const never = [dirs.runs, ...userCacheDirs(), ...hidden.map((place) => place.real)];
  return !never.some((place) => isWithin(real, place) || isWithin(place, real));
}
