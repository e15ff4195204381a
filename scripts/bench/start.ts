/**
 * How long `runlit` takes to start.
 *
 * @module
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench, BenchRow, Comparison } from "./harness/bench_row.ts";

/** `runlit --version` over a program that prints a word. */
export const row: BenchRow = {
  name: "start",
  summary: "runlit --version, over the bare runtime saying hello",
  budget: { node: { ratio: 1.3 }, deno: { overMs: 25 } },
  run,
};

async function run(bench: Bench): Promise<Comparison[]> {
  const hello = join(bench.temp, "hello.mjs");
  writeFileSync(hello, `console.log("hello");\n`);
  const baseline = () => bench.spawn(bench.program(hello));
  return [
    await bench.compare({ baseline, subject: () => bench.spawn(bench.runlit("--version")) }),
    // What every command pays before it does anything.
    await bench.compare({
      label: "version command",
      baseline,
      subject: () => bench.spawn(bench.runlit("version")),
      limit: {},
    }),
  ];
}
