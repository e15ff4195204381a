/**
 * What a row of the benchmark is.
 *
 * @module
 */

/** Runtime that a row is measured on. */
export type RuntimeName = "node" | "deno";

/**
 * One row: a piece of work, compared with a baseline in the same run.
 *
 * To add one, write `scripts/bench/<name>.ts`; it is found by being there:
 *
 * ```ts
 * import type { Bench, BenchRow, Comparison } from "./harness/bench_row.ts";
 *
 * export const row: BenchRow = {
 *   name: "list",
 *   summary: "runlit list of 1,000 sealed runs, over runlit --version",
 *   budget: { node: { overMs: 50 }, deno: { overMs: 50 } },
 *   run,
 * };
 *
 * async function run(bench: Bench): Promise<Comparison> {
 *   // Prepare in bench.temp, which is removed afterwards. Nothing here is measured …
 *   return await bench.compare({
 *     // … but these, in turns. What they return counts if they time themselves.
 *     baseline: () => bench.spawn(bench.runlit("--version")),
 *     subject: () => bench.spawn(bench.runlit("list", "--json"), { cwd: bench.temp }),
 *   });
 * }
 * ```
 *
 * Work inside one process is measured by a program of its own (`scripts/bench/programs/x.mjs`, which
 * imports `../../../dist/mod.js`) that prints its milliseconds as its last line:
 * `subject: () => bench.timed(bench.program("scripts/bench/programs/x.mjs", "100"))`.
 */
export interface BenchRow {
  /** Word that names the row, and selects it: `npm run bench -- list`. */
  readonly name: string;
  /** What is compared with what. */
  readonly summary: string;
  /** Limits on each runtime. */
  readonly budget: Readonly<Partial<Record<RuntimeName, BenchLimit>>>;
  /** Measures on the runtime of `bench`; several comparisons make several lines. */
  readonly run: (bench: Bench) => Promise<Comparison | Comparison[]>;
}

/** What a subject may cost; each limit that is given has to hold. */
export interface BenchLimit {
  /** Subject over baseline. */
  readonly ratio?: number;
  /** Milliseconds that the subject may take longer than the baseline. */
  readonly overMs?: number;
  /** Milliseconds that the subject may take. */
  readonly ms?: number;
}

/** A piece of work; it returns its milliseconds if it measures them itself. */
export type Work = () => number | void | Promise<number | void>;

/** Two pieces of work to be measured in turns. */
export interface Pair {
  baseline: Work;
  subject: Work;
  /** What this line measures, where a row has several. Default: nothing. */
  label?: string;
  /** How often each is measured. Default: `bench.rounds`. */
  rounds?: number;
  /** What to take of the rounds. Default: `"min"`, which other programs disturb least. */
  statistic?: "min" | "median";
  /** Overrides the row's budget for this line. */
  limit?: BenchLimit;
}

/** What was measured, in milliseconds. */
export interface Comparison {
  readonly label: string;
  readonly baselineMs: number;
  readonly subjectMs: number;
  readonly rounds: number;
  readonly limit?: BenchLimit;
}

/** What a row measures with. */
export interface Bench {
  readonly runtime: RuntimeName;
  /** Rounds that the user asked for. */
  readonly rounds: number;
  /** Empty directory; removed when the row is over. */
  readonly temp: string;
  /** The command line that runs a JavaScript file on the runtime; paths start at the checkout. */
  program(file: string, ...args: string[]): string[];
  /** The command line that runs the built `runlit` on the runtime. */
  runlit(...args: string[]): string[];
  /** Runs a command line; its output is thrown away, its failure is not. */
  spawn(argv: readonly string[], options?: BenchSpawnOptions): void;
  /** Runs a command line, and returns the number on the last line that it prints. */
  timed(argv: readonly string[], options?: BenchSpawnOptions): number;
  /** Runs a pair in turns, once unmeasured and then as often as wanted. */
  compare(pair: Pair): Promise<Comparison>;
}

/** Options of `bench.spawn` and `bench.timed`. */
export interface BenchSpawnOptions {
  /** Working directory. Default: the row's temporary directory. */
  cwd?: string;
  /** Variables to add. */
  env?: Readonly<Record<string, string>>;
}
