/**
 * Opens a run that is on disk.
 *
 * @module
 */

import { readdirSync, statSync } from "node:fs";
import { basename, isAbsolute, join, resolve, sep } from "node:path";
import { NotFoundError } from "../errors.ts";
import { decodeOpRef } from "../meta/opref.ts";
import { metaSource } from "../meta/meta_source.ts";
import { runName } from "../meta/run_name.ts";
import type { OpRef, Run } from "../types.ts";

/** Options of {@linkcode openRun}. */
export interface OpenRunOptions {
  /** Where to look for a run of which an ID, or the beginning of one, is given. */
  readonly runsDir?: string;
}

/**
 * Opens a run: from its run directory, its meta directory or meta zip, or from its ID or the
 * beginning of it.
 *
 * A run directory without meta is a run that is not initialized. Meta without a run directory is
 * one whose files were purged; it can still be read.
 *
 * @param run A path or, with `runsDir`, an ID: a text without a separator.
 *
 * @throws {NotFoundError} There is no such run; the message names what is missing.
 * @throws {RangeError} Several IDs begin so; the message lists them.
 * @throws {ZipError} The run's meta is a damaged zip.
 *
 * @example By path and by ID
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync } from "node:fs";
 * import { makeRun } from "runlit/make-run";
 * import { openRun } from "runlit/open-run";
 *
 * const runsDir = mkdtempSync("/tmp/example-");
 * const run = await makeRun(runsDir, { opref: { namespace: "demo", name: "hello" } });
 * assert.deepEqual(await openRun(run.metaDir), run);
 * assert.deepEqual(await openRun(run.id.slice(0, 8), { runsDir }), run);
 * rmSync(runsDir, { recursive: true });
 * ```
 */
export async function openRun(run: string, options: OpenRunOptions = {}): Promise<Run> {
  const base = resolve(findBase(run, options));
  const metaDir = [`${base}.meta.zip`, `${base}.meta`, `${base}/.guild`].find(exists);
  if (metaDir === undefined) {
    const id = basename(base);
    return { id, name: runName(id), runDir: base, metaDir: `${base}.meta`, opref: null };
  }
  const meta = metaSource(metaDir);
  const id = meta.read("id")?.toString().trim() || basename(base);
  const name = meta.read("name")?.toString().trim() || runName(id);
  return {
    id,
    name,
    runDir: base,
    metaDir: meta.path,
    opref: readOpref(meta.path, meta.read("opref")),
  };
}

function readOpref(path: string, data: Buffer | null): OpRef | null {
  if (data === null) return null;
  try {
    return decodeOpRef(data.toString());
  } catch (cause) {
    throw new RangeError(`Cannot open run '${path}': ${(cause as Error).message}`, { cause });
  }
}

/** The path of a run's files without what the kinds of them end in. */
function findBase(run: string, { runsDir }: OpenRunOptions): string {
  if (run === "") throw new TypeError("Cannot open a run: neither a path nor an ID is given");
  const path = run.replace(/(?<=.)[/\\]+$/, "").replace(/\.meta(\.zip)?$/, "");
  const isPath = isAbsolute(run) || run.includes("/") || run.includes(sep) || run !== path;
  if (runsDir !== undefined && !isPath) return join(runsDir, findId(run, runsDir));
  if (exists(path) || exists(`${path}.meta`) || exists(`${path}.meta.zip`)) return path;
  const hint = runsDir === undefined && !isPath
    ? "; to find a run by its ID, say where runs are"
    : "";
  throw new NotFoundError(`Run dir does not exist: ${resolve(path)}${hint}`, resolve(path));
}

/** The ID that begins with a text. An ID that is all of it comes before those that are longer. */
function findId(text: string, runsDir: string): string {
  const known = (id: string) =>
    [id, `${id}.meta`, `${id}.meta.zip`].some((name) => exists(join(runsDir, name)));
  if (known(text)) return text;
  const ids = new Set<string>();
  for (const entry of readNames(runsDir)) {
    const id = entry.replace(/\.meta(\.zip)?$/, "");
    if (entry.startsWith(text) && !id.includes(".")) ids.add(id);
  }
  const [first, ...others] = ids;
  if (first === undefined) {
    throw new NotFoundError(
      `Run does not exist: no ID in '${runsDir}' begins with '${text}'`,
      join(runsDir, text),
    );
  }
  if (others.length > 0) {
    throw new RangeError(
      `Cannot open run '${text}': several IDs in '${runsDir}' begin so: ${
        [...ids].sort().slice(0, 10).join(", ")
      }` +
        (ids.size > 10 ? ", …" : ""),
    );
  }
  return first;
}

function readNames(runsDir: string): string[] {
  try {
    return readdirSync(runsDir);
  } catch (cause) {
    throw new NotFoundError(`Runs dir does not exist: ${runsDir}`, runsDir, { cause });
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
