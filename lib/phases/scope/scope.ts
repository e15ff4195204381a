/**
 * The effective scope of a phase: permissions after profiles and placeholders were resolved.
 *
 * @module
 */

import type { PhaseName } from "../../types.ts";
import type { Limits, PermissionKind, PhasePermissions, ProfileName } from "./permissions.ts";

/** Directories that permissions may name. All are absolute. */
export interface ScopeDirs {
  /** Absent where a run is started without its project. */
  readonly project?: string;
  readonly run: string;
  /** Directory of all runs. */
  readonly runs: string;
  readonly home: string;
  readonly tmp: string;
  readonly cache: string;
}

/** Which paths a phase may read or write. Paths and globs are absolute. */
export interface PathScope {
  /** Everything but what is hidden or denied. */
  readonly all: boolean;
  /** Paths and globs, beside run directory and private tmp, which always belong to it. */
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

/** Which names (of variables, of programs) a phase may see. A name may end in `*`. */
export interface NameScope {
  readonly all: boolean;
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

/** What a phase may do. */
export interface Scope {
  readonly phase: PhaseName;
  readonly profile: ProfileName;
  readonly read: PathScope;
  readonly write: PathScope & {
    /** Whether the user's cache directories are writable. */
    readonly caches: boolean;
    /** Whether the run directory is writable. */
    readonly run: boolean;
  };
  readonly net: {
    readonly all: boolean;
    /** Whether sockets in files may be used. */
    readonly unix: boolean;
  };
  readonly env: NameScope & {
    /** Whether variables that look like secrets are withheld although `all` is granted. */
    readonly hidesSecrets: boolean;
  };
  readonly run: NameScope;
  readonly gpu: boolean;
  readonly debug: boolean;
  readonly limits: Limits;
  /**
   * Files that the run has declared as linked dependencies: they may be read wherever they are, but
   * for what is denied. Absolute.
   */
  readonly linked: readonly string[];
  readonly hidesProject: boolean;
  readonly hidesRuns: boolean;
  readonly hidesSecrets: boolean;
  /** Whether nothing is scoped at all: profile `open` as it is. */
  readonly open: boolean;
  /** What was asked for this phase, before it was resolved. */
  readonly asked: PhasePermissions;
  /** Which of `read write net env run` were asked for, and not left to the profile. */
  readonly explicit: readonly PermissionKind[];
}
