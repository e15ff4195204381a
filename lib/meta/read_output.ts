/**
 * Reads what a phase's command printed.
 *
 * @module
 */

import { NotFoundError } from "../errors.ts";
import { type MetaLocation, type MetaSource, metaSource } from "./meta_source.ts";
import { OUTPUT_INDEX_RECORD, type OutputLine, outputLines } from "./output_index.ts";

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

/**
 * Reads the output of a phase in pieces of at most a megabyte, whatever its size; also while it is
 * being written, and while the run is sealed.
 *
 * @example Copy output of any size
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { readOutputChunks } from "runlit/read-output";
 *
 * const meta = mkdtempSync("/tmp/example-");
 * mkdirSync(`${meta}/output`);
 * writeFileSync(`${meta}/output/40_run`, "x".repeat(3_000_000));
 * let size = 0;
 * for await (const chunk of readOutputChunks(meta, "40_run")) size += chunk.length;
 * assert.equal(size, 3_000_000);
 * rmSync(meta, { recursive: true });
 * ```
 */
export async function* readOutputChunks(run: MetaLocation, name: string): AsyncGenerator<Buffer> {
  for (let start = 0;;) {
    const chunk = outputRange(metaSource(run), name, start, start + CHUNK);
    if (chunk.length === 0) return;
    start += chunk.length;
    yield chunk;
  }
}

const CHUNK = 1 << 20;

/** The end of an output. */
export interface OutputTail {
  readonly lines: readonly string[];
  /** Lines before them. */
  readonly before: number;
}

/** Reads the last lines of a phase's output, of which at most 64 kB are looked at. */
export async function readOutputTail(
  run: MetaLocation,
  name: string,
  count: number,
): Promise<OutputTail> {
  const meta = metaSource(run);
  const size = meta.size(`output/${name}`) ?? 0;
  const start = Math.max(0, size - 64 * 1024);
  const all = outputRange(meta, name, start, size).toString().split("\n");
  if (all.at(-1) === "") all.pop();
  // What the range begins with is the end of a line.
  if (start > 0 && all.length > 1) all.shift();
  const lines = all.slice(-count);
  const indexed = Math.floor((meta.size(`output/${name}.index`) ?? 0) / OUTPUT_INDEX_RECORD);
  return { lines, before: Math.max(indexed, all.length) - lines.length };
}

/** Reads the output of a phase line by line, each with its time and its stream. */
export async function readOutputLines(run: MetaLocation, name: string): Promise<OutputLine[]> {
  const index = metaSource(run).read(`output/${name}.index`) ?? new Uint8Array(0);
  return outputLines(outputBytes(run, name), index);
}

function outputBytes(run: MetaLocation, name: string): Buffer {
  const meta = metaSource(run);
  return meta.read(`output/${name}`) ?? noOutput(meta, name);
}

function outputRange(meta: MetaSource, name: string, start: number, end: number): Buffer {
  return meta.readRange(`output/${name}`, start, end) ?? noOutput(meta, name);
}

function noOutput(meta: MetaSource, name: string): never {
  const others = meta.names().filter((path) => /^output\/.*(?<!\/|\.index)$/.test(path));
  const there = others.length === 0 ? "none" : others.map((path) => path.slice(7)).join(", ");
  throw new NotFoundError(
    `Run has no output '${name}' in '${meta.path}': there is ${there}`,
    meta.path,
  );
}
