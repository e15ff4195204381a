/**
 * What a batch costs.
 *
 * @module
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench, BenchRow, Comparison } from "./harness/bench_row.ts";

/** Trials of a script one after the other, over a shell that starts it as often. */
export const row: BenchRow = {
  name: "batch",
  summary: "20 trials of say.py with --jobs 1, over a shell loop of the same 20",
  budget: { node: { ratio: 1.5 }, deno: { ratio: 1.5 } },
  run,
};

const SAY = `import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--msg", default="hello")
parser.add_argument("--loud", action="store_true")

args = parser.parse_args()
print(args.msg.upper() if args.loud else args.msg)
`;

async function run(bench: Bench): Promise<Comparison[]> {
  const project = join(bench.temp, "project");
  mkdirSync(project);
  writeFileSync(join(project, "say.py"), SAY);
  const values = Array.from({ length: 20 }, (_, i) => `m${i}`);
  const loop = `for msg in ${values.join(" ")}; do python3 -u say.py --msg $msg; done`;
  const baseline = () => bench.spawn(["sh", "-c", loop], { cwd: project });
  const batch = (...options: string[]) => () =>
    bench.spawn(
      bench.runlit("run", "say.py", `msg=[${values.join(",")}]`, "--quiet", ...options),
      { cwd: project },
    );
  const rounds = Math.min(bench.rounds, 10);
  const unscoped = batch("--scope", "off");
  return [
    await bench.compare({ label: "unscoped", baseline, subject: unscoped, rounds }),
    await bench.compare({
      label: "unscoped, in Guild's layout",
      baseline,
      subject: batch("--scope", "off", "--layout", "guild"),
      rounds,
    }),
    await bench.compare({
      label: "unscoped, fast",
      baseline,
      subject: batch("--scope", "off", "--durability", "fast"),
      rounds,
    }),
    // A shell scopes nothing: this may cost what 20 scopes do.
    await bench.compare({
      label: "scoped, over unscoped",
      baseline: unscoped,
      subject: batch(),
      rounds,
      limit: { overMs: 20 * 30 },
    }),
  ];
}
