/**
 * Prints the milliseconds that a command takes whose output is captured.
 *
 *     capture.mjs <directory> <command>
 */

import { rmSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../../dist/mod.js";

const [dir, command] = process.argv.slice(2);
const path = join(dir, "captured");
const start = performance.now();
const { ok, outputError } = await runCommand(command, {
  cwd: dir,
  env: process.env,
  output: { path, index: `${path}.index` },
});
const ms = performance.now() - start;
if (!ok || outputError) throw new Error(`The command failed: ${outputError}`);
rmSync(path);
rmSync(`${path}.index`);
console.log(ms);
