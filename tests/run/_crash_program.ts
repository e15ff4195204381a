/**
 * A program that takes a run through its life and is killed at the n-th change to the file system.
 *
 * @module
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../../scripts/house/root.ts";
import { type ProgramResult, runProgram } from "../../scripts/house/run_program.ts";
import { DENO, NODE } from "../../scripts/house/tools.ts";

/** What changes something on disk; `openSync` only where it may create a file. */
const CHANGES = [
  "appendFileSync",
  "chmodSync",
  "fchmodSync",
  "fsyncSync",
  "linkSync",
  "mkdirSync",
  "openSync",
  "renameSync",
  "rmSync",
  "rmdirSync",
  "symlinkSync",
  "unlinkSync",
  "writeFileSync",
  "writeSync",
];

const KILLER = `
const fs = process.getBuiltinModule("node:fs");
const real = { ...fs };
let count = 0;
process.on("exit", () => console.log(count));
const killer = {};
for (const name of ${JSON.stringify(CHANGES)}) {
  killer[name] = (...args) => {
    const reads = name === "openSync" && (args[1] === "r" || args[1] === 0 || args[1] === undefined);
    if (!reads && ++count === Number(process.env.CRASH_AT)) process.kill(process.pid, "SIGKILL");
    return real[name](...args);
  };
}
`;

const PROGRAM = (library: (name: string) => string) => `
const { makeRun } = await import(${library("run/make_run")});
const { initRunMeta } = await import(${library("run/init_run_meta")});
const { stageRun } = await import(${library("run/stage_run")});
const { execRun } = await import(${library("run/exec_run")});
const { finalizeRun } = await import(${library("run/finalize_run")});
const [project, runs, id] = process.argv.slice(-3);
const run = await makeRun(runs, { id, opref: { namespace: "test", name: "op" } });
await initRunMeta(run, {
  opdef: { name: "op", data: { sourcecode: "*.py", config: "a.py", depends: "data/*" } },
  cmd: { args: ["sh", "-c", "echo hi; echo 1 > out"], env: {} },
  config: { x: 5 },
  userAttrs: { label: "crash" },
});
await stageRun(run, project);
await execRun(run);
await finalizeRun(run);
`;

/** Writes the program to a directory; returns what starts it. */
export function crashProgram(
  dir: string,
): (at: number, project: string, runs: string, id: string) => Promise<ProgramResult> {
  const isDeno = "Deno" in globalThis;
  const file = join(dir, "program.mjs");
  const argv = isDeno ? denoProgram(dir, file) : nodeProgram(dir, file);
  return (at, ...args) =>
    runProgram([...argv, file, ...args], { cwd: dir, env: { CRASH_AT: String(at) } });
}

/** What was built has no seams: its names of `node:fs` follow the module that is changed. */
function nodeProgram(dir: string, file: string): string[] {
  const sync = `Object.assign(fs, killer);
    process.getBuiltinModule("node:module").syncBuiltinESMExports();`;
  writeFileSync(join(dir, "killer.mjs"), KILLER + sync);
  writeFileSync(file, PROGRAM(() => JSON.stringify(pathToFileURL(join(ROOT, "dist/mod.js")))));
  return [NODE, "--import", pathToFileURL(join(dir, "killer.mjs")).href];
}

/** Deno's names do not follow; an import map puts another module in the place of `node:fs`. */
function denoProgram(dir: string, file: string): string[] {
  const names = Object.keys(process.getBuiltinModule("node:fs")).filter((name) =>
    /^\w+$/.test(name)
  );
  const exported = names.map((name) => `export const ${name} = killer.${name} ?? real.${name};`);
  writeFileSync(join(dir, "fs.mjs"), KILLER + exported.join("\n"));
  writeFileSync(join(dir, "map.json"), '{ "imports": { "node:fs": "./fs.mjs" } }');
  const library = (name: string) => JSON.stringify(pathToFileURL(join(ROOT, `lib/${name}.ts`)));
  writeFileSync(file, PROGRAM(library));
  const config = join(ROOT, "deno.json");
  return [DENO, "run", "-A", "--config", config, `--import-map=${join(dir, "map.json")}`];
}
