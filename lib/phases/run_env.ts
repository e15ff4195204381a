/**
 * The environment of a phase's command.
 *
 * @module
 */

/**
 * Variables that describe a run to its command. They come from the run itself and from nowhere
 * else, so that a run which starts another one does not pass on its own.
 */
export const RUN_VARIABLES: readonly string[] = [
  "RUN_ID",
  "RUN_DIR",
  "PARENT_PWD",
  "run_id",
  "run_dir",
  "project_dir",
];

/** Variables, by where they come from. Those without a value are left out. */
export interface PhaseEnvParts {
  /** The caller's environment. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
  /** Values for what the command itself does not set. Default: none. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** What the command sets. Default: none. */
  readonly own?: Readonly<Record<string, string>>;
  /** What describes the run: see {@link RUN_VARIABLES}. */
  readonly vars: Readonly<Record<string, string>>;
}

/**
 * Composes the environment of a phase's command: what is inherited, then the defaults, then the
 * command's own variables, and the run's variables over them all.
 *
 * @example A run inside of another one
 * ```ts
 * import assert from "node:assert/strict";
 * import { phaseEnv } from "runlit/run-env";
 *
 * const env = phaseEnv({
 *   inherited: { HOME: "/home/ada", RUN_ID: "outer", project_dir: "/outer" },
 *   defaults: { PYTHONDONTWRITEBYTECODE: "1" },
 *   own: { SEED: "7", RUN_ID: "forged" },
 *   vars: { RUN_ID: "inner" },
 * });
 * assert.deepEqual(env, {
 *   HOME: "/home/ada",
 *   PYTHONDONTWRITEBYTECODE: "1",
 *   SEED: "7",
 *   RUN_ID: "inner",
 * });
 * ```
 */
export function phaseEnv(parts: PhaseEnvParts): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(parts.inherited)) {
    if (value !== undefined && !RUN_VARIABLES.includes(name)) env[name] = value;
  }
  return Object.assign(env, parts.defaults, parts.own, parts.vars);
}
