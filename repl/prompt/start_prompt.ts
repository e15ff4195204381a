/**
 * The interactive session: prompt, evaluation, output.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { wrapWords } from "../display/wrap_words.ts";
import { banner } from "./banner.ts";
import { completeEntry } from "./complete/complete_entry.ts";
import { missingPermissions } from "./child/granted_permissions.ts";
import type { PromptContext } from "./context.ts";
import { isDotCommand, runDotCommand } from "./dot_commands.ts";
import { historyPath } from "./editor/history_path.ts";
import { openHistory } from "./editor/history.ts";
import { readEntry } from "./editor/read_entry.ts";
import { openTerminal } from "./editor/terminal.ts";
import { examplesOf, type InputExample } from "./examples_of.ts";
import { liveSession } from "./live_session.ts";
import { pageText } from "./page_text.ts";
import { isShellInput } from "./shell_input.ts";

/** Options of {@linkcode startPrompt}. */
export interface PromptOptions {
  readonly projectDir: string;
  readonly projectFile: string | null;
  /** Absolute path of the runs directory, which need not exist. */
  readonly runsDir: string;
  readonly color: boolean;
  /** Files that are evaluated first, those that exist. */
  readonly init: readonly string[];
  /** Sources that are evaluated then, and files to load. */
  readonly evaluate: readonly string[];
  readonly load: readonly string[];
  readonly quiet: boolean;
}

/** The smallest set that is of use; writing to the project comes with the first run. */
const SMALLEST = "--allow-read --allow-env --allow-sys --allow-run";

/** Runs an interactive session on the terminal; returns the exit code. */
export async function startPrompt(options: PromptOptions): Promise<number> {
  const { projectDir, runsDir, color } = options;
  const missing = missingPermissions();
  if (missing.length > 0) {
    throw new Error(
      `Cannot start a session: its process needs ${missing.join(" ")}, and is not given what ` +
        `this one was not given; start with 'deno run ${SMALLEST}'`,
    );
  }
  const startDir = process.cwd();
  let exitCode: number | null = null;
  let hungUp: () => void = () => {};
  const terminal = openTerminal(() => {
    exitCode ??= 129;
    hungUp();
  });
  const dim = (text: string) => color ? `\x1b[2m${text}\x1b[22m` : text;
  const write = (text: string) => terminal.print(text.replaceAll(/\r?\n/g, "\r\n"));
  const print = (line = "") => write(`${line}\n`);
  const note = (line: string) => {
    // What has been broken into lines already, such as source, keeps its indents.
    const lines = line.split("\n").flatMap((each) =>
      each.startsWith(" ") || /^(?:>>>|\.\.\.|[$>]) /.test(each)
        ? each
        : wrapWords(each, terminal.columns)
    );
    for (const each of lines) print(dim(each));
  };

  const live = liveSession({
    terminal,
    projectDir,
    runsDir,
    startDir,
    color,
    write,
    print,
    note,
    exitCode: () => exitCode,
    exit: (code) => void (exitCode ??= code),
    onStart: initialize,
  });
  // Loaded once the prompt is there.
  const check = async (text: string) => {
    return await (await import("../session/check_input.ts")).checkInput(text);
  };
  setImmediate(() => check(""));
  const history = openHistory(historyPath(projectDir), { onWarning: note });

  async function initialize(): Promise<void> {
    context.documentStart = 0;
    const files = options.init.filter((file) => existsSync(file));
    if (files.length === 0) return;
    const { load } = await import("./commands/load.ts");
    for (const file of files) {
      await load(context, file);
      if (live.inputs.at(-1)?.error) note(`in '${file}'; --no-init starts without it`);
    }
    live.forget();
  }

  const context: PromptContext = {
    projectDir,
    runsDir,
    startDir,
    color,
    documentStart: 0,
    documentTitle: null,
    nextText: "",
    get cwd() {
      return live.cwd;
    },
    get columns() {
      return terminal.columns;
    },
    get rows() {
      return terminal.rows;
    },
    get session() {
      return live.process;
    },
    get inputs() {
      return live.inputs;
    },
    get lastOutput() {
      return live.lastOutput;
    },
    print,
    note,
    evaluate: live.evaluate,
    queue: live.queue,
    restart: live.restart,
    page: (text) => pageText(text, terminal, color),
    lend: (use) => terminal.lend(use),
    exit() {
      exitCode ??= 0;
    },
  };

  async function loop(): Promise<void> {
    if (!options.quiet) print(banner({ ...options, columns: terminal.columns }));
    await initialize();
    for (const source of options.evaluate) {
      if (exitCode === null) await live.evaluate(source);
    }
    if (options.load.length > 0) {
      const { load } = await import("./commands/load.ts");
      for (const file of options.load) {
        if (exitCode === null) await load(context, file);
      }
    }
    let pasted: PastedExamples = { text: "", examples: [] };
    let hinted = false;
    while (exitCode === null) {
      await live.recover();
      live.queue.tellLeft();
      const text = context.nextText;
      context.nextText = "";
      const entry = await readEntry({
        terminal,
        history,
        color,
        text,
        isComplete: async (text) =>
          isDotCommand(text) || pasted.text === text ||
          (isShellInput(text) && !/\\$/.test(text)) ||
          (await check(text)).status !== "incomplete",
        complete: (text, cursor) => completeEntry(context, text, cursor),
        async onPaste(given) {
          const examples = await examplesOf(given);
          if (examples.length === 0) return given.replace(/\n$/, "");
          const text = examples.map(({ source }) => source).join("\n");
          pasted = { text, examples };
          return text;
        },
      });
      if (entry.kind === "end") break;
      if (entry.kind === "cancel") {
        if (!hinted) note("Ctrl-D or .exit leaves");
        hinted = true;
        continue;
      }
      history.add(entry.text);
      if (entry.text.trim() === "") continue;
      if (isDotCommand(entry.text)) await attempt(() => runDotCommand(context, entry.text));
      else if (pasted.text !== entry.text) await live.evaluate(entry.text);
      else if (pasted.examples.length > 1) await live.queue.evaluateAll(pasted.examples);
      else await live.evaluate(entry.text, pasted.examples[0].expected);
      pasted = { text: "", examples: [] };
    }
  }

  async function attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      print(color ? `\x1b[31m${(error as Error).message}\x1b[39m` : (error as Error).message);
    }
  }

  const gone = new Promise<void>((resolve) => {
    hungUp = resolve;
    for (const [signal, code] of [["SIGTERM", 143], ["SIGHUP", 129]] as const) {
      process.on(signal, () => {
        exitCode ??= code;
        resolve();
      });
    }
  });
  try {
    await Promise.race([loop(), gone]);
  } finally {
    exitCode ??= 0;
    terminal.close();
    await live.process.end();
  }
  return exitCode;
}

/** Examples that were pasted, and the text that they became. */
interface PastedExamples {
  readonly text: string;
  readonly examples: readonly InputExample[];
}
