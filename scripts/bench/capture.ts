/**
 * What capturing a command's output costs.
 *
 * @module
 */

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Bench, BenchRow, Comparison } from "./harness/bench_row.ts";

/** Output of a command, stored with its index, over the same through `cat` into a file. */
export const row: BenchRow = {
  name: "capture",
  summary: "capturing output, over 'producer | cat > file'",
  // 500 MB in a second, and two million lines in a second.
  budget: {},
  run,
};

async function run(bench: Bench): Promise<Comparison[]> {
  const line = "0123456789".repeat(10).slice(1);
  const compare = async (label: string, producer: string): Promise<Comparison> =>
    await bench.compare({
      label,
      baseline: () => {
        const start = performance.now();
        execFileSync("/bin/sh", ["-c", `${producer} | cat > '${join(bench.temp, "out")}'`]);
        return performance.now() - start;
      },
      subject: () =>
        bench.timed(bench.program("scripts/bench/programs/capture.mjs", bench.temp, producer)),
      rounds: Math.min(bench.rounds, 5),
      limit: { ms: 1000 },
    });
  return [
    await compare("500 MB in lines of 100 bytes", `yes ${line} | head -c 500000000`),
    await compare("2 million short lines", "seq 2000000"),
  ];
}
