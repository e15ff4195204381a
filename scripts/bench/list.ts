/**
 * How long a list of runs takes.
 *
 * @module
 */

import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newRunId } from "../../lib/meta/new_run_id.ts";
import type { Bench, BenchRow, Comparison } from "./harness/bench_row.ts";

/** A list of sealed runs, over the start of the command. */
export const row: BenchRow = {
  name: "list",
  summary: "runlit list of sealed runs, over runlit --version",
  budget: { node: { overMs: 50 }, deno: { overMs: 50 } },
  run,
};

async function run(bench: Bench): Promise<Comparison[]> {
  const compare = async (count: number, overMs: number): Promise<Comparison> => {
    const project = makeRuns(bench, count);
    return await bench.compare({
      label: `${count.toLocaleString("en")} runs`,
      baseline: () => bench.spawn(bench.runlit("--version")),
      subject: () => bench.spawn(bench.runlit("list", "--json"), { cwd: project }),
      rounds: Math.min(bench.rounds, 10),
      limit: { overMs },
    });
  };
  return [await compare(1_000, 50), await compare(10_000, 300)];
}

/** One run is made, the others are copies of its meta. */
function makeRuns(bench: Bench, count: number): string {
  const project = mkdtempSync(join(bench.temp, "project-"));
  writeFileSync(join(project, "runlit.toml"), '[op]\nexec = ["true"]\n');
  bench.spawn(bench.runlit("run", "--quiet", "--scope", "off"), { cwd: project });
  const runs = join(project, ".runlit", "runs");
  const zip = readdirSync(runs).find((name) => name.endsWith(".meta.zip"))!;
  for (let i = 1; i < count; i++) {
    const id = newRunId();
    mkdirSync(join(runs, id));
    copyFileSync(join(runs, zip), join(runs, `${id}.meta.zip`));
  }
  return project;
}
