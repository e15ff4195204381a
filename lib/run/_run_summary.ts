/**
 * Finds the summary of a run.
 *
 * @module
 */

import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
} from "node:fs";
import { extname, join } from "node:path";
import { decodePythonJson } from "../meta/python_json.ts";
import { logRunner } from "../meta/runner_log.ts";
import { runMetaPath } from "../meta/run_paths.ts";
import { SCOPE_FILE } from "../phases/scope/scope_record.ts";
import type { JsonObject, OpDef, Run } from "../types.ts";
import { linkOut } from "./_link_out.ts";
import { reopening } from "./_open_closed.ts";
import { pythonRepr } from "./_python_repr.ts";

/** Where Gage looks for a summary in the output when the operation does not say. */
const DEFAULT_PATTERN = "--- summary ---(.*)---";

/** A summary stands at the end of the output, which may be larger than memory. */
const MOST_OUTPUT = 8 * 1024 * 1024;

/**
 * Finds a run's summary: the file that the operation names (`summary.json` unless it says
 * otherwise), or else what its output has. Empty when there is none; what cannot be read is said in
 * the runner log.
 *
 * Rules of Gage, see https://github.com/gageml/gage (run summary).
 */
export async function findRunSummary(run: Run, opdef: OpDef): Promise<JsonObject> {
  const setting = opdef.data.summary;
  const named = isObject(setting) ? setting.filename : undefined;
  const filename = typeof named === "string" ? named : "summary.json";
  let text: string;
  try {
    text = await reopening(run, () => {
      requireFile(run, filename);
      return readFileSync(join(run.runDir, filename), "utf8");
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
      logRunner(run, `Cannot read run summary '${filename}': ${(error as Error).message}`);
    }
    return summaryFromOutput(run, opdef);
  }
  try {
    const data = await parseSummary(filename, text);
    if (!isObject(data)) throw new SyntaxError("it is not an object");
    logRunner(run, `Using run summary '${filename}'`);
    return data;
  } catch (error) {
    logRunner(run, `Cannot read run summary '${filename}': ${(error as Error).message}`);
    return {};
  }
}

/** What a phase may not read is not read for it; and a pipe that nobody writes to would never end. */
function requireFile(run: Run, filename: string): void {
  const isScoped = existsSync(runMetaPath(run, ...SCOPE_FILE));
  const out = isScoped ? linkOut(run.runDir, filename) : null;
  if (out !== null && out.target !== null) {
    throw new Error(`'${out.link}' leads out of the run, to '${out.target}'`);
  }
  if (!statSync(join(run.runDir, filename)).isFile()) throw new Error("it is not a regular file");
}

async function parseSummary(filename: string, text: string): Promise<unknown> {
  switch (extname(filename)) {
    case ".toml":
      return (await import("smol-toml")).parse(text);
    case ".yaml":
    case ".yml":
      return (await import("yaml")).parse(text);
    default:
      return decodePythonJson(text);
  }
}

function summaryFromOutput(run: Run, opdef: OpDef): JsonObject {
  const setting = opdef.data["output-summary"] ?? true;
  if (setting === false || setting === "") return {};
  const output = readOutputEnd(runMetaPath(run, "output", "40_run"));
  if (output === "") return {};
  if (typeof setting !== "string") {
    const whole = decode(output);
    if (isSummary(whole)) {
      logRunner(run, "Found summary output");
      return whole;
    }
  }
  const pattern = typeof setting === "string" ? setting : DEFAULT_PATTERN;
  logRunner(run, `Checking output for summary pattern ${pythonRepr(pattern)}`);
  try {
    const match = new RegExp(pattern, "s").exec(output);
    if (match === null) return {};
    if (match.length < 2) {
      logRunner(run, `Output summary pattern ${pythonRepr(pattern)} must capture a group`);
      return {};
    }
    const data = decodePythonJson(match[1]);
    if (isSummary(data)) {
      logRunner(run, "Found summary output");
      return data;
    }
    logRunner(run, `Decoded output is not valid summary data: ${match[1].trim().slice(0, 200)}`);
  } catch (error) {
    logRunner(run, `Error decoding output summary: ${(error as Error).message}`);
  }
  return {};
}

function decode(text: string): unknown {
  const start = text.trimStart()[0];
  if (start !== "{") return null;
  try {
    return decodePythonJson(text);
  } catch {
    return null;
  }
}

function isSummary(data: unknown): data is JsonObject {
  return isObject(data) && (isObject(data.metrics) || isObject(data.attributes));
}

/** The last part of a file as text; bytes that are not UTF-8 become U+FFFD. */
function readOutputEnd(path: string): string {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch {
    return "";
  }
  try {
    const { size } = fstatSync(fd);
    const buffer = Buffer.alloc(Math.min(size, MOST_OUTPUT));
    const length = readSync(fd, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString("utf8", 0, length);
  } finally {
    closeSync(fd);
  }
}

function isObject(data: unknown): data is JsonObject {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
