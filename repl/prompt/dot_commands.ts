/**
 * The commands of the prompt.
 *
 * @module
 */

import type { PromptContext } from "./context.ts";

/** A command: a dot and a word. */
export interface DotCommand {
  readonly name: string;
  /** Its arguments, for `.help`; empty for none. */
  readonly usage: string;
  /** What it does, beginning with a verb in lower case, without a final period. */
  readonly summary: string;
  /** What its argument is, for completion. */
  readonly completes?: "path" | "name" | "code";
  readonly run: (context: PromptContext, argument: string) => void | Promise<void>;
}

/** The commands, in the order in which `.help` shows them. */
export const DOT_COMMANDS: readonly DotCommand[] = [
  {
    name: ".help",
    usage: "[NAME]",
    summary: "say what there is, or what a name means",
    completes: "name",
    run: async (...args) => (await import("./commands/help.ts")).help(...args),
  },
  {
    name: ".runs",
    usage: "[COUNT]",
    summary: "list the newest runs",
    run: async (...args) => (await import("./commands/list_runs.ts")).listRuns(...args),
  },
  {
    name: ".time",
    usage: "EXPR",
    summary: "evaluate, and say how long it takes",
    completes: "code",
    run: async (...args) => (await import("./commands/time.ts")).time(...args),
  },
  {
    name: ".results",
    usage: "",
    summary: "list results by the names they are kept under: _1, _2, …",
    run: async (context) => (await import("./commands/results.ts")).results(context),
  },
  {
    name: ".more",
    usage: "",
    summary: "show all of the last output, page by page",
    run: (context) => context.page(context.lastOutput),
  },
  {
    name: ".edit",
    usage: "",
    summary: "edit the last input in $VISUAL or $EDITOR",
    run: async (context) => (await import("./commands/edit.ts")).edit(context),
  },
  {
    name: ".load",
    usage: "FILE.ts|FILE.md",
    summary: "evaluate a script, or the examples of a document",
    completes: "path",
    run: async (...args) => (await import("./commands/load.ts")).load(...args),
  },
  {
    name: ".check",
    usage: "[FILE.md]",
    summary: "compare what pasted or loaded examples gave with what they expect",
    completes: "path",
    run: async (...args) => (await import("./commands/check.ts")).check(...args),
  },
  {
    name: ".continue",
    usage: "[skip]",
    summary: "evaluate what an interruption left, or all but the first of it",
    run: async (...args) => (await import("./commands/go_on.ts")).goOn(...args),
  },
  {
    name: ".doc",
    usage: "[TITLE]",
    summary: "begin the document that .save writes here",
    run: async (...args) => (await import("./commands/doc.ts")).doc(...args),
  },
  {
    name: ".save",
    usage: "FILE.ts|FILE.md",
    summary: "save the inputs as a script, or with their output as a document",
    completes: "path",
    run: async (...args) => (await import("./commands/save.ts")).save(...args),
  },
  {
    name: ".restart",
    usage: "[replay]",
    summary: "start the session anew, and evaluate its inputs again if wanted",
    run: (context, argument) => context.restart({ replay: argument === "replay" }),
  },
  {
    name: ".clear",
    usage: "",
    summary: "clear the screen",
    run: (context) => {
      if (process.env.TERM !== "dumb") context.print("\x1b[H\x1b[2J\x1b[3J");
    },
  },
  {
    name: ".exit",
    usage: "",
    summary: "leave; Ctrl-D does so too",
    run: (context) => context.exit(),
  },
];

/** Whether an entry is a command, and no number such as `.5`. */
export function isDotCommand(entry: string): boolean {
  return /^\s*\.[A-Za-z]\w*(?:\s|$)/.test(entry);
}

/** Carries out a command; any beginning that fits only one will do. */
export async function runDotCommand(context: PromptContext, entry: string): Promise<void> {
  const [, word, argument] = /^\s*(\.\w+)\s*([^]*?)\s*$/.exec(entry)!;
  const command = DOT_COMMANDS.find(({ name }) => name === word);
  if (command !== undefined) return await command.run(context, argument);
  const { suggest } = await import("../../lib/suggest.ts");
  const near = suggest(word, DOT_COMMANDS.map(({ name }) => name));
  context.note(
    `There is no command '${word}'${near === null ? "" : `: did you mean '${near}'?`}; ` +
      "'.help' lists them",
  );
}
