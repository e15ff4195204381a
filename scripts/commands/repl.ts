/**
 * `runlit repl`: a prompt in which runs are at hand.
 *
 * @module
 */

import type { Command } from "commander";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { PromptOptions } from "../../repl/prompt/start_prompt.ts";
import { settings } from "../cli/settings.ts";
import { usesColor } from "../cli/styled.ts";
import { addWorkspaceOptions, openWorkspace, type WorkspaceOptions } from "../cli/workspace.ts";

interface ReplOptions extends WorkspaceOptions {
  eval: string[];
  load: string[];
  init: boolean;
}

export function define(command: Command): void {
  addWorkspaceOptions(command)
    .option("-e, --eval <code>", "evaluate first; may be repeated", collect, [])
    .option("--load <file>", "load a script or a document first; may be repeated", collect, [])
    .option("--no-init", "do not evaluate the 'repl.ts' of the project and of the user")
    .addHelpText("after", NOTES)
    .action(repl);
}

const NOTES = `
Without a terminal, standard input is a script; the first error ends it with exit code 1.

Startup files are 'repl.ts' of the project, then '~/.config/runlit/repl.ts'.

On Deno the prompt needs --allow-read --allow-env --allow-sys --allow-run, and --allow-write for the
project; what code needs beyond that is named, with its flag, when it needs it.
`;

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

async function repl(options: ReplOptions): Promise<void> {
  if (options.directory !== undefined) process.chdir(resolve(options.directory));
  const { location, runsDir } = await openWorkspace({ runs: options.runs });
  const config = process.env.XDG_CONFIG_HOME || join(homedir(), ".config");
  const prompt: PromptOptions = {
    projectDir: location.dir,
    projectFile: location.file,
    runsDir,
    color: usesColor("stdout"),
    init: options.init ? [join(location.dir, "repl.ts"), join(config, "runlit", "repl.ts")] : [],
    evaluate: options.eval,
    load: options.load,
    quiet: settings.quiet,
  };
  if (process.stdin.isTTY && process.stdout.isTTY) {
    const { startPrompt } = await import("../../repl/prompt/start_prompt.ts");
    process.exit(await startPrompt(prompt));
  }
  const { runInput } = await import("../../repl/prompt/run_input.ts");
  process.exitCode = await runInput(await readInput(), prompt);
}

async function readInput(): Promise<string> {
  const chunks: Uint8Array[] = [];
  // A terminal whose output goes elsewhere has nothing to say.
  if (process.stdin.isTTY) return "";
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
