/**
 * The profiles that permissions start from.
 *
 * @module
 * @internal
 */

import type { PhaseName } from "../../types.ts";
import type { ProfileName } from "./permissions.ts";

/** What a profile grants to a phase. */
export interface Profile {
  /** `disk`: everything but what is hidden; `system`: what programs need to start at all. */
  readonly read: "disk" | "system";
  /** `disk`: everything; `cache`: run directory, private tmp and caches; `run`: without caches. */
  readonly write: "disk" | "cache" | "run";
  readonly net: boolean;
  /** `all` variables, all but `secrets`, or a `base` set. */
  readonly env: "all" | "secrets" | "base";
  readonly gpu: boolean;
  /** Whether secrets and the runs beside this one are hidden. */
  readonly hidesSecrets: boolean;
  readonly hidesRuns: boolean;
  readonly hidesProject: boolean;
}

const OPEN: Profile = {
  read: "disk",
  write: "disk",
  net: true,
  env: "all",
  gpu: true,
  hidesSecrets: false,
  hidesRuns: false,
  hidesProject: false,
};

const STRICT: Profile = {
  read: "system",
  write: "run",
  net: false,
  env: "base",
  gpu: false,
  hidesSecrets: true,
  hidesRuns: true,
  hidesProject: true,
};

const DEFAULT: Profile = {
  read: "disk",
  write: "cache",
  net: true,
  env: "secrets",
  gpu: true,
  hidesSecrets: true,
  hidesRuns: true,
  hidesProject: false,
};

const DEFAULTS: Readonly<Record<PhaseName, Profile>> = {
  sourcecode: { ...DEFAULT, write: "run", net: false },
  runtime: DEFAULT,
  dependencies: DEFAULT,
  // That the project is not there is what proves that a staged run does not need it.
  run: { ...DEFAULT, hidesProject: true },
  finalize: { ...DEFAULT, write: "run", net: false, hidesProject: true },
};

/**
 * Returns what a profile grants to a phase.
 *
 * @example The network by phase
 * ```ts
 * import assert from "node:assert/strict";
 * import { profile } from "runlit/profiles";
 *
 * assert.equal(profile("default", "runtime").net, true);
 * assert.equal(profile("default", "sourcecode").net, false);
 * assert.equal(profile("strict", "run").net, false);
 * ```
 */
export function profile(name: ProfileName, phase: PhaseName): Profile {
  return name === "open" ? OPEN : name === "strict" ? STRICT : DEFAULTS[phase];
}
