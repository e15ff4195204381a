/**
 * Prints the milliseconds that a run takes in one process, or that starting `true` does: the
 * fastest quarter of many, since other programs can only make it slower.
 *
 *     run.mjs run|spawn <project> <count>
 */

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  execRun,
  finalizeRun,
  initRunMeta,
  makeRun,
  setDurability,
  stageRun,
} from "../../../dist/mod.js";

const [what, project, count] = process.argv.slice(2);
const runs = mkdtempSync(join(project, "..", "runs-"));
mkdirSync(runs, { recursive: true });
setDurability("fast");

const times = [];
for (let i = 0; i < Number(count); i++) {
  const start = performance.now();
  await (what === "run" ? wholeRun() : spawned());
  times.push(performance.now() - start);
}
rmSync(runs, { recursive: true });
times.sort((a, b) => a - b);
console.log(times[times.length >> 2]);

async function wholeRun() {
  const run = await makeRun(runs, { opref: { namespace: "bench", name: "op" } });
  await initRunMeta(run, {
    opdef: { name: "op", data: { exec: ["true"] } },
    cmd: { args: ["true"], env: {} },
  });
  await stageRun(run, project);
  await execRun(run);
  await finalizeRun(run);
}

function spawned() {
  return new Promise((resolve) => spawn("true", { stdio: "ignore" }).on("close", resolve));
}
