/**
 * `runlit complete`: completes words in a shell.
 *
 * @module
 */

import type { Command } from "commander";
import { completeLine } from "../cli/completion/complete_line.ts";
import { type Shell, SHELLS, shellScript } from "../cli/completion/shell_script.ts";
import { print, printRaw } from "../cli/print.ts";
import { UsageError } from "../cli/usage_error.ts";

export function define(command: Command): void {
  command
    .argument("<words...>", `shell to print a script for: ${SHELLS.join(", ")}`)
    .option("--next", "print what could complete the last of the words of a command line")
    .addHelpText("after", HELP)
    .action(complete);
}

const HELP = `
Put the line of your shell into its start file:
  bash   eval "$(runlit complete bash)"
  zsh    eval "$(runlit complete zsh)"
  fish   runlit complete fish | source

With --next and the words behind '--', each line is a word that could stand there, a tab, and what
it is; the line ':files' means that any file could.
`;

async function complete(words: string[], options: { next?: true }): Promise<void> {
  if (!options.next) {
    const [shell, ...rest] = words;
    if (rest.length === 0 && SHELLS.includes(shell as Shell)) {
      return printRaw(shellScript(shell as Shell));
    }
    throw new UsageError(`'${words.join(" ")}' is no shell that is known: ${SHELLS.join(", ")}`);
  }
  try {
    const found = await completeLine(words);
    for (const { value, description } of found.words) print(`${value}\t${oneLine(description)}`);
    if (found.files) print(":files");
  } catch {
    // While somebody types, there is nobody to tell: without a word to offer, nothing is offered.
  }
}

function oneLine(text: string | undefined): string {
  return (text ?? "").replace(/\s+/g, " ").trim();
}
