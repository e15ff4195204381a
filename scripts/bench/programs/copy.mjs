/**
 * Prints the milliseconds that copying and hashing a directory takes.
 *
 *     copy.mjs <directory>
 */

import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { copyFiles, parseFilePatterns, selectFiles } from "../../../dist/mod.js";

const [dir] = process.argv.slice(2);
const target = mkdtempSync(join(dir, "..", "copy-"));
const start = performance.now();
const { files } = await selectFiles(dir, parseFilePatterns("**/*"));
await copyFiles(files, target, { hash: true });
const ms = performance.now() - start;
rmSync(target, { recursive: true });
console.log(ms);
