/**
 * A scope as the flags of runtimes can say it.
 *
 * @module
 * @internal
 */

import { tmpdir } from "node:os";
import { isWithin } from "./bwrap/mount.ts";
import type { Bwrap } from "./bwrap/probe_bwrap.ts";
import { SYSTEM_PATHS } from "./bwrap/system_paths.ts";
import type { FlagFacts } from "./deno_flags.ts";
import type { HiddenPath } from "./hidden_paths.ts";
import type { Scope, ScopeDirs } from "./scope.ts";

/** What {@link flagFacts} has to know. */
export interface FlagFactsOptions {
  scope: Scope;
  dirs: ScopeDirs;
  hidden: readonly HiddenPath[];
  caches: readonly string[];
  cwd: string;
  bwrap: Bwrap | null;
}

/** Collects what the flags of a command are made from. */
export function flagFacts(options: FlagFactsOptions): FlagFacts {
  const { scope, dirs, caches, cwd, bwrap } = options;
  const tmp = bwrap === null ? tmpdir() : dirs.tmp;
  const writable = [...(scope.write.run ? [dirs.run] : []), tmp, ...caches, ...scope.write.allow];
  const allowed = [...scope.read.allow, ...scope.linked];
  const readable = [...SYSTEM_PATHS, dirs.run, tmp, cwd, ...allowed, ...writable];
  // A flag that denies a directory denies what is in it, too, whatever another flag says.
  const needed = [dirs.run, cwd, tmp, ...allowed, ...writable];
  const hidden = options.hidden.map(({ path }) => path)
    .filter((path) => !needed.some((other) => isWithin(other, path)));
  return { scope, hidden, readable, writable, alone: bwrap === null };
}
