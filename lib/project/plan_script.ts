/**
 * From a script to what a run's meta is initialized with.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { arch, release, type } from "node:os";
import { resolve } from "node:path";
import { checkFlagValue } from "../guild/check_flag_value.ts";
import { expandLabel, isLabelTemplate } from "../guild/expand_label.ts";
import { flagArgs, type FlagArgsOptions } from "../guild/flag_args.ts";
import type { FlagDef } from "../guild/flag_def.ts";
import { flagEnv } from "../guild/flag_env.ts";
import { FlagError } from "../guild/flag_error.ts";
import type { ScriptOperation } from "../guild/script_operation.ts";
import { shellQuote } from "../meta/guild/shell_quote.ts";
import type { Command, Config, JsonValue } from "../types.ts";
import { operationRef, type RunPlan } from "./plan_run.ts";

/** Options of {@linkcode planScript}. */
export interface PlanScriptOptions {
  /** Values of flags that are to differ from the script's own. Default: none. */
  values?: Config;
  /** Label of the run, in which `${lr}` is the value of a flag. Default: none. */
  label?: string;
}

/**
 * Plans a run of a script with one value for each flag. The values are the run's config; its command
 * has the script's arguments, where flags are arguments, and each is in a variable, `FLAG_NAME`.
 *
 * @throws {FlagError} A required flag has no value, or one has a value that it cannot have.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { planScript } from "runlit/plan-script";
 * import { scriptOperation } from "runlit/script-operation";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeFileSync(`${dir}/say.sh`, 'case "$1" in --msg) MSG="$2"; shift 2;;\nesac\necho $MSG\n');
 * const plan = await planScript(dir, await scriptOperation(dir, "say.sh"), { values: { msg: "hi" } });
 * assert.deepEqual(plan.cmd.args, ["sh", "say.sh", "--msg", "hi"]);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function planScript(
  projectDir: string,
  operation: ScriptOperation,
  options: PlanScriptOptions = {},
): Promise<RunPlan> {
  const { values = {}, label } = options;
  const { opdef, flags } = operation;
  const dir = resolve(projectDir);
  const config: Record<string, JsonValue> = {};
  for (const flag of flags) config[flag.name] = values[flag.name] ?? flag.default;
  for (const [name, value] of Object.entries(values)) {
    config[name] = value;
    const flag = flags.find((each) => each.name === name) ?? { name, default: null };
    checkFlagValue(flag, value, { dir });
  }
  const missing = flags.filter((flag) => flag.required && config[flag.name] === null);
  if (missing.length > 0) {
    const list = missing.map((flag) => `${flag.name}=VALUE`).join(" ");
    throw new FlagError(`Cannot run '${opdef.name}': it needs ${list}`, { flag: missing[0].name });
  }
  return {
    opref: operationRef(dir, opdef),
    opdef,
    cmd: { args: commandOf(operation, config), env: flagEnv(flags, config) },
    config,
    userAttrs: label === undefined ? {} : { label: labelOf(label, config, flags, dir) },
    systemAttrs: { platform: `${type()}-${release()}-${arch()}` },
    keys: [],
  };
}

/** A label may have values of flags in it. */
function labelOf(label: string, config: Config, flags: readonly FlagDef[], dir: string): string {
  if (!isLabelTemplate(label)) return label;
  return expandLabel(label, config, { flags, isFile: (path) => existsSync(resolve(dir, path)) });
}

/** In a project's own command, `${flag_args}` stands for the arguments. */
function commandOf(operation: ScriptOperation, config: Config): Command {
  const { opdef, flags, detected, command } = operation;
  const reader: FlagArgsOptions["reader"] = detected.language === "javascript"
    ? "node"
    : detected.language === "shell"
    ? "shell"
    : "python";
  const args = opdef.data["flags-dest"] === "args" ? flagArgs(flags, config, { reader }) : [];
  const { exec } = opdef.data;
  const own = typeof exec === "object" && exec !== null && !Array.isArray(exec)
    ? (exec as { run?: JsonValue }).run
    : exec;
  if (typeof own === "string") {
    return own.replaceAll("${flag_args}", args.map(shellQuote).join(" "));
  }
  if (Array.isArray(own)) {
    return (own as string[]).flatMap((word) => word === "${flag_args}" ? args : [word]);
  }
  return [...command, ...args];
}
