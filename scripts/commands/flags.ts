/**
 * `runlit flags`: lists the flags of a script.
 *
 * @module
 */

import type { Command } from "commander";
import { encodeFlags } from "../../lib/guild/flag_json.ts";
import type { FlagDef } from "../../lib/guild/flag_def.ts";
import { formatFlagValue } from "../../lib/guild/format_flag_value.ts";
import { findScript } from "../cli/find_script.ts";
import { note, print, warn } from "../cli/print.ts";
import { type Column, formatTable, terminalWidth } from "../cli/table.ts";
import { UsageError } from "../cli/usage_error.ts";
import { addWorkspaceOptions, openWorkspace, type WorkspaceOptions } from "../cli/workspace.ts";

interface FlagsOptions extends WorkspaceOptions {
  json?: true;
}

export function define(command: Command): void {
  addWorkspaceOptions(
    command.argument("<script>", "path of a script, or operation of the project that runs one"),
  )
    .option("--json", "print an object")
    .addHelpText(
      "after",
      "\nOn a terminal flags are a table; elsewhere fields are separated by tabs: name, default,\n" +
        "values, description. What cannot be known without executing the script is said on stderr.\n",
    )
    .action(flags);
}

async function flags(word: string, options: FlagsOptions): Promise<void> {
  const script = await findScript(await openWorkspace(options), word, options);
  if (script === null) {
    throw new UsageError(
      `'${word}' is not a script: that is a file of Python, JavaScript, TypeScript or a shell, or ` +
        "a notebook",
    );
  }
  const { opdef, detected, flags, command } = script.operation;
  if (options.json) {
    const { unknown } = detected;
    const dest = opdef.data["flags-dest"];
    const operation = { operation: opdef.name, script: script.operation.script, command, dest };
    return print(JSON.stringify({ ...operation, flags: encodeFlags(flags), unknown }));
  }
  if (typeof opdef.data.description === "string") note(`${opdef.data.description}\n`);
  const width = terminalWidth();
  if (flags.length > 0) print(formatTable(COLUMNS, flags.map(row), { width }));
  else note(`'${opdef.name}' has no flags`);
  for (const { what, reason, line } of detected.unknown) {
    warn(`${what} in line ${line} cannot be known: ${reason}`);
  }
}

const COLUMNS: readonly Column[] = [
  { title: "flag" },
  { title: "default" },
  { title: "values" },
  { title: "description", shrinks: true },
];

function row(flag: FlagDef): string[] {
  const float = flag.type === "float";
  const initial = flag.default === null ? "" : formatFlagValue(flag.default, { float });
  return [
    flag.name,
    flag.required && initial === "" ? "required" : initial,
    valuesOf(flag),
    flag.description ?? "",
  ];
}

function valuesOf({ choices, type, argSplit, argRepeat, argSwitch }: FlagDef): string {
  const one = choices !== undefined
    ? choices.map((choice) => formatFlagValue(choice)).join(", ")
    : type === "boolean" || (argSwitch !== undefined && typeof argSwitch === "boolean")
    ? "yes, no"
    : argSwitch !== undefined
    ? formatFlagValue(argSwitch)
    : type ?? "";
  return argSplit || argRepeat === "each" ? `list ${one && `of ${one}`}`.trim() : one;
}
