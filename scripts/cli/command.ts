/**
 * What a command of `runlit` is.
 *
 * @module
 */

import type { Command } from "commander";

/** Heading of `runlit --help` that a command stands under. */
export type CommandGroup =
  | "Make runs"
  | "Look at runs"
  | "Change runs"
  | "Documents and REPL"
  | "Help";

/** One line of the table in `scripts/_commands.ts`. */
export interface CommandEntry {
  readonly name: string;
  /** Other names that are accepted. Default: none. */
  readonly aliases?: readonly string[];
  /** What it does, beginning with a verb in lower case, without a final period. */
  readonly summary: string;
  readonly group: CommandGroup;
  /** Loads the command's module: only for the command that is called, so that start stays fast. */
  readonly load: () => Promise<CommandModule>;
}

/**
 * What the module of a command exports.
 *
 * ```ts
 * // scripts/commands/greet.ts
 * import type { Command } from "commander";
 * import { print } from "../cli/print.ts";
 *
 * interface GreetOptions {
 *   json?: true;
 * }
 *
 * export function define(command: Command): void {
 *   command
 *     .argument("<name>", "whom to greet")
 *     .option("--json", "print an object")
 *     .action(greet);
 * }
 *
 * async function greet(name: string, options: GreetOptions): Promise<void> {
 *   const { makeRun } = await import("../../lib/run/make_run.ts");
 *   print(options.json ? JSON.stringify({ name }) : `Hello ${name}`);
 * }
 * ```
 *
 * Rules that hold for every command:
 * - Data goes to stdout with `print()`; everything else to stderr with `note()`, `detail()` or
 *   `warn()`. Never `console.log`: on Deno it does not notice a closed pipe.
 * - To fail, throw: an `Error` ends with 1 and its message, a `UsageError` with 2. Any other code is
 *   set with `process.exitCode = n`. Never call `process.exit()`: Node would cut the output.
 * - `--color`, `--no-color`, `--quiet`, `--verbose` and `--debug` are options of every command and
 *   already dealt with. Colour comes from `styled()`.
 * - No static import of a package but `import type`; those of `lib/` and `repl/` may be static.
 * - A closed stdout ends the process with 0; a command that has to go on calls `surviveClosedPipe()`.
 */
export interface CommandModule {
  /**
   * Adds arguments, options, subcommands and the action to a command that already has its name,
   * summary and the house's settings.
   */
  define(command: Command): void;
}
