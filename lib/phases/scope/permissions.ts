/**
 * What a project asks of the scopes of an operation's phases, as data.
 *
 * @module
 */

import type { PhaseName } from "../../types.ts";

/** Names of the profiles that permissions start from. */
export type ProfileName = "default" | "strict" | "open";

/** The kinds of permission, in Deno's words. */
export type PermissionKind = "read" | "write" | "net" | "env" | "run";

/** What is granted of one kind. */
export interface Grant {
  /** True: everything. A list: this and no more. Null: what the profile has for the phase. */
  readonly allow: true | readonly string[] | null;
  /** What is taken away again; it wins. */
  readonly deny: readonly string[];
}

/** Limits; those absent do not apply, null lifts one that was set further out. */
export interface Limits {
  /** Milliseconds that a command may take. */
  readonly time?: number | null;
  /** Milliseconds between asking a command to end and killing it. */
  readonly grace?: number | null;
  /** Bytes of memory. */
  readonly memory?: number | null;
  /** Processes and threads at a time. */
  readonly processes?: number | null;
  /** Bytes of any one file that is written. */
  readonly fileSize?: number | null;
  /** Bytes of output. */
  readonly output?: number | null;
  /** Bytes that the run directory may take on disk. */
  readonly disk?: number | null;
  /** Files that the run directory may hold. */
  readonly files?: number | null;
}

/** Permissions of one phase, or of all. What is absent is as in the profile. */
export type PhasePermissions = { readonly [kind in PermissionKind]?: Grant } & {
  readonly profile?: ProfileName;
  /** Device nodes of graphics processors and other accelerators. */
  readonly gpu?: boolean;
  /** Lets debuggers and tracers attach to processes of the phase. */
  readonly debug?: boolean;
  readonly limits?: Limits;
};

/** Permissions of an operation, or of a project. */
export interface Permissions {
  /** For every phase. */
  readonly all: PhasePermissions;
  /** By phase; wins over {@link Permissions.all}. */
  readonly phases: { readonly [phase in PhaseName]?: PhasePermissions };
}
