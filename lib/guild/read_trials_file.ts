/**
 * Trials in files.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { extname } from "node:path";
import type { Config, JsonValue } from "../types.ts";
import { decodeYaml } from "./decode_yaml.ts";
import type { FlagDef } from "./flag_def.ts";
import { FlagError } from "./flag_error.ts";
import { checkFlagValues, findFlag, type ParseFlagsOptions } from "./parse_flags.ts";
import { parseFlagValue } from "./parse_flag_value.ts";

/**
 * Reads a file of trials: a row for each, values by names of flags. A value may be a list.
 *
 * | file | rows |
 * |---|---|
 * | `.csv` | the first line has the names; cells are read as on the command line, empty ones left out |
 * | `.json`, `.yaml`, `.yml` | a map, or a list of maps |
 * | `.toml` | one table, or an array of tables of any name |
 *
 * @throws {FlagError} The file cannot be read, or has a flag that there is not, or a value that the
 * flag cannot have; the message has the row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { readTrialsFile } from "runlit/read-trials-file";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeFileSync(`${dir}/trials.csv`, 'lr,name\n0.1,"a, b"\n1e-3,\n');
 * const flags = [{ name: "lr", default: 1 }, { name: "name", default: "" }];
 * assert.deepEqual(await readTrialsFile(`${dir}/trials.csv`, flags), [
 *   { lr: 0.1, name: "a, b" },
 *   { lr: 0.001 },
 * ]);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function readTrialsFile(
  file: string,
  flags: readonly FlagDef[],
  options: ParseFlagsOptions = {},
): Promise<Config[]> {
  const text = readText(file);
  const rows = await parseRows(file, text, flags, options);
  if (rows.length === 0) {
    throw new FlagError(`Cannot read trials from '${file}': it has no rows`, { file });
  }
  return rows.map((row, i) => {
    try {
      return Object.fromEntries(
        Object.entries(row).map(([name, value]) => {
          const flag = findFlag(name, flags, options);
          checkFlagValues(flag, value, options);
          return [flag.name, value];
        }),
      );
    } catch (cause) {
      throw new FlagError(`Cannot use row ${i + 1} of '${file}': ${(cause as Error).message}`, {
        file,
        cause,
      });
    }
  });
}

function readText(file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT"
      ? "there is no such file"
      : code === "EISDIR"
      ? "it is a directory"
      : cause instanceof TypeError
      ? "it is not UTF-8"
      : message;
    throw new FlagError(`Cannot read trials from '${file}': ${why}`, { file, cause });
  }
}

async function parseRows(
  file: string,
  text: string,
  flags: readonly FlagDef[],
  options: ParseFlagsOptions,
): Promise<Config[]> {
  const extension = extname(file).toLowerCase();
  try {
    switch (extension) {
      case ".csv":
        return await csvRows(text, flags, options);
      case ".json":
        return rowsOf(await parseJson(text));
      case ".yaml":
      case ".yml":
        return rowsOf(await decodeYaml(text));
      case ".toml": {
        const data = await parseToml(text);
        const [first, ...others] = Object.values(data);
        // `JSON` makes dates texts.
        const rows = others.length === 0 && Array.isArray(first) &&
            first.every((row) => typeof row === "object")
          ? first
          : data;
        return rowsOf(JSON.parse(JSON.stringify(rows)));
      }
    }
  } catch (cause) {
    const why = (cause as Error).message.trim().split("\n")[0];
    throw new FlagError(`Cannot read trials from '${file}': ${why}`, { file, cause });
  }
  throw new FlagError(
    `Cannot read trials from '${file}': its name has to end in .csv, .json, .yaml or .toml`,
    { file },
  );
}

async function parseJson(text: string): Promise<JsonValue> {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // Runtimes say what is wrong, but not all of them say where.
    const module = await import("jsonc-parser");
    const { parse, printParseErrorCode } = module.default ?? module;
    const errors: Parameters<typeof parse>[1] = [];
    parse(text, errors, { disallowComments: true });
    if (errors.length === 0) throw cause;
    const [{ error, offset }] = errors;
    const what = printParseErrorCode(error).replace(/(?<=.)[A-Z]/g, (char) => ` ${char}`);
    throw new SyntaxError(`${what.toLowerCase()} in line ${lineAt(text, offset)}`, { cause });
  }
}

async function parseToml(text: string): Promise<Record<string, unknown>> {
  const { parse, TomlError } = await import("smol-toml");
  try {
    return parse(text) as Record<string, unknown>;
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const [what] = cause.message.replace(/^Invalid TOML document: /, "").split("\n");
    throw new SyntaxError(`${what} in line ${cause.line}`, { cause });
  }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function rowsOf(value: JsonValue): Config[] {
  const rows = Array.isArray(value) ? value : [value];
  for (const [i, row] of rows.entries()) {
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      throw new SyntaxError(`row ${i + 1} is no map of flags and values`);
    }
  }
  return rows as Config[];
}

async function csvRows(
  text: string,
  flags: readonly FlagDef[],
  options: ParseFlagsOptions,
): Promise<Config[]> {
  const [names = [], ...lines] = csvCells(text);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new SyntaxError(`there are two columns '${twice}'`);
  const flagOf = names.map((name) => findFlag(name, flags, options));
  const rows: Config[] = [];
  for (const [i, cells] of lines.entries()) {
    if (cells.length !== names.length) {
      throw new SyntaxError(
        `row ${i + 1} has ${cells.length} cells, and there are ${names.length} names`,
      );
    }
    const row: Record<string, JsonValue> = {};
    for (const [j, cell] of cells.entries()) {
      if (cell === "") continue;
      row[names[j]] = await parseCell(cell, flagOf[j], i);
    }
    rows.push(row);
  }
  return rows;
}

async function parseCell(cell: string, flag: FlagDef, row: number): Promise<JsonValue> {
  try {
    return await parseFlagValue(cell, flag);
  } catch (cause) {
    throw new SyntaxError(`${(cause as Error).message} in row ${row + 1}`, { cause });
  }
}

/** Cells of RFC 4180: in quotes they may have commas, line breaks, and doubled quotes. */
function csvCells(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) {
      throw new SyntaxError(
        `a quote is not closed, or stands within a cell, in line ${lineAt(text, at)}`,
      );
    }
    const [, quoted, plain, end] = match;
    rows[rows.length - 1].push(quoted?.replaceAll('""', '"') ?? plain.trim());
    if (end === ",") {
      if (cell.lastIndex === text.length) rows[rows.length - 1].push("");
    } else rows.push([]);
  }
  return rows.filter((row) => row.length > 1 || (row.length === 1 && row[0] !== ""));
}
