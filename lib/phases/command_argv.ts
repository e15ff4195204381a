/**
 * What a command of a project file means to the system.
 *
 * @module
 */

import type { Command } from "../types.ts";
import { type CommandArgv, shebangArgv } from "./_shebang.ts";

export type { CommandArgv } from "./_shebang.ts";

/**
 * Program and arguments of a command: a list is taken as it is, a string goes to `/bin/sh`, and a
 * string that starts with `#!` to the interpreter named there, with its line breaks. The words
 * after the interpreter are its arguments; `env`, with or without `-S`, is understood. Throws a
 * `TypeError` for a command that names no program.
 *
 * @example Three kinds of commands
 * ```ts
 * import assert from "node:assert/strict";
 * import { commandArgv } from "runlit/command-argv";
 *
 * assert.deepEqual(commandArgv(["train", "--lr", "0.1"]), { file: "train", args: ["--lr", "0.1"] });
 * assert.deepEqual(commandArgv("a | b"), { file: "/bin/sh", args: ["-c", "a | b"] });
 *
 * const script = "#!/usr/bin/env python3\nprint(1)\nprint(2)\n";
 * assert.deepEqual(commandArgv(script), { file: "/usr/bin/env", args: ["python3", "-c", script] });
 * ```
 */
export function commandArgv(command: Command): CommandArgv {
  if (typeof command !== "string") {
    const [file, ...args] = command;
    if (!file) throw new TypeError(`Cannot run the command ${JSON.stringify(command)}: no program`);
    return { file, args };
  }
  if (command.startsWith("#!")) {
    const argv = shebangArgv(command);
    if (argv !== null) return argv;
    throw new TypeError(
      `Cannot run the script '${command.slice(0, 40)}': no interpreter after '#!'`,
    );
  }
  if (command.trim() === "") throw new TypeError("Cannot run a command that is empty");
  return { file: "/bin/sh", args: ["-c", command] };
}
