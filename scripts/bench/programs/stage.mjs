/**
 * Prints the milliseconds that staging a project takes.
 *
 *     stage.mjs <project>
 */

import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { initRunMeta, makeRun, setDurability, stageRun } from "../../../dist/mod.js";

const [project] = process.argv.slice(2);
const runs = mkdtempSync(join(project, "..", "runs-"));
setDurability("fast");
const run = await makeRun(runs, { opref: { namespace: "bench", name: "op" } });
await initRunMeta(run, {
  opdef: { name: "op", data: { sourcecode: "**/*" } },
  cmd: { args: ["true"], env: {} },
});
const start = performance.now();
await stageRun(run, project);
const ms = performance.now() - start;
rmSync(runs, { recursive: true });
console.log(ms);
