/**
 * A script as an operation.
 *
 * @module
 */

import { readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { DEFAULT_FILE_PATTERNS } from "../files/default_file_patterns.ts";
import type { JsonObject, JsonValue, OpDef } from "../types.ts";
import { checkSyntax } from "./_check_syntax.ts";
import { type DetectedFlags, detectFlags, scriptLanguage } from "./detect_flags.ts";
import type { FlagDef } from "./flag_def.ts";
import { FlagError } from "./flag_error.ts";
import { decodeFlags, encodeFlags } from "./flag_json.ts";
import { scriptCommand } from "./script_command.ts";

/** Options of {@linkcode scriptOperation}. */
export interface ScriptOperationOptions {
  /** The operation as a project file has it; what it says comes first. Default: none. */
  readonly declared?: OpDef;
}

/** A script, and what is needed to run it. */
export interface ScriptOperation {
  readonly opdef: OpDef;
  /** Path of the script relative to the project, with `/`. */
  readonly script: string;
  readonly detected: DetectedFlags;
  /** Flags as detected and declared, in the order of the script. */
  readonly flags: readonly FlagDef[];
  /** Program and arguments, up to those that flags add. */
  readonly command: readonly string[];
}

/**
 * Makes an operation of a script: its flags, and the program that executes it. Nothing is executed.
 *
 * The operation's definition has `script`, `flags-dest` (`args`, `globals`) and `flags`, beside what
 * a project file declares: flags declared there overlay those that were detected.
 *
 * @throws {FlagError} The script cannot be read, does not parse, or a declared flag is wrong.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { scriptOperation } from "runlit/script-operation";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeFileSync(`${dir}/train.js`, "const lr = 0.1;\nconsole.log(lr);\n");
 * const { opdef, command } = await scriptOperation(dir, "train.js");
 * assert.equal(opdef.name, "train.js");
 * assert.equal(opdef.data["flags-dest"], "globals");
 * assert.deepEqual(command, ["node", "train.js"]);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function scriptOperation(
  projectDir: string,
  script: string,
  options: ScriptOperationOptions = {},
): Promise<ScriptOperation> {
  const { declared } = options;
  const path = script.split(sep).join("/");
  const source = readSource(join(projectDir, script), path);
  const detected = await detectFlags(source, path);
  if (detected.doubtfulLine !== undefined) checkSyntax(source, path, detected.doubtfulLine);
  const language = scriptLanguage(path, source)!;
  const flags = overlay(detected.flags, declared, path);
  const data: JsonObject = {
    ...(detected.description === undefined ? {} : { description: detected.description }),
    ...declared?.data,
    ...sourcecodeOf(join(projectDir, script), path, declared),
    script: path,
    "flags-dest": declared?.data["flags-dest"] ?? detected.dest,
    flags: encodeFlags(flags),
  };
  const command = scriptCommand(path, source, language);
  return { opdef: { name: declared?.name ?? path, data }, script: path, detected, flags, command };
}

function readSource(file: string, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (cause) {
    const why = cause instanceof TypeError ? "it is not UTF-8" : (cause as Error).message;
    throw new FlagError(`Cannot read script '${path}': ${why}`, { file: path, cause });
  }
}

function overlay(
  detected: readonly FlagDef[],
  declared: OpDef | undefined,
  path: string,
): FlagDef[] {
  const where = `flags of operation '${declared?.name ?? path}'`;
  const flags = new Map(detected.map((flag) => [flag.name, flag]));
  const tables = declared?.data.flags;
  for (const flag of decodeFlags(tables, where)) {
    const before = flags.get(flag.name);
    const says = (key: string) => {
      const settings = (tables as JsonObject)[flag.name];
      return typeof settings !== "object" || settings === null || Array.isArray(settings) ||
        key in (settings as Record<string, JsonValue>);
    };
    const value = before !== undefined && !says("default") ? before.default : flag.default;
    flags.set(flag.name, { ...before, ...flag, default: value });
  }
  return [...flags.values()];
}

/** A script that the default patterns would not select, for its size, is selected by name. */
function sourcecodeOf(file: string, path: string, declared: OpDef | undefined): JsonObject {
  if (declared?.data.sourcecode !== undefined || statSync(file).size < 100_000) return {};
  return { sourcecode: [...DEFAULT_FILE_PATTERNS, JSON.stringify(path)] };
}
