/**
 * The interactive session: prompt, evaluation, output.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { wrapWords } from "../display/wrap_words.ts";
import { banner } from "./banner.ts";
import { type EvaluatedInput, startSession } from "./child/session_process.ts";
import { checkInput } from "../session/check_input.ts";
import { completeEntry } from "./complete/complete_entry.ts";
import type { PromptContext } from "./context.ts";
import { isDotCommand, runDotCommand } from "./dot_commands.ts";
import { historyPath } from "./editor/history_path.ts";
import { openHistory } from "./editor/history.ts";
import { readEntry } from "./editor/read_entry.ts";
import { openTerminal } from "./editor/terminal.ts";
import { examplesOf, type InputExample } from "./examples_of.ts";
import { pageText } from "./page_text.ts";
import type { RecordedInput } from "./recorded_input.ts";
import { cutOutput, formatSessionError } from "./show_input.ts";
import { untilOver } from "./until_over.ts";

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

/** Runs an interactive session on the terminal; returns the exit code. */
export async function startPrompt(options: PromptOptions): Promise<number> {
  const { projectDir, runsDir, color } = options;
  const startDir = process.cwd();
  let exitCode: number | null = null;
  let hungUp: () => void = () => {};
  const terminal = openTerminal(() => {
    exitCode ??= 129;
    hungUp();
  });
  const dim = (text: string) => color ? `\x1b[2m${text}\x1b[22m` : text;
  const write = (text: string) => terminal.write(text.replaceAll(/\r?\n/g, "\r\n"));
  const print = (line = "") => write(`${line}\n`);
  const note = (line: string) => {
    // What has been broken into lines already, such as source, keeps its indents.
    const lines = line.split("\n").flatMap((each) =>
      each.startsWith(" ") || /^(?:>>>|\.\.\.) /.test(each)
        ? each
        : wrapWords(each, terminal.columns)
    );
    for (const each of lines) print(dim(each));
  };

  let inputs: RecordedInput[] = [];
  let cwd = startDir;
  let column = 0;
  let quiet = false;
  let lastOutput = "";
  let session = newSession();
  const history = openHistory(historyPath(projectDir), { onWarning: note });

  function newSession() {
    const started = startSession({
      document: join(startDir, "repl.ts"),
      projectDir,
      runsDir,
      onOutput(text) {
        if (quiet) return;
        write(text);
        column = text.endsWith("\n") ? 0 : 1;
      },
      onLateError: (short) => print(`Uncaught (nobody waited for it) ${short}`),
      onEnd({ code, signal }) {
        if (started !== session || exitCode !== null) return;
        lost = signal ?? `exit code ${code}`;
      },
    });
    return started;
  }
  let lost: string | null = null;

  async function evaluate(
    source: string,
    expected: InputExample["expected"] | null = null,
  ): Promise<RecordedInput> {
    const number = inputs.length + 1;
    column = 0;
    const asked = session.evaluate(source, { number, width: terminal.columns, color });
    const result = quiet ? await asked : await untilOver(asked, {
      session,
      terminal,
      note,
      canStop: process.versions.deno === undefined,
    });
    if (column > 0) print();
    const input = record(number, source, result === "restart" ? null : result, expected);
    inputs = [...inputs, input];
    if (result === "restart") await offerReplay();
    else if (result === null) await recover();
    else if (!quiet) show(result, source);
    return input;
  }

  function show(result: EvaluatedInput, source: string): void {
    cwd = result.cwd;
    if (result.status === "exit") exitCode ??= result.exitCode ?? 0;
    if (result.error) print(formatSessionError(result.error, source, color));
    if (result.status === "interrupted") note("Interrupted; the session goes on");
    lastOutput = `${result.printed}${result.shown ?? ""}`;
    if (result.shown === null) return;
    const { text, cut } = cutOutput(result.shown, terminal.rows);
    print(text);
    if (cut) {
      note(`… ${result.shown.split("\n").length - text.split("\n").length} more lines: .more`);
    }
  }

  /** The process of the session is gone. */
  async function recover(): Promise<void> {
    if (exitCode !== null) return;
    note(`The session's process has ended (${lost ?? "no reason known"})`);
    lost = null;
    await offerReplay();
  }

  async function offerReplay(): Promise<void> {
    const good = inputs.filter((input) => input.status === "value").length;
    if (good === 0) return await restart({ replay: false });
    terminal.write(
      `Evaluate the ${good === 1 ? "earlier input" : `${good} earlier inputs`} again? [y/N] `,
    );
    const answer = await new Promise<string>((resolve) =>
      terminal.listen((key) => {
        resolve(key.text);
      })
    );
    terminal.listen(null);
    const replay = /^y/i.test(answer);
    print(replay ? "yes" : "no");
    await restart({ replay });
  }

  async function restart({ replay }: { replay: boolean }): Promise<void> {
    const before = inputs.filter((input) => input.status === "value");
    const old = session;
    session = newSession();
    await old.end();
    inputs = [];
    context.documentStart = 0;
    cwd = startDir;
    await initialize();
    if (!replay) return note("The session starts anew");
    quiet = true;
    for (const { source, expected } of before) {
      const { error } = await evaluate(source, expected);
      if (error === null) continue;
      print(`${source.split("\n")[0]} …`);
      print(formatSessionError(error, source, color));
    }
    quiet = false;
    note(`Evaluated ${before.length === 1 ? "an input" : `${before.length} inputs`} again`);
  }

  async function initialize(): Promise<void> {
    const { load } = await import("./commands/load.ts");
    for (const file of options.init.filter((file) => existsSync(file))) await load(context, file);
    if (options.init.length > 0) inputs = [];
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
      return cwd;
    },
    get columns() {
      return terminal.columns;
    },
    get rows() {
      return terminal.rows;
    },
    get session() {
      return session;
    },
    get inputs() {
      return inputs;
    },
    get lastOutput() {
      return lastOutput;
    },
    print,
    note,
    evaluate,
    restart,
    page: (text) => pageText(text, terminal, color),
    lend: (use) => terminal.lend(use),
    exit() {
      exitCode ??= 0;
    },
  };

  async function loop(): Promise<void> {
    if (!options.quiet) print(banner(options));
    if (options.init.some((file) => existsSync(file))) await initialize();
    for (const source of options.evaluate) await evaluate(source);
    if (options.load.length > 0) {
      const { load } = await import("./commands/load.ts");
      for (const file of options.load) await load(context, file);
    }
    let pasted: PastedExamples = { text: "", examples: [] };
    let hinted = false;
    while (exitCode === null) {
      if (lost !== null) await recover();
      const text = context.nextText;
      context.nextText = "";
      const entry = await readEntry({
        terminal,
        history,
        color,
        text,
        isComplete: async (text) =>
          isDotCommand(text) || pasted.text === text ||
          (await checkInput(text)).status !== "incomplete",
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
      else if (pasted.text === entry.text) {
        for (const { source, expected } of pasted.examples) {
          if (pasted.examples.length > 1) note(`>>> ${source.replaceAll("\n", "\n... ")}`);
          const { status } = await evaluate(source, expected);
          if (exitCode !== null || status === "interrupted" || status === "ended") break;
        }
      } else await evaluate(entry.text);
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
    await session.end();
  }
  return exitCode;
}

/** Examples that were pasted, and the text that they became. */
interface PastedExamples {
  readonly text: string;
  readonly examples: readonly InputExample[];
}

function record(
  number: number,
  source: string,
  result: EvaluatedInput | null,
  expected: InputExample["expected"] | null,
): RecordedInput {
  if (result === null) {
    const nothing = { printed: "", plain: null, error: null, durationMs: 0 };
    return { number, source, status: "ended", ...nothing, expected };
  }
  const { status, printed, plain, error, durationMs } = result;
  return { number, source, status, printed, plain, error, durationMs, expected };
}
