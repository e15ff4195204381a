/**
 * The record of a run's resolved dependencies: `dependencies.json` of its meta.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { encodePythonJson } from "../meta/python_json.ts";
import { runMetaPath } from "../meta/run_paths.ts";
import type { OpRef, Run } from "../types.ts";

/** One resolved dependency. */
export interface ResolvedDependency {
  readonly type: "project-files" | "run-files";
  /** Absolute path of the directory that the files came from. */
  readonly source: string;
  /** The run that the files are of, for `run-files`. */
  readonly run: { readonly id: string; readonly name: string; readonly opref: OpRef | null } | null;
  readonly files: readonly ResolvedFile[];
}

/** One file of a resolved dependency. */
export interface ResolvedFile {
  /** Path in the run directory. */
  readonly path: string;
  /** Path relative to the source. */
  readonly source: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly link: boolean;
}

const NAME = "dependencies.json";

/** Writes the record. */
export function writeDependencyRecord(run: Run, resolved: readonly ResolvedDependency[]): void {
  const data = encodePythonJson(resolved, { indent: 2, sortKeys: true, what: "dependencies" });
  writeFileAtomicSync(runMetaPath(run, NAME), data, { mode: 0o444 });
}

/** Reads the record of a run that is not sealed; empty when there is none. */
export function readDependencyRecord(run: Run): readonly ResolvedDependency[] {
  try {
    return JSON.parse(readFileSync(runMetaPath(run, NAME), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Digests of the files that were linked, by path: what the links led to when they were made. */
export function linkedDigests(run: Run): ReadonlyMap<string, string> {
  const files = readDependencyRecord(run).flatMap((dependency) => dependency.files);
  return new Map(files.filter((file) => file.link).map((file) => [file.path, file.sha256]));
}
