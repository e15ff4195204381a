/**
 * A session as a document.
 *
 * @module
 */

import { dirname, relative } from "node:path";
import { outcomeTexts } from "../../literate/match/outcome_texts.ts";
import { resolveOptions } from "../../literate/options/resolve_options.ts";
import { BLANK_LINE_MARK } from "../../literate/options/resolve_options.ts";
import type { RecordedInput } from "../recorded_input.ts";
import { isShellInput, withPrompts } from "../shell_input.ts";
import { maskVolatile } from "./mask_volatile.ts";
import { nameResults } from "./name_results.ts";

/** Options of {@linkcode renderDocument}. */
export interface RenderDocumentOptions {
  /** Absolute path that the document will have. */
  readonly path: string;
  /** Directory that the session began in. */
  readonly startDir: string;
  /** Default: that it is a session. */
  readonly title?: string | null;
}

/** A document, with how many examples are in it, and how many inputs are not. */
export interface RenderedDocument {
  readonly text: string;
  readonly examples: number;
  readonly skipped: number;
}

/**
 * Writes inputs with their output as a document: what is volatile becomes patterns, results that
 * later inputs use get names. Inputs that were interrupted, or no TypeScript, are left out.
 */
export async function renderDocument(
  inputs: readonly RecordedInput[],
  options: RenderDocumentOptions,
): Promise<RenderedDocument> {
  const { path, startDir, title } = options;
  const usable = inputs.filter(({ status, error, source }) =>
    (status === "value" || status === "error") && error?.name !== "SyntaxError" &&
    !/(?<![.\w$])_error\b/.test(source)
  );
  const examples: string[] = [];
  for (const input of await nameResults(usable)) examples.push(renderExample(input));
  // It runs where the session ran; elsewhere it would see other files.
  const dir = relative(dirname(path), startDir);
  const place = dir === "" ? "import.meta.dirname" : `path_join(import.meta.dirname, "${dir}")`;
  const front = `---\ninit: cd(${place})\n---\n`;
  const text = `${front}\n# ${title ?? "Session"}\n\n${examples.join("\n")}`;
  return { text, examples: examples.length, skipped: inputs.length - usable.length };
}

/** Stands for what is not said of a list. */
const REST = "…";

/**
 * A list of runs as a pattern; null for what is none. When the document runs, there are also the runs
 * of the session, and those that it makes itself: what holds is that runs are listed, in which columns.
 */
function listingOf({ source, printed, plain }: RecordedInput): string | null {
  if (plain === null || printed !== "") return null;
  const [head] = plain.split("\n");
  if (/^ *# +name +/.test(head)) return `${head.trim()}\n${REST}`;
  return plain === "[]" && /\bruns\(/.test(source) ? REST : null;
}

function renderExample(input: RecordedInput): string {
  const { source, error, printed, plain, shellExit } = input;
  const isShell = isShellInput(source);
  const output = plain === null ? printed : `${withEnd(printed)}${plain}\n`;
  const outcome = error !== null
    ? { output: withEnd(printed), error }
    : isShell
    ? { output, exitCode: shellExit ?? null }
    : { output };
  const [actual] = outcomeTexts(outcome, "", resolveOptions({}).errorDetail);
  const listing = listingOf(input);
  const { text, isPattern } = listing === null
    ? maskVolatile(actual.replace(/\n$/, ""), { source })
    : { text: listing, isPattern: false };
  const lines = actual === "" ? [] : text.split("\n")
    .map((line) => line.trim() === "" ? BLANK_LINE_MARK : line);
  const options: string[] = [];
  if (listing !== null) options.push(`+wildcard=${REST}`, "-space");
  if (isPattern) options.push("+parse");
  // Where the lines of a list or an object end depends on how long the values in it are.
  if (isPattern && plain !== null && /[[{(]/.test(plain)) options.push("-space");
  if (input.stderr) options.push("+stderr");
  if (/^\.\.\.(?: |$)/.test(lines[0] ?? "")) options.push("+oneline");
  // Such output would begin another example.
  if (lines.some((line) => /^ *>>>(?!>)|^\$ /.test(line))) {
    options.push("+skip");
    lines.length = 0;
  }
  const code = withPrompts(source.trimEnd()).split("\n").map((line) => `    ${line}`.trimEnd());
  if (options.length > 0) {
    code[code.length - 1] += `  ${isShell ? "#" : "//"} ${options.join(" ")}`;
  }
  return [...code, ...lines.map((line) => `    ${line}`.trimEnd())].join("\n") + "\n";
}

/** What a value stands below is on lines of its own. */
function withEnd(printed: string): string {
  return printed === "" || printed.endsWith("\n") ? printed : `${printed}\n`;
}
