/**
 * From an operation of a project to what a run's meta is initialized with.
 *
 * @module
 */

import { realpathSync } from "node:fs";
import { arch, release, type } from "node:os";
import { basename, dirname, resolve } from "node:path";
import { configChanges } from "../config/config_changes.ts";
import type { ConfigError } from "../config/config_error.ts";
import { configDefaults } from "../config/config_defaults.ts";
import { fitConfigValues } from "../config/fit_config_values.ts";
import { listConfigKeys } from "../config/list_config_keys.ts";
import type { ConfigKey } from "../config/select_config_keys.ts";
import { ProjectError } from "../errors.ts";
import type { Command, Config, JsonObject, JsonValue, OpCmd, OpDef, OpRef } from "../types.ts";
import { unselectedKey } from "./_unselected_key.ts";

/** Options of {@link planRun}. */
export interface PlanRunOptions {
  /** Config values that are to differ from the project's. Default: none. */
  config?: Config;
  /**
   * Whether the values were typed on a command line, where `False` is a text that may not be meant
   * as one: see {@link fitConfigValues}. Default: no.
   */
  typed?: boolean;
  /** Label of the run. Default: none. */
  label?: string;
  /** Directories that hold no config, such as that of the runs. Default: none. */
  exclude?: readonly string[];
}

/** A run that could be made: give it to `makeRun()` and `initRunMeta()`. */
export interface RunPlan {
  readonly opref: OpRef;
  readonly opdef: OpDef;
  readonly cmd: OpCmd;
  /** All config of the operation: the project's values, and those that differ. */
  readonly config: Config;
  readonly userAttrs: JsonObject;
  readonly systemAttrs: JsonObject;
  /** Where each config value stands in the project. */
  readonly keys: readonly ConfigKey[];
}

/**
 * Plans a run of an operation: reads the project's config, overlays the values that are asked for,
 * and finds the command.
 *
 * In the command, the text `$project_dir` stands for the project's absolute path.
 *
 * @throws {ConfigError} A config value is not one of the operation's.
 * @throws {ProjectError} The operation has no command, or its definition is wrong.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { planRun } from "runlit/plan-run";
 *
 * const dir = mkdtempSync(join(tmpdir(), "project-"));
 * writeFileSync(join(dir, "train.py"), "lr = 0.1\nepochs = 10\n");
 * const opdef = { name: "train", data: { exec: "python3 train.py", config: "train.py" } };
 *
 * const plan = await planRun(dir, opdef, { config: { lr: 0.5 } });
 * assert.deepEqual(plan.config, { lr: 0.5, epochs: 10 });
 * assert.equal(plan.cmd.args, "python3 train.py");
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function planRun(
  projectDir: string,
  opdef: OpDef,
  options: PlanRunOptions = {},
): Promise<RunPlan> {
  const { label, exclude } = options;
  const dir = resolve(projectDir);
  const where = `config of operation '${opdef.name}'`;
  const spec = opdef.data.config;
  const keys = spec === undefined ? [] : await listConfigKeys(dir, spec, { where, exclude });
  const given = options.config ?? {};
  const config = options.typed ? fitConfigValues(keys, given) : given;
  try {
    configChanges(keys, config);
  } catch (error) {
    const { key } = error as ConfigError;
    if (spec === undefined || key === undefined || keys.some(({ name }) => name === key)) {
      throw error;
    }
    throw await unselectedKey(dir, spec, key, { where, exclude }) ?? error;
  }
  return {
    opref: operationRef(dir, opdef),
    opdef,
    cmd: { args: runCommandOf(dir, opdef), env: {} },
    config: { ...configDefaults(keys), ...config },
    userAttrs: label === undefined ? {} : { label },
    systemAttrs: { platform: `${type()}-${release()}-${arch()}` },
    keys,
  };
}

/** An operation is known by its project's name, its own, and its version. */
export function operationRef(projectDir: string, opdef: OpDef): OpRef {
  const path = realpathSync(projectDir);
  const namespace = basename(path) || basename(dirname(path)) || "root";
  const { version } = opdef.data;
  if (version === undefined || version === null) return { namespace, name: opdef.name };
  if (typeof version !== "string" && typeof version !== "number") {
    throw new ProjectError(`'version' of operation '${opdef.name}' has to be a string or a number`);
  }
  return { namespace, name: opdef.name, version: String(version) };
}

function runCommandOf(projectDir: string, opdef: OpDef): Command {
  const { exec } = opdef.data;
  const command = isTable(exec) ? exec.run : exec;
  const insert = (text: string) => text.replaceAll("$project_dir", projectDir);
  if (typeof command === "string" && command.trim() !== "") return insert(command);
  const isList = Array.isArray(command) && command.length > 0 &&
    command.every((item) => typeof item === "string");
  if (isList) return (command as string[]).map(insert);
  throw new ProjectError(
    `Operation '${opdef.name}' has no command: give it one, such as exec = "python train.py"`,
  );
}

function isTable(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
