/**
 * What Guild records of an operation.
 *
 * @module
 */

import { shellQuote } from "../meta/guild/shell_quote.ts";
import { encodePythonJson } from "../meta/python_json.ts";
import type { JsonValue } from "../types.ts";
import { encodeFlags } from "./flag_json.ts";
import type { ScriptOperation } from "./script_operation.ts";

/** Columns that Guild compares runs by, in 2019. */
export const COMPARE: readonly string[] = [
  "loss step as step",
  "loss",
  "acc",
  "accuracy as acc",
  "val_loss",
  "val#loss as val_loss",
  "val_acc",
  "val#acc as val_acc",
];

/** `opdef.json` of 2019; permissions are ours, and there only where a project declares them. */
export function oldOpdef(operation: ScriptOperation, path: string): string {
  const [program, ...rest] = operation.command.slice(0, -1);
  const executable = operation.detected.language === "python" ? "${python_exe}" : program;
  const exec = [executable, ...rest, shellQuote(path), "${flag_args}"].join(" ");
  const known = ["default", "description", "choices", "required"];
  const flags = settingsOf(operation, (key) => known.includes(key) || key.startsWith("arg-"));
  const data = { compare: COMPARE, exec, flags, ...permissionsOf(operation) };
  return encodePythonJson(data, { sortKeys: true });
}

/** The attribute `op` of later versions. */
export function newOp(operation: ScriptOperation): JsonValue {
  const flags = settingsOf(operation, (key) => key.startsWith("arg-"));
  return {
    "op-cmd": {
      "cmd-args": [...operation.command, "__flag_args__"],
      "cmd-env": {},
      "cmd-flags": Object.fromEntries(
        Object.entries(flags).filter(([, settings]) => Object.keys(settings).length > 0),
      ),
      "flags-dest": operation.opdef.data["flags-dest"] ?? null,
    },
    "deps": [],
    "sourcecode": { dest: "." },
    ...permissionsOf(operation),
  };
}

function settingsOf(
  operation: ScriptOperation,
  isWanted: (key: string) => boolean,
): Record<string, Record<string, JsonValue>> {
  const flags = encodeFlags(operation.flags) as Record<string, Record<string, JsonValue>>;
  return Object.fromEntries(
    Object.entries(flags).map(([name, settings]) => [
      name,
      Object.fromEntries(Object.entries(settings).filter(([key]) => isWanted(key))),
    ]),
  );
}

function permissionsOf({ opdef }: ScriptOperation): Record<string, JsonValue> {
  const { permissions } = opdef.data;
  return permissions === undefined ? {} : { permissions };
}
