/**
 * Reads what an operation depends on.
 *
 * @module
 */

import { DependencyError } from "../errors.ts";
import { suggest } from "../suggest.ts";
import type { JsonObject, JsonValue, OpDef } from "../types.ts";

/** Files that a run needs beside its source code. */
export interface Dependency {
  /** Where the files come from. */
  readonly type: "project-files" | "run-files";
  /** Patterns that select the files, in the grammar of source code. */
  readonly files: readonly string[];
  /** Directory that the patterns are relative to: in the project, or in the selected run. */
  readonly from: string;
  /** Directory of the run that the files go to. */
  readonly to: string;
  /** Whether the files are linked instead of copied. */
  readonly link: boolean;
  /** Which run the files are of, for `run-files`. */
  readonly select: RunSelect | null;
}

/** Selects a run: every field that is given has to hold, and the newest run is taken. */
export interface RunSelect {
  /** ID, unique beginning of an ID, name, or operation. */
  readonly any?: string;
  readonly id?: string;
  readonly name?: string;
  readonly operation?: string;
  /** Default: `completed`. */
  readonly status?: string;
  readonly label?: string;
}

const KEYS = ["type", "files", "from", "to", "link", "run-select", "description"];
const SELECT_KEYS = ["id", "name", "operation", "status", "label"];

/**
 * Reads `depends` of an operation's definition: a table, or a list of tables and of patterns of
 * project files.
 *
 * @throws {DependencyError} Something in it is wrong; the message says what is right.
 */
export function parseDependencies(opdef: OpDef): Dependency[] {
  const { depends } = opdef.data;
  if (depends === undefined || depends === null) return [];
  const list = Array.isArray(depends) ? depends : [depends];
  return list.map((item: JsonValue, i: number) => {
    const where = `dependency ${i + 1} of operation '${opdef.name}'`;
    return parse(typeof item === "string" ? { files: item } : item, where);
  });
}

function parse(item: JsonValue, where: string): Dependency {
  if (!isObject(item)) throw new DependencyError(`Cannot use ${where}: it has to be a table`);
  checkKeys(item, KEYS, where);
  const select = item["run-select"];
  const type = item.type ?? (select === undefined ? "project-files" : "run-files");
  if (type !== "project-files" && type !== "run-files") {
    throw new DependencyError(
      `Cannot use ${where}: its type '${type}' is neither 'project-files' nor 'run-files'`,
    );
  }
  if (type === "run-files" && select === undefined) {
    throw new DependencyError(
      `Cannot use ${where}: say which run the files are of, such as run-select = "prepare"`,
    );
  }
  const { link = false } = item;
  if (typeof link !== "boolean") {
    throw new DependencyError(`Cannot use ${where}: 'link' has to be true or false`);
  }
  return {
    type,
    files: patterns(item.files, type, where),
    from: text(item.from, "from", where),
    to: inside(text(item.to, "to", where), where),
    link,
    select: type === "run-files" ? parseSelect(select, where) : null,
  };
}

function patterns(value: JsonValue | undefined, type: string, where: string): readonly string[] {
  if (value === undefined && type === "run-files") return ["**/*"];
  const list = typeof value === "string" ? [value] : value;
  const good = Array.isArray(list) && list.length > 0 &&
    list.every((item) => typeof item === "string");
  if (good) return list as string[];
  throw new DependencyError(
    `Cannot use ${where}: 'files' has to be a pattern or a list of patterns, ` +
      `such as files = ["data/*.csv"]`,
  );
}

function parseSelect(value: JsonValue | undefined, where: string): RunSelect {
  if (typeof value === "string" && value !== "") return { any: value };
  if (!isObject(value)) {
    throw new DependencyError(
      `Cannot use ${where}: 'run-select' has to be a run's ID, name or operation, ` +
        `or a table with ${SELECT_KEYS.join(", ")}`,
    );
  }
  checkKeys(value, SELECT_KEYS, `run-select in ${where}`);
  for (const key of Object.keys(value)) text(value[key], key, where);
  return value as RunSelect;
}

function checkKeys(item: JsonObject, keys: readonly string[], where: string): void {
  const unknown = Object.keys(item).find((key) => !keys.includes(key));
  if (unknown === undefined) return;
  const near = suggest(unknown, keys);
  throw new DependencyError(
    `Unknown key '${unknown}' in ${where}` +
      (near === null ? `: there are ${keys.join(", ")}` : `: did you mean '${near}'?`),
  );
}

function text(value: JsonValue | undefined, key: string, where: string): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  throw new DependencyError(`Cannot use ${where}: '${key}' has to be a string`);
}

/** Nothing is ever written outside the run directory. */
function inside(to: string, where: string): string {
  if (!to.startsWith("/") && !to.split("/").includes("..")) return to;
  throw new DependencyError(`Cannot use ${where}: 'to' has to be a directory of the run`);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
