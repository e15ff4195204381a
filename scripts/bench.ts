#!/usr/bin/env -S deno run --allow-read --allow-write --allow-env --allow-run
/**
 * Measures what is promised about speed, against a baseline in the same run.
 *
 *     npm run bench                    every row, on Node and Deno
 *     npm run bench -- start list      the rows whose names begin so
 *     npm run bench -- --deno --json   one runtime; a line of JSON for each comparison
 *     npm run bench -- --rounds=30     each side that often (20)
 *
 * How to add a row: `scripts/bench/harness/bench_row.ts`.
 *
 * @module
 */

import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { BenchRow, Comparison, RuntimeName } from "./bench/harness/bench_row.ts";
import { createBench } from "./bench/harness/create_bench.ts";
import { judge } from "./bench/harness/judge.ts";
import { ROOT } from "./house/root.ts";
import { runProgram } from "./house/run_program.ts";
import { NODE_TYPESCRIPT } from "./house/tools.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean" },
    node: { type: "boolean" },
    deno: { type: "boolean" },
    rounds: { type: "string", default: "20" },
  },
});
const runtimes = (["node", "deno"] as const).filter((name) => {
  return values[name] || (!values.node && !values.deno);
});

const built = await runProgram([...NODE_TYPESCRIPT, "scripts/build.ts"]);
if (!built.ok) throw new Error(`Cannot measure what cannot be built: ${built.output}`);
for (const row of await loadRows()) {
  if (!values.json) console.log(`${row.name}: ${row.summary}`);
  for (const runtime of runtimes) {
    const bench = createBench(runtime, Number(values.rounds));
    try {
      for (const comparison of [await row.run(bench)].flat()) report(row, runtime, comparison);
    } finally {
      rmSync(bench.temp, { recursive: true, force: true });
    }
  }
}

async function loadRows(): Promise<BenchRow[]> {
  const folder = join(ROOT, "scripts/bench");
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts")).sort();
  const rows: BenchRow[] = [];
  for (const file of files) {
    const { row } = await import(pathToFileURL(join(folder, file)).href) as { row: BenchRow };
    if (positionals.length === 0 || positionals.some((word) => row.name.startsWith(word))) {
      rows.push(row);
    }
  }
  if (rows.length === 0) {
    throw new Error(`No row's name begins with '${positionals.join("' or '")}'`);
  }
  return rows;
}

function report(row: BenchRow, runtime: RuntimeName, comparison: Comparison): void {
  const { label, baselineMs, subjectMs, rounds } = comparison;
  const limit = comparison.limit ?? row.budget[runtime] ?? {};
  const over = judge(comparison, limit);
  const ratio = subjectMs / baselineMs;
  const overMs = subjectMs - baselineMs;
  if (values.json) {
    const { name } = row;
    const measured = { name, label, runtime, baselineMs, subjectMs, ratio, overMs, rounds };
    console.log(JSON.stringify({ ...measured, limit, within: over.length === 0 }));
    return;
  }
  const verdict = over.length > 0
    ? over.join(", ").toUpperCase()
    : Object.keys(limit).length === 0
    ? "no budget"
    : "within budget";
  console.log([
    `  ${runtime}${label === "" ? "" : ` ${label}`}:`.padEnd(28),
    `${baselineMs.toFixed(1)} → ${subjectMs.toFixed(1)} ms`.padStart(22),
    `${ratio.toFixed(2)}×`.padStart(8),
    `${overMs < 0 ? "−" : "+"}${Math.abs(overMs).toFixed(1)} ms`.padStart(12),
    `  ${verdict}`,
  ].join(""));
}
