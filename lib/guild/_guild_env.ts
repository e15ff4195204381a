/**
 * Variables of commands of Guild's runs.
 *
 * @module
 */

import { dirname } from "node:path";
import { shellQuote } from "../meta/guild/shell_quote.ts";
import { isSecretName } from "../phases/scope/secret_names.ts";
import type { Config } from "../types.ts";
import { encodeYamlValue } from "./encode_yaml_value.ts";
import { flagEnv } from "./flag_env.ts";
import type { GuildRun } from "./guild_run.ts";

/** Names of variables that are not recorded: flags that are called so, and all that scopes withhold. */
const SECRET = /password|passwd|token|secret|api_?key|credential|private_?key/i;

function isSecret(name: string): boolean {
  return SECRET.test(name) || (isSecretName(name) && !name.startsWith("FLAG_"));
}

type Env = Readonly<Record<string, string>>;

/** The variables that are a run's own. */
export function ownGuildEnv(
  run: GuildRun,
  { command, flags }: { readonly command: readonly string[]; readonly flags: Config },
): Env {
  return {
    ...flagEnv([], flags),
    CMD_DIR: process.cwd(),
    GUILD_HOME: dirname(dirname(run.runDir)),
    GUILD_OP: command.find((word) => /\.\w+$/.test(word)) ?? "",
    PYTHONDONTWRITEBYTECODE: "1",
    RUN_DIR: run.runDir,
    RUN_ID: run.id,
  };
}

/** All variables of a run's command: what it inherits, and its own. */
export function fullEnv(own: Env): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) env[name] = value;
  }
  return { ...env, ...own };
}

/** The attribute `env`: what the command got, but for secrets and what its scope withheld. */
export function encodeEnv(env: Env, withheld: Iterable<string> = []): string {
  const without = new Set(withheld);
  const isShown = ([name]: [string, string]) => !isSecret(name) && !without.has(name);
  return encodeYamlValue(Object.fromEntries(Object.entries(env).filter(isShown)));
}

/** `ENV` of a staged run: the lines that a shell would need. */
export function encodeExports(env: Env): string {
  return Object.keys(env).sort()
    .filter((name) => !isSecret(name) && name !== "PWD" && name !== "_")
    .filter((name) => /^[A-Za-z_]\w*$/.test(name))
    .map((name) => `export ${name}=${shellQuote(env[name])}\n`).join("");
}
