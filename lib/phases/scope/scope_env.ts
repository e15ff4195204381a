/**
 * The environment that a scope leaves.
 *
 * @module
 */

import { allowLine } from "./allow_line.ts";
import type { Scope } from "./scope.ts";
import { isSecretName } from "./secret_names.ts";

/** A variable that the phase does not see. */
export interface WithheldVariable {
  readonly name: string;
  /** Why: it looks like a secret, it is denied, or it is not among those that are allowed. */
  readonly why: "secret" | "denied" | "unlisted";
  /** What to write in the project file to let it through; null where it is denied by name. */
  readonly line: string | null;
}

/** What {@link scopeEnv} returns. */
export interface ScopedEnv {
  readonly env: Record<string, string>;
  /** In order of their names. */
  readonly withheld: readonly WithheldVariable[];
}

/** Options of {@link scopeEnv}. */
export interface ScopeEnvOptions {
  /** Names that always pass: the run's variables and those of the command itself. */
  own?: Iterable<string>;
}

/** Every phase needs these to start, and they say nothing that it could not find out. */
const BASE =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TERM|COLORTERM|NO_COLOR|TMPDIR)$/;

/** What shells make up for themselves: nobody misses the caller's. */
const OF_SHELLS: ReadonlySet<string> = new Set(["PWD", "OLDPWD", "SHLVL", "_"]);

/** Certificates and proxies: with the network only. */
const NET =
  /^((https?|ftp|all|no)_proxy|SSL_CERT_(FILE|DIR)|\w*_CA_(BUNDLE|CERTS|INFO)|GIT_SSL_CAINFO|NODE_EXTRA_CA_CERTS|PIP_CERT|DENO_CERT|DENO_TLS_CA_STORE)$/i;

/**
 * Returns the variables that a scope lets through, and which ones it withholds.
 *
 * @example A token is withheld, and the line that would allow it is known
 * ```ts
 * import assert from "node:assert/strict";
 * import { resolveScope } from "runlit/resolve-scope";
 * import { scopeEnv } from "runlit/scope-env";
 *
 * const dirs = { run: "/r/1", runs: "/r", home: "/h", tmp: "/tmp", cache: "/h/.cache" };
 * const { env, withheld } = scopeEnv(
 *   { PATH: "/bin", HF_TOKEN: "hf_1", WANDB_API_KEY: "own" },
 *   resolveScope([], "run", dirs),
 *   { own: ["WANDB_API_KEY"] },
 * );
 * assert.deepEqual(env, { PATH: "/bin", WANDB_API_KEY: "own" });
 * assert.equal(withheld[0].name, "HF_TOKEN");
 * assert.equal(withheld[0].line, 'permissions.run.env = ["${default}", "HF_TOKEN"]');
 * ```
 */
export function scopeEnv(
  env: Readonly<Record<string, string | undefined>>,
  scope: Scope,
  options: ScopeEnvOptions = {},
): ScopedEnv {
  const own = new Set(options.own);
  const kept: Record<string, string> = {};
  const withheld: WithheldVariable[] = [];
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue;
    const why = own.has(name) ? null : reason(name, scope);
    if (why === null) {
      kept[name] = value;
    } else if (why !== "unlisted" || !OF_SHELLS.has(name)) {
      const line = why === "denied" ? null : allowLine(scope, "env", name);
      withheld.push({ name, why, line });
    }
  }
  withheld.sort((a, b) => a.name < b.name ? -1 : 1);
  return { env: kept, withheld };
}

function reason(name: string, scope: Scope): WithheldVariable["why"] | null {
  const { env } = scope;
  if (matches(name, env.deny)) return "denied";
  if (matches(name, env.allow)) return null;
  if (env.all) return env.hidesSecrets && isSecretName(name) ? "secret" : null;
  if (BASE.test(name) || (scope.net.all && NET.test(name))) return null;
  return "unlisted";
}

function matches(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern
  );
}
