/**
 * What staging costs over a bare copy.
 *
 * @module
 */

import { execFileSync } from "node:child_process";
import { randomFillSync } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench, BenchRow, Comparison } from "./harness/bench_row.ts";

/** Copies, with hashes, over `cp -r`. */
export const row: BenchRow = {
  name: "stage",
  summary: "copying and hashing a project, over cp -r of it",
  budget: { node: { ratio: 1.15 }, deno: { ratio: 1.15 } },
  run,
};

async function run(bench: Bench): Promise<Comparison[]> {
  const small = join(bench.temp, "small");
  for (let i = 0; i < 2000; i++) {
    const dir = join(small, `d${i % 40}`);
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, `f${i}.py`), `x = ${i}\n`.repeat(100));
  }
  const large = join(bench.temp, "large");
  mkdirSync(large);
  for (let i = 0; i < 4; i++) {
    writeFileSync(join(large, `f${i}.bin`), randomFillSync(new Uint8Array(50 << 20)));
  }
  const copies = async (label: string, project: string): Promise<Comparison> =>
    await bench.compare({
      label,
      baseline: () => copy(project, join(bench.temp, "copy")),
      subject: () => bench.timed(bench.program("scripts/bench/programs/copy.mjs", project)),
      rounds: Math.min(bench.rounds, 10),
    });
  const staging: Comparison = await bench.compare({
    label: "2,000 small files, all of stageRun()",
    baseline: () => copy(small, join(bench.temp, "copy")),
    subject: () => bench.timed(bench.program("scripts/bench/programs/stage.mjs", small)),
    rounds: Math.min(bench.rounds, 10),
    limit: {},
  });
  return [
    await copies("2,000 small files", small),
    await copies("200 MB", large),
    staging,
  ];
}

function copy(from: string, to: string): number {
  const start = performance.now();
  execFileSync("cp", ["-r", from, to]);
  const ms = performance.now() - start;
  rmSync(to, { recursive: true });
  return ms;
}
