/**
 * What is known about a flag of a script.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";

/** Type of a flag's values, as Guild names them. */
export type FlagType =
  | "string"
  | "int"
  | "float"
  | "number"
  | "boolean"
  | "path"
  | "existing-path";

/** A flag: a value that a script can be run with. */
export interface FlagDef {
  readonly name: string;
  /** Value that the script has by itself; null where it has none. */
  readonly default: JsonValue;
  readonly description?: string;
  /** Type of its values. Default: whatever the value's text looks like. */
  readonly type?: FlagType;
  /** The only values that it may have. Default: any. */
  readonly choices?: readonly JsonValue[];
  /** Whether a value has to be given. Default: false. */
  readonly required?: boolean;
  /** Option that takes the value, with its dashes. Default: `--` and the name. */
  readonly argName?: string;
  /** The option stands alone, and only for this value. Default: it takes a value. */
  readonly argSwitch?: JsonValue;
  /** Option and value are one argument: `--lr=0.1`. Default: two. */
  readonly argJoin?: boolean;
  /** Option for false, where there is one for each: `--no-color`. Default: false has none. */
  readonly argFalse?: string;
  /** Texts that stand for values, by the value as text: `{ true: "1", false: "0" }`. */
  readonly argEncoding?: Readonly<Record<string, string>>;
  /** The option takes several values: one argument for each. Default: one. */
  readonly argSplit?: boolean;
  /** The option is repeated: for each value (`each`), or as often as the value says (`count`). */
  readonly argRepeat?: "each" | "count";
  /** The value is an argument without an option, in the order of the flags. Default: false. */
  readonly positional?: boolean;
  /** The option belongs to subcommands: it comes after what has no option. Default: false. */
  readonly afterCommand?: boolean;
  /** Line of the script that it was found in, counted from 1. */
  readonly line?: number;
}

/** How a script gets the values of its flags: as arguments, or put into its source. */
export type FlagsDest = "args" | "globals";

/** Whether a list is one value of the flag; for other flags it means several trials. */
export function takesList(flag: FlagDef): boolean {
  return flag.argSplit === true || flag.argRepeat === "each" || Array.isArray(flag.default);
}
