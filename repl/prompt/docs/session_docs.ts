/**
 * What is known about names that only an interactive session has.
 *
 * @module
 */

interface SessionDoc {
  readonly signature: string;
  readonly sentence: string;
  readonly example: string | null;
  readonly optionKeys?: readonly string[];
}

/** Names of the session itself. */
export const SESSION_DOCS: Readonly<Record<string, SessionDoc>> = {
  runs: {
    signature: "async function runs(options: RunsOptions = {}): Promise<RunInfo[]>",
    sentence: "The newest runs, as a table: 20 unless `limit` says otherwise.",
    example: 'const [newest] = await runs({ operation: "train", status: "completed" })',
    optionKeys: ["limit", "operation", "status"],
  },
  run: {
    signature: 'async function run(spec: string | number = "@latest"): Promise<RunInfo>',
    sentence: "A run by ID or the beginning of one, name, place in the list from 1, or the latest.",
    example: 'const first = await run("kafom")\nls(first.runDir)',
  },
  start: {
    signature: "async function start(operation?: string, config: Config = {}): Promise<Run>",
    sentence: "Makes a run of an operation of the project, and takes it through every phase.",
    example: 'await start("train", { lr: 0.1 })',
  },
  last: {
    signature: "const last: RunInfo | undefined",
    sentence: "The latest run, found anew whenever an input mentions it.",
    example: "ls(last.runDir)",
  },
  _: {
    signature: "const _: unknown",
    sentence: "The last result; `_3` is that of the third input. '.results' lists them.",
    example: "_.length",
  },
  _error: {
    signature: "const _error: unknown",
    sentence: "What was thrown last.",
    example: "_error.cause",
  },
  $: {
    signature: "function $(command: TemplateStringsArray, ...values: unknown[]): CommandBuilder",
    sentence: "Runs a shell command, with values quoted; dax's `$`.",
    example: "await $`git log -1 --format=%s`.text()",
  },
};
