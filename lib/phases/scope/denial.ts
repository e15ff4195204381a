/**
 * What a scope has withheld from a phase, as far as its output tells.
 *
 * @module
 * @internal
 */

import type { HiddenPath } from "./hidden_paths.ts";
import type { Scope, ScopeDirs } from "./scope.ts";
import type { WithheldVariable } from "./scope_env.ts";

/** Something that a scope has probably withheld from a phase that failed. */
export interface Denial {
  readonly kind: "read" | "write" | "net" | "env" | "run" | "debug" | "limits";
  /** Path, variable or program. */
  readonly what: string;
  /** What to write in the project file; null where nothing helps. */
  readonly line: string | null;
  /** What was withheld and why, with the line. */
  readonly message: string;
}

/** What {@link explainDenials} has to know: a `ScopePlan` has it. */
export interface DenialFacts {
  readonly scope: Scope;
  readonly isScoped: boolean;
  readonly dirs: ScopeDirs;
  readonly hidden: readonly HiddenPath[];
  readonly withheld: readonly WithheldVariable[];
}
