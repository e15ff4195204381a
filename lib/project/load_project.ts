/**
 * Reads a project file.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { ProjectError } from "../errors.ts";
import type { JsonObject, JsonValue, OpDef } from "../types.ts";
import { permissionsHint } from "./_permissions_hint.ts";

/** What a project file holds. */
export interface Project {
  /** Absolute path of the file. */
  readonly file: string;
  /** Operations in the file's order. */
  readonly operations: readonly OpDef[];
  /** Settings of the project: the keys that begin with `$`, without it. */
  readonly settings: JsonObject;
}

/**
 * Reads a project file: `runlit.toml`, or one of Gage's (`gage.toml`, `gage.yaml`, `gage.json`).
 *
 * Each table of the file is an operation. Keys that begin with `$` are settings of the project.
 * JSON may hold comments.
 *
 * @throws {ProjectError} The file cannot be read or parsed, or an operation is not a table. The
 * message names the file and, for syntax, the line.
 *
 * @example Operations and settings
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { loadProject } from "runlit/load-project";
 *
 * const dir = mkdtempSync(join(tmpdir(), "project-"));
 * const file = join(dir, "runlit.toml");
 * writeFileSync(file, '"$runs-dir" = "runs"\n[train]\nexec = "python train.py"\n');
 *
 * const project = await loadProject(file);
 * assert.deepEqual(project.operations, [{ name: "train", data: { exec: "python train.py" } }]);
 * assert.deepEqual(project.settings, { "runs-dir": "runs" });
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function loadProject(file: string): Promise<Project> {
  const data = await parse(file, readText(file));
  if (!isObject(data)) {
    throw new ProjectError(`Cannot use project file '${file}': it has to be a table`, file);
  }
  const operations: OpDef[] = [];
  const settings: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(data)) {
    if (name.startsWith("$")) settings[name.slice(1)] = value;
    else if (isObject(value)) operations.push({ name, data: value });
    else {
      throw new ProjectError(
        `Cannot use '${name}' in project file '${file}': an operation has to be a table, ` +
          `such as [${name}]; settings of the project begin with '$'`,
        file,
      );
    }
  }
  return { file, operations, settings };
}

function readText(file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (cause) {
    const why = cause instanceof TypeError ? "it is not UTF-8" : (cause as Error).message;
    throw new ProjectError(`Cannot read project file '${file}': ${why}`, file, { cause });
  }
}

async function parse(file: string, text: string): Promise<unknown> {
  try {
    switch (extname(file)) {
      case ".json":
        return await parseJson(text);
      case ".yaml":
      case ".yml":
        return (await import("yaml")).parse(text);
      default:
        return plain((await import("smol-toml")).parse(text));
    }
  } catch (cause) {
    const { message, line = 0 } = cause as Error & { line?: number };
    const hint = extname(file) === ".toml" ? permissionsHint(text, line) : null;
    const why = [message.trim(), ...(hint === null ? [] : [hint])].join("\n");
    throw new ProjectError(`Cannot parse project file '${file}': ${why}`, file, { cause });
  }
}

async function parseJson(text: string): Promise<unknown> {
  const { parse, printParseErrorCode } = await import("jsonc-parser");
  const errors: { error: number; offset: number; length: number }[] = [];
  const data = parse(text, errors, { allowTrailingComma: true });
  if (errors.length === 0) return data;
  const line = text.slice(0, errors[0].offset).split("\n").length;
  throw new SyntaxError(`${printParseErrorCode(errors[0].error)} in line ${line}`);
}

/** TOML's tables have no prototype and its dates are objects: JSON-shaped data is what ops are. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
