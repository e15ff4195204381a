/**
 * What is kept of a scope in a run's meta: `proc/scope.json`.
 *
 * @module
 */

import type { JsonObject, JsonValue, PhaseName } from "../../types.ts";
import type { ScopePolicy } from "./scope_policy.ts";
import type { ProfileName } from "./permissions.ts";

/** A part of a scope that is enforced, and by what. */
export interface Enforced {
  /** Such as `read`, or `limits.memory`. */
  readonly permission: string;
  /** Such as `bubblewrap 0.8.0`. */
  readonly by: string;
  /** What it leaves open, if it does. */
  readonly but?: string;
}

/** A part of a scope that nothing enforces. */
export interface Unenforced {
  readonly permission: string;
  readonly reason: string;
}

/** The scope of one phase, as it was asked for and as it was enforced. */
export interface ScopeRecord {
  readonly policy: ScopePolicy;
  readonly profile: ProfileName;
  /** What the project and the operation ask for, beside the profile. */
  readonly asked: JsonObject;
  /** What the phase was allowed to do. */
  readonly permissions: JsonObject;
  /** What took part, such as `bubblewrap 0.8.0` and `deno flags`. */
  readonly layers: readonly string[];
  readonly enforced: readonly Enforced[];
  readonly unenforced: readonly Unenforced[];
  /** Names of variables, never values; and paths. */
  readonly withheld: { readonly variables: readonly string[]; readonly paths: readonly string[] };
}

/** The file's content: phases by name. */
export type ScopeRecords = { readonly [phase in PhaseName]?: ScopeRecord };

/** Name of the file in meta. */
export const SCOPE_FILE: readonly string[] = ["proc", "scope.json"];

/**
 * Adds the record of a phase to what the file holds, and returns its new text.
 *
 * @param text What the file holds; null where there is none yet.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { addScopeRecord, parseScopeRecords } from "runlit/scope-record";
 *
 * const record = {
 *   policy: "prefer", profile: "open", asked: {}, permissions: {}, layers: [],
 *   enforced: [], unenforced: [], withheld: { variables: [], paths: [] },
 * } as const;
 * const text = addScopeRecord(null, "run", record);
 * assert.equal(parseScopeRecords(text).run?.profile, "open");
 * ```
 */
export function addScopeRecord(
  text: string | null,
  phase: PhaseName,
  record: ScopeRecord,
): string {
  const records = { ...(text === null ? {} : parseScopeRecords(text)), [phase]: record };
  return JSON.stringify(records as unknown as JsonValue, null, 2) + "\n";
}

/** Reads the file's text. */
export function parseScopeRecords(text: string): ScopeRecords {
  return JSON.parse(text) as ScopeRecords;
}
