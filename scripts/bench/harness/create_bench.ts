/**
 * What rows measure with, made for a runtime.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ROOT } from "../../house/root.ts";
import { programEnv } from "../../house/run_program.ts";
import { DENO } from "../../house/tools.ts";
import type { Bench, BenchSpawnOptions, Comparison, Pair, RuntimeName, Work } from "./bench_row.ts";

/** The runtimes, without anything that would make them look for a project; packages are found. */
const RUNTIMES: Readonly<Record<RuntimeName, readonly string[]>> = {
  node: [process.execPath],
  deno: [DENO, "run", "--allow-all", "--no-config", "--node-modules-dir=manual", "--quiet"],
};

/** Makes a bench with an empty temporary directory, which the caller removes. */
export function createBench(runtime: RuntimeName, rounds: number): Bench {
  const temp = mkdtempSync(join(tmpdir(), "runlit-bench-"));
  function program(file: string, ...args: string[]): string[] {
    return [...RUNTIMES[runtime], resolve(ROOT, file), ...args];
  }
  function execute(argv: readonly string[], options: BenchSpawnOptions, stdout: "ignore" | "pipe") {
    const { cwd = temp, env = {} } = options;
    const { status, error, stderr, stdout: printed } = spawnSync(argv[0], argv.slice(1), {
      cwd,
      env: programEnv(env),
      stdio: ["ignore", stdout, "pipe"],
      encoding: "utf8",
      maxBuffer: 1 << 30,
    });
    if (status !== 0) throw new Error(`'${argv.join(" ")}' failed: ${error?.message ?? stderr}`);
    return printed ?? "";
  }
  return {
    runtime,
    rounds,
    temp,
    program,
    runlit: (...args) => program("dist/scripts/runlit.js", ...args),
    spawn(argv, options = {}) {
      execute(argv, options, "ignore");
    },
    timed(argv, options = {}) {
      const last = execute(argv, options, "pipe").trimEnd().split("\n").at(-1) ?? "";
      if (!Number.isFinite(Number(last)) || last === "") {
        throw new Error(`'${argv.join(" ")}' has to end with its milliseconds, not with '${last}'`);
      }
      return Number(last);
    },
    compare: (pair) => compare(pair, rounds),
  };
}

async function compare(pair: Pair, wanted: number): Promise<Comparison> {
  const { baseline, subject, label = "", rounds = wanted, statistic = "min", limit } = pair;
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    const both = [await measure(baseline), await measure(subject)];
    // The first of each fills caches.
    if (round > 0) both.forEach((ms, index) => times[index].push(ms));
  }
  const [baselineMs, subjectMs] = times.map((list) => {
    list.sort((a, b) => a - b);
    return statistic === "min" ? list[0] : list[list.length >> 1];
  });
  return { label, baselineMs, subjectMs, rounds, limit };
}

async function measure(work: Work): Promise<number> {
  const began = performance.now();
  const own = await work();
  return own ?? performance.now() - began;
}
