/**
 * Reports for people.
 *
 * @module
 */

import type { DocumentErrorEvent, ExampleEvent, Reporter, TestEvent } from "./events.ts";
import { showControls } from "./_show_controls.ts";
import { summaryLine } from "./summary_line.ts";

/** Options of {@linkcode prettyReporter}. */
export interface PrettyReporterOptions {
  /** Whether to use colours. Default: false. */
  readonly color?: boolean;
  /** Whether to list examples that passed and were skipped too. Default: false. */
  readonly verbose?: boolean;
  /** Whether to say nothing of documents without failures. Default: false. */
  readonly quiet?: boolean;
}

type Paint = (text: string) => string;

/** Makes a reporter whose text is for reading: a line for each document, failures in full. */
export function prettyReporter(options: PrettyReporterOptions = {}): Reporter {
  const { color = false, verbose = false, quiet = false } = options;
  const paint = (code: number): Paint => (text) => color ? `\x1b[${code}m${text}\x1b[0m` : text;
  const [red, green, yellow, dim, bold] = [31, 32, 33, 2, 1].map(paint);
  const painted = { red, green, dim, bold };
  return (event: TestEvent): string => {
    switch (event.type) {
      case "document-start":
        return event.trial === undefined || event.trial === 1
          ? ""
          : `${event.document}: trial ${event.trial}\n`;
      case "document-error":
        return documentError(event, painted);
      case "example": {
        if (event.status === "failed") return failure(event, painted);
        if (!verbose) return "";
        const mark = event.status === "passed" ? green("ok") : yellow("skip");
        const why = event.reason === undefined ? "" : dim(` (${event.reason})`);
        return `${mark} ${place(event)} ${dim(firstLine(event.source))}${why}\n`;
      }
      case "document-end": {
        if (quiet && event.failed === 0) return "";
        const mark = event.failed === 0 ? green("ok") : red("FAIL");
        const time = dim(`(${Math.round(event.durationMs)} ms)`);
        return `${mark} ${event.document}: ${summaryLine(event)} ${time}\n`;
      }
      case "summary": {
        const line = summaryLine(event);
        return `${event.failed > 0 ? red(line) : event.passed > 0 ? green(line) : line}\n`;
      }
      default:
        return "";
    }
  };
}

interface Painted {
  readonly red: Paint;
  readonly green: Paint;
  readonly dim: Paint;
  readonly bold: Paint;
}

function failure(event: ExampleEvent, { red, green, dim, bold }: Painted): string {
  const prompts = event.language === "ts" ? [">>> ", "... "] : ["$ ", "> "];
  const source = event.source.split("\n").map((line, i) =>
    `    ${prompts[i === 0 ? 0 : 1]}${showControls(line)}`
  );
  const diff = (event.failure?.diff ?? []).map((line) => {
    const shown = `    ${showControls(line)}`;
    if (line.startsWith("-")) return red(shown);
    if (line.startsWith("+")) return green(shown);
    return line.startsWith("@@") ? dim(shown) : shown;
  });
  const { reason = "", line = null, stderr = "", separator = false } = event.failure ?? {};
  const where = line === null ? "" : `${event.document}:${line}: `;
  const why = showControls(where + reason);
  return [
    ...(separator === false ? [] : [showControls(separator)]),
    `${red("FAIL")} ${bold(place(event))}`,
    ...source,
    ...(diff.length === 0 ? [] : ["", ...diff]),
    "",
    ...why.split("\n").map((line) => `    ${line}`),
    ...(stderr === "" ? [] : ["", ...stderrLines(stderr).map(dim)]),
    "",
    "",
  ].join("\n");
}

function stderrLines(text: string): string[] {
  return text.trimEnd().split("\n").map((line) => `    stderr: ${showControls(line)}`);
}

function documentError(event: DocumentErrorEvent, { red, bold }: Painted): string {
  const where = event.line === undefined ? event.document : `${event.document}:${event.line}`;
  return `${red("ERROR")} ${bold(where)}\n    ${showControls(event.message)}\n\n`;
}

function place(event: ExampleEvent): string {
  return `${event.document}:${event.line}`;
}

function firstLine(source: string): string {
  return showControls(source.split("\n", 1)[0]);
}
