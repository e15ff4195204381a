/**
 * What `runlit test` can be told.
 *
 * @module
 */

import type { Command } from "commander";
import { OPTION_TABLE } from "../../../repl/literate/options/option_table.ts";
import { REPORTER_NAMES } from "../../../repl/literate/report/create_reporter.ts";
import { canAsk } from "../confirm.ts";
import { parseDuration } from "../parse_duration.ts";
import { UsageError } from "../usage_error.ts";

/** Options of `runlit test`. */
export interface TestOptions {
  readonly update?: true;
  readonly review?: true;
  readonly watch?: true;
  readonly repl?: true;
  readonly filter?: string;
  readonly lastFailed?: true;
  readonly failFast?: true;
  readonly jobs?: number;
  readonly reporter: string;
  readonly timeout?: number;
  readonly documentTimeout?: number;
  readonly typecheck?: true;
  readonly coverage?: string;
}

/** Adds arguments, options and their help. */
export function defineTestOptions(command: Command): void {
  command
    .argument("[documents...]", "Markdown files, file:line of an example, directories or globs")
    .option("-u, --update", "rewrite the output that failed examples expect")
    .option("--review", "the same, but ask about each change")
    .option("-w, --watch", "run documents again when they change, until Ctrl-C")
    .option("--repl", "at the first failure, open a prompt with the document's state")
    .option("-f, --filter <text>", "report only examples with this text in them")
    .option("--last-failed", "only the examples that failed last time")
    .option("--fail-fast", "stop at the first failure")
    .option("-j, --jobs <count>", "documents at a time", positive)
    .option("-r, --reporter <name>", REPORTER_NAMES.join(", "), "pretty")
    .option("--timeout <time>", "time an example may take (default: 30s)", parseDuration)
    .option("--document-timeout <time>", "time a document may take (default: 10min)", parseDuration)
    .option("--typecheck", "check the types of examples too")
    .option("--coverage <dir>", "write V8's coverage there")
    .addHelpText("after", helpOfOptions);
}

/** What examples and documents can say, from the table that also reads it. */
function helpOfOptions(): string {
  const rows = OPTION_TABLE.map(({ name, kind, on, value, doc }) => {
    const takes = value === undefined ? "" : kind === "time" ? `=${value}` : `[=${value}]`;
    return `  ${`${on ? "-" : "+"}${name}${takes}`.padEnd(22)} ${on ? `off: ${doc}` : doc}`;
  });
  return [
    "",
    "Options of examples, in a comment behind the source (`>>> f()  // +parse -space`), or for a",
    "whole document in its front matter (`test-options: +parse`):",
    ...rows,
    "",
    "Exit code: 0 all passed, 1 some failed, 2 nothing was tested.",
    "",
  ].join("\n");
}

function positive(text: string): number {
  if (/^[1-9][0-9]*$/.test(text)) return Number(text);
  throw new UsageError(`'${text}' is not a number of documents`);
}

/**
 * Checks that the options go with each other, and with where they are used.
 *
 * @throws {UsageError} They do not.
 */
export function checkTestOptions({ update, review, repl, watch, reporter }: TestOptions): void {
  if ((update || review) && process.env.CI) {
    const name = update ? "--update" : "--review";
    throw new UsageError(`Documents are not updated where CI is set: run '${name}' and commit`);
  }
  if ((repl || review) && !canAsk()) {
    const instead = repl ? "" : ": '--update' writes every change";
    throw new UsageError(`'${repl ? "--repl" : "--review"}' needs a terminal${instead}`);
  }
  if (watch && (repl || reporter === "junit")) {
    throw new UsageError(`'--watch' does not go with '${repl ? "--repl" : "--reporter junit"}'`);
  }
}
