/**
 * The records that the library passes around: runs, operations and their commands.
 *
 * @module
 */

/** A value that JSON can hold. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A JSON object. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** Reference to an operation: where its definition comes from, and its name. */
export interface OpRef {
  /** Project (or package) that defines the operation. */
  readonly namespace: string;
  readonly name: string;
  readonly version?: string;
}

/** Definition of an operation: JSON-shaped data, as the project file has it. */
export interface OpDef {
  readonly name: string;
  /** The operation's table: `exec`, `sourcecode`, `config`, `depends`, `writable`, …. */
  readonly data: JsonObject;
}

/** What a run executes: an argument list, a shell string or a `#!` script. */
export type Command = string | readonly string[];

/** A run's own command, with the variables it adds to its environment. */
export interface OpCmd {
  readonly args: Command;
  readonly env: Readonly<Record<string, string>>;
}

/** Config values by dotted key, such as `{"train.lr": 0.1}`. */
export type Config = Readonly<Record<string, JsonValue>>;

/** How meta is laid out on disk. */
export type MetaLayout = "json" | "text";

/** One execution of an operation: its run directory and its meta. */
export interface Run {
  /** Lowercase UUID version 4. */
  readonly id: string;
  /** Pronounceable name made from the ID, such as `kafom-fikud`. */
  readonly name: string;
  /** Directory that the command reads and writes. */
  readonly runDir: string;
  /** `<id>.meta`, or `<id>.meta.zip` once the run is sealed. */
  readonly metaDir: string;
  /** The operation, once it is known. */
  readonly opref: OpRef | null;
}

/** A phase: one step of a run's life that may execute a user command. */
export type PhaseName = "sourcecode" | "runtime" | "dependencies" | "run" | "finalize";
