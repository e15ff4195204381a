/**
 * How long documents take.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench, BenchRow, Comparison } from "./harness/bench_row.ts";

/** Whole processes, over Python's doctest on the same examples. */
export const row: BenchRow = {
  name: "documents",
  summary: "runlit test, over python3 -m doctest on the same examples",
  budget: { node: { ratio: 2 }, deno: { ratio: 2 } },
  run,
};

async function run(bench: Bench): Promise<Comparison[]> {
  if (spawnSync("python3", ["--version"]).status !== 0) {
    throw new Error("Cannot compare with doctest: 'python3' is missing; install it");
  }
  const one = join(bench.temp, "one.md");
  writeFileSync(one, examples(5000));
  const fifty = join(bench.temp, "fifty");
  mkdirSync(fifty);
  const files = Array.from({ length: 50 }, (_, i) => join(fifty, `d${i}.md`));
  for (const file of files) writeFileSync(file, examples(100));
  // Fifty times a process that does nothing is what isolation costs at least.
  const nothing = join(bench.temp, "nothing.mjs");
  writeFileSync(nothing, "");
  return [
    await bench.compare({
      label: "1 × 5,000",
      baseline: () => bench.spawn(["python3", "-m", "doctest", one]),
      subject: () => bench.spawn(bench.runlit("test", one)),
    }),
    await bench.compare({
      label: "50 × 100, over 50 starts",
      rounds: Math.ceil(bench.rounds / 4),
      limit: { ratio: bench.runtime === "deno" ? 4.5 : 3 },
      baseline: () => files.forEach(() => bench.spawn(bench.program(nothing))),
      subject: () => bench.spawn(bench.runlit("test", "--jobs", "1", fifty)),
    }),
    await bench.compare({
      label: "50 × 100, jobs over one",
      rounds: Math.ceil(bench.rounds / 4),
      limit: {},
      baseline: () => bench.spawn(bench.runlit("test", "--jobs", "1", fifty)),
      subject: () => bench.spawn(bench.runlit("test", fifty)),
    }),
  ];
}

/** Examples that are Python and TypeScript alike. */
function examples(count: number): string {
  const lines = ["# Sums", ""];
  for (let i = 0; i < count; i++) {
    lines.push(`Sum ${i}.`, "", `    >>> ${i} + 1`, `    ${i + 1}`, "");
  }
  return lines.join("\n");
}
