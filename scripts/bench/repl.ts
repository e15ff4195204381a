/**
 * How long the prompt takes to come up.
 *
 * @module
 */

import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { programEnv } from "../house/run_program.ts";
import { DENO } from "../house/tools.ts";
import type { Bench, BenchRow, Comparison } from "./harness/bench_row.ts";

/** `runlit repl` over the runtime's own, both on a pseudo-terminal that `script` makes. */
export const row: BenchRow = {
  name: "repl",
  summary: "runlit repl from start to prompt, over the runtime's own REPL",
  budget: { node: { ratio: 2.5 }, deno: { ratio: 2 } },
  run,
};

async function run(bench: Bench): Promise<Comparison[]> {
  const cwd = join(bench.temp, "project");
  mkdirSync(join(cwd, ".runlit"), { recursive: true });
  const own = bench.runtime === "node" ? [process.execPath] : [DENO, "repl", "--quiet"];
  const ours = bench.runlit("repl", "--no-init");
  const env = { NO_COLOR: "1", TERM: "xterm", HOME: bench.temp };
  return [
    await bench.compare({
      label: "prompt",
      baseline: () => timeTo(own, [{ wait: /(?:^|\n|\r)> / }], cwd, env),
      subject: () => timeTo(ours, [{ wait: />>> / }], cwd, env),
    }),
    // The prompt is there before the session is: what was typed meanwhile has to wait for it.
    await bench.compare({
      label: "first answer",
      limit: {},
      baseline: () =>
        timeTo(own, [{ wait: /(?:^|\n|\r)> /, type: "40+2\r" }, { wait: /^42/m }], cwd, env),
      subject: () => timeTo(ours, [{ wait: />>> /, type: "40+2\r" }, { wait: /^42/m }], cwd, env),
    }),
  ];
}

interface Step {
  readonly wait: RegExp;
  readonly type?: string;
}

/** Milliseconds until what a program shows on a terminal has been what each step waits for. */
function timeTo(
  argv: readonly string[],
  steps: readonly Step[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const command = argv.map((word) => `'${word}'`).join(" ");
  const began = performance.now();
  const child = spawn("script", ["-qfec", command, "/dev/null"], {
    cwd,
    env: programEnv(env),
    stdio: ["pipe", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let shown = "";
    let step = 0;
    let measured: number | null = null;
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      shown += chunk.replaceAll(/\x1b\[[0-9;?]*[A-Za-z]/g, "");
      while (step < steps.length && steps[step].wait.test(shown)) {
        shown = "";
        const { type } = steps[step++];
        if (type !== undefined) child.stdin.write(type);
      }
      if (step < steps.length || measured !== null) return;
      measured = performance.now() - began;
      child.stdin.write("\x04");
      child.stdin.end();
    });
    child.on("error", reject);
    child.on("exit", () => {
      if (measured !== null) resolve(measured);
      else reject(new Error(`'${argv.join(" ")}' ended without what was waited for: ${shown}`));
    });
  });
}
