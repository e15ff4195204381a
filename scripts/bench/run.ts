/**
 * What a whole run costs.
 *
 * @module
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench, BenchRow, Comparison } from "./harness/bench_row.ts";

/** A run of `true` in a project of ten files, over the bare runtime, and in one process. */
export const row: BenchRow = {
  name: "run",
  summary:
    "a whole run of 'true' with 10 source files, unscoped, over the bare runtime saying hello",
  budget: { node: { overMs: 40 }, deno: { overMs: 70 } },
  run,
};

async function run(bench: Bench): Promise<Comparison[]> {
  const project = join(bench.temp, "project");
  mkdirSync(project);
  for (let i = 0; i < 10; i++) writeFileSync(join(project, `f${i}.py`), `x = ${i}\n`.repeat(100));
  writeFileSync(join(project, "runlit.toml"), '[op]\nexec = ["true"]\n');
  const hello = join(bench.temp, "hello.mjs");
  writeFileSync(hello, `console.log("hello");\n`);
  const baseline = () => bench.spawn(bench.program(hello));
  const command = (durability: string) => () =>
    bench.spawn(
      bench.runlit("run", "--quiet", "--scope", "off", "--durability", durability),
      { cwd: project },
    );
  const inProcess = (what: string) => () =>
    bench.timed(bench.program("scripts/bench/programs/run.mjs", what, project, "60"));
  return [
    await bench.compare({ label: "fast", baseline, subject: command("fast") }),
    await bench.compare({
      label: "durable",
      baseline,
      subject: command("safe"),
      limit: { overMs: bench.runtime === "node" ? 100 : 130 },
    }),
    await bench.compare({
      label: "in one process, over starting 'true'",
      baseline: inProcess("spawn"),
      subject: inProcess("run"),
      rounds: 3,
      limit: { ms: 5 },
    }),
  ];
}
