/**
 * Reads what a phase's command printed.
 *
 * @module
 */

import { NotFoundError } from "../errors.ts";
import { type MetaLocation, metaSource } from "./meta_source.ts";
import { type OutputLine, outputLines } from "./output_index.ts";

/**
 * Reads the output of a phase as text; bytes that are not UTF-8 become U+FFFD.
 *
 * @param name Name of the output, such as `40_run`.
 *
 * @throws {NotFoundError} The run has no such output.
 *
 * @example Output of the run
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { readOutput } from "runlit/read-output";
 *
 * const meta = mkdtempSync("/tmp/example-");
 * mkdirSync(`${meta}/output`);
 * writeFileSync(`${meta}/output/40_run`, "Hi there\n");
 * assert.equal(await readOutput(meta, "40_run"), "Hi there\n");
 * rmSync(meta, { recursive: true });
 * ```
 */
export async function readOutput(run: MetaLocation, name: string): Promise<string> {
  return outputBytes(run, name).toString();
}

/** Reads the output of a phase as it was written. */
export async function readOutputBytes(run: MetaLocation, name: string): Promise<Buffer> {
  return outputBytes(run, name);
}

/** Reads the output of a phase line by line, each with its time and its stream. */
export async function readOutputLines(run: MetaLocation, name: string): Promise<OutputLine[]> {
  const index = metaSource(run).read(`output/${name}.index`) ?? new Uint8Array(0);
  return outputLines(outputBytes(run, name), index);
}

function outputBytes(run: MetaLocation, name: string): Buffer {
  const meta = metaSource(run);
  const data = meta.read(`output/${name}`);
  if (data !== null) return data;
  const others = meta.names().filter((path) => /^output\/.*(?<!\/|\.index)$/.test(path));
  const there = others.length === 0 ? "none" : others.map((path) => path.slice(7)).join(", ");
  throw new NotFoundError(
    `Run has no output '${name}' in '${meta.path}': there is ${there}`,
    meta.path,
  );
}
