/**
 * What a language's reader finds in a script, and the flags that this makes.
 *
 * @module
 */

import type { FlagDef } from "./flag_def.ts";

/** Something of a script's flags that cannot be known without executing it. */
export interface UnknownFlag {
  /** What it is about: `default of '--lr'`. */
  readonly what: string;
  readonly reason: string;
  /** Line of the script, counted from 1. */
  readonly line: number;
}

/** Options by the command that has them. */
export interface FoundOptions {
  readonly main: FlagDef[];
  /** Options of subcommands by their names. */
  readonly subcommands: Map<string, FlagDef[]>;
  /** The flag that chooses the subcommand. */
  command: Pick<FlagDef, "name" | "required" | "line">;
  readonly unknown: UnknownFlag[];
  description?: string;
}

/** Nothing found yet. */
export function noOptions(): FoundOptions {
  const command = { name: "command", required: true };
  return { main: [], subcommands: new Map(), command, unknown: [] };
}

/** The flags of a script: its options, its subcommand, and what all subcommands have in common. */
export function flagsOfOptions(found: FoundOptions): { flags: FlagDef[]; unknown: UnknownFlag[] } {
  const { main, subcommands, command } = found;
  const unknown = [...found.unknown];
  const flags = new Map<string, FlagDef>();
  for (const flag of main) {
    const before = flags.get(flag.name);
    // Two parsers of one script: the first knows the option, the second may know more.
    if (before === undefined) flags.set(flag.name, flag);
  }
  if (subcommands.size === 0) return { flags: [...flags.values()], unknown };
  const names = [...subcommands.keys()];
  flags.set(command.name, { ...command, default: null, choices: names, positional: true });
  for (const [name, options] of subcommands) {
    for (const flag of options) {
      if (flags.has(flag.name)) continue;
      const isCommon = !flag.positional &&
        names.every((other) => subcommands.get(other)!.some((each) => each.name === flag.name));
      if (isCommon) flags.set(flag.name, { ...flag, afterCommand: true });
      else {
        const what = flag.positional ? `'${flag.name}'` : `'${flag.argName ?? `--${flag.name}`}'`;
        unknown.push({ what, reason: `only '${name}' has it`, line: flag.line ?? 1 });
      }
    }
  }
  return { flags: [...flags.values()], unknown };
}
