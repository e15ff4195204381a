/**
 * The environment that a scoped command gets.
 *
 * @module
 * @internal
 */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { PRIVATE_HOME } from "./bwrap/bwrap_args.ts";
import type { CacheDirs } from "./cache_dirs.ts";
import type { Scope, ScopeDirs } from "./scope.ts";
import { scopeEnv } from "./scope_env.ts";

/** What {@link phaseScopeEnv} has to know. */
export interface PhaseScopeEnvOptions {
  scope: Scope;
  dirs: ScopeDirs;
  /** Names of variables that always pass, and are never changed. */
  own: readonly string[];
  caches: CacheDirs;
  isSandboxed: boolean;
}

const TMP_VARIABLES = ["TMPDIR", "TMP", "TEMP", "TEMPDIR"];

/** Managers of versions that look for themselves below the home, unless told. */
const MANAGERS: Readonly<Record<string, string>> = {
  PYENV_ROOT: ".pyenv",
  VOLTA_HOME: ".volta",
  ASDF_DATA_DIR: ".asdf",
  RUSTUP_HOME: ".rustup",
};

/**
 * Returns what a scope lets through of an environment, with what its private places need: a home
 * where the real one is not visible, `/tmp` for temporary files, and caches where they are writable.
 */
export function phaseScopeEnv(
  env: Readonly<Record<string, string>>,
  options: PhaseScopeEnvOptions,
): Record<string, string> {
  const { scope, dirs, caches, isSandboxed } = options;
  const own = new Set(options.own);
  const result = scopeEnv(env, scope, { own }).env;
  const set = (name: string, value: string) => {
    if (!own.has(name)) result[name] = value;
  };
  if (!isSandboxed) return result;
  for (const name of TMP_VARIABLES) {
    if (result[name] !== undefined && !scope.write.all) set(name, dirs.tmp);
  }
  for (const [name, value] of Object.entries(caches.env)) set(name, value);
  // Matplotlib's settings stay where they are; only what it writes is moved.
  const settings = join(dirs.home, ".config/matplotlib/matplotlibrc");
  if (caches.env.MPLCONFIGDIR !== undefined && existsSync(settings)) set("MATPLOTLIBRC", settings);
  if (!scope.read.all) {
    set("HOME", PRIVATE_HOME);
    for (const [name, place] of Object.entries(MANAGERS)) {
      const path = env[name] ?? join(dirs.home, place);
      if (result[name] === undefined && existsSync(path)) set(name, path);
    }
  }
  return result;
}
