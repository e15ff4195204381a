#!/usr/bin/env -S deno run --allow-read --allow-env --allow-run
/**
 * `npm run demo`: two real experiments, from a project to sealed runs.
 *
 * Trains a classifier on the iris flowers twice with different config, lists both runs with their
 * accuracies, and shows what a sealed run is on disk. Runs go to `RUNLIT_RUNS` where that is set,
 * else to `.runlit/runs` of the examples.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const RUNLIT = join(ROOT, "dist", "scripts", "runlit.js");

if (!existsSync(RUNLIT)) throw new Error("There is no build: run 'npm ci' first");

const iris = join(ROOT, "examples", "iris");
title("Train a classifier of iris flowers, twice");
runlit(iris, "run", "train", "lr=0.01", "epochs=50", "--label", "slow", "--yes");
runlit(iris, "run", "train", "lr=1.0", "epochs=400", "--label", "fast", "--yes");

title("Compare them");
runlit(iris, "list", "--limit", "2");

title("Look at the last one");
runlit(iris, "show", "@latest");
showTree(JSON.parse(output(iris, "show", "@latest", "--json")));

title("The same data, in Python");
if (spawnSync("python3", ["--version"]).status === 0) {
  const python = join(ROOT, "examples", "iris-python");
  runlit(python, "run", "classify", "k=9", "--yes");
  runlit(python, "list", "--limit", "1");
} else {
  console.log("skipped: there is no python3 here");
}

/** Shows a command as somebody would type it, and executes it. */
function runlit(project: string, ...args: string[]): void {
  const shown = args.map((arg) => (/^[\w@=.,/-]+$/.test(arg) ? arg : `'${arg}'`)).join(" ");
  console.log(`$ runlit ${shown}`);
  const { status } = spawnSync(process.execPath, [RUNLIT, ...args], {
    cwd: project,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) {
    process.exitCode = 1;
    throw new Error(`'runlit ${shown}' ended with ${status}`);
  }
  console.log();
}

function output(project: string, ...args: string[]): string {
  return spawnSync(process.execPath, [RUNLIT, ...args], { cwd: project, encoding: "utf8" }).stdout;
}

function showTree(run: { runDir: string; metaDir: string }): void {
  console.log("\nOn disk:\n");
  for (const path of [run.runDir, run.metaDir]) {
    console.log(`${path.slice(path.lastIndexOf("/") + 1)}${path === run.runDir ? "/" : ""}`);
    if (path === run.runDir) printFolder(path, "  ");
  }
  spawnSync("unzip", ["-l", run.metaDir], { stdio: "inherit" });
}

function printFolder(folder: string, indent: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    console.log(`${indent}${entry.name}${entry.isDirectory() ? "/" : ""}`);
    if (entry.isDirectory()) printFolder(join(folder, entry.name), `${indent}  `);
  }
}

function title(text: string): void {
  console.log(`\n── ${text} ${"─".repeat(Math.max(0, 70 - text.length))}\n`);
}
