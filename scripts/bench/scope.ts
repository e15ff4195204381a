/**
 * What a scope costs.
 *
 * @module
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench, BenchRow, Comparison } from "./harness/bench_row.ts";

/** A run of `true` whose run phase is scoped, over one that is not. */
export const row: BenchRow = {
  name: "scope",
  summary: "a run of 'true' that is scoped, over the same unscoped (aim: 15 ms more)",
  budget: { node: { overMs: 30 }, deno: { overMs: 30 } },
  run,
};

/** The least that any sandbox of this kind takes on this machine. */
const BARE =
  "bwrap --unshare-user --unshare-ipc --unshare-pid --unshare-uts --die-with-parent --new-session " +
  "--ro-bind / / --proc /proc --dev /dev --cap-drop ALL -- true";

async function run(bench: Bench): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  if (bench.runtime === "node") {
    comparisons.push(
      await bench.compare({
        label: "bare bubblewrap",
        baseline: () => bench.spawn(["true"]),
        subject: () => bench.spawn(BARE.split(" ")),
        limit: {},
      }),
    );
  }
  for (const profile of ["default", "strict"]) {
    const project = join(bench.temp, profile);
    mkdirSync(project);
    writeFileSync(join(project, "train.py"), "lr = 0.1\n");
    const lines = ["[op]", 'exec = ["true"]', `permissions = "${profile}"`, ""];
    writeFileSync(join(project, "runlit.toml"), lines.join("\n"));
    const command = (policy: string) => () =>
      bench.spawn(
        bench.runlit("run", "--quiet", "--scope", policy, "--durability", "fast"),
        { cwd: project },
      );
    comparisons.push(
      await bench.compare({
        label: `profile ${profile}`,
        baseline: command("off"),
        subject: command("require"),
      }),
    );
  }
  return comparisons;
}
