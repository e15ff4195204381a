/**
 * The `runlit` program as commander knows it.
 *
 * @module
 */

import { Command } from "commander";
import { VERSION } from "../../lib/version.ts";
import { COMMANDS } from "../_commands.ts";
import type { CommandEntry } from "./command.ts";
import { settings } from "./settings.ts";
import { styled, usesColor } from "./styled.ts";

/**
 * Makes the program with some of its commands loaded.
 *
 * The others are there by name and summary only, which is enough for `--help` and for the
 * suggestion that follows a misspelt name. Completion needs them all: `createProgram(COMMANDS)`.
 */
export async function createProgram(loaded: readonly CommandEntry[]): Promise<Command> {
  const program = new Command("runlit")
    .description("Make command lines into runs, look at them, and test documents about them")
    .usage("<command> [options]")
    .version(`runlit ${VERSION}`, "-V, --version", "print the version")
    .option("--color", "print colours even where the output is no terminal")
    .option("--no-color", "print no colours")
    .option("-q, --quiet", "print no notes")
    .option("-v, --verbose", "print more notes")
    .option("--debug", "print errors with their stack and causes")
    .helpOption("-h, --help", "print help")
    .commandsGroup("Help:")
    .helpCommand("help [command]", "print help for a command")
    .addHelpText("after", "\nRun 'runlit <command> --help' for the options of a command.")
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, styleTitle: (title) => styled(title, "bold") })
    .configureOutput({
      writeOut: (text) => process.stdout.write(text),
      writeErr: (text) => process.stderr.write(text),
      getOutHasColors: () => usesColor("stdout"),
      getErrHasColors: () => usesColor("stderr"),
      // `reportError` prints them, like every other error.
      outputError: () => {},
    });
  // Commander reads the program's options before it looks at the command, wherever they stand: so
  // they hold for the help and the errors too.
  program.on("option:color", () => settings.color = true);
  program.on("option:no-color", () => settings.color = false);
  program.on("option:quiet", () => settings.quiet = true);
  program.on("option:verbose", () => settings.verbose = true);
  program.on("option:debug", () => settings.debug = true);
  // Where one command is called, only help and suggestions would need the names of the others.
  for (const entry of loaded.length === 1 ? loaded : COMMANDS) {
    const command = program.command(entry.name)
      .summary(entry.summary)
      .description(entry.summary.charAt(0).toUpperCase() + entry.summary.slice(1))
      .aliases(entry.aliases ?? [])
      .helpGroup(`${entry.group}:`);
    if (loaded.includes(entry)) (await entry.load()).define(command);
  }
  return program;
}
