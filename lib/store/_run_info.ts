/**
 * What a listing shows of a run, from as few reads as can be.
 *
 * @module
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { guildStatus, readGuildFile } from "../meta/guild/guild_source.ts";
import { decodeOpRef } from "../meta/opref.ts";
import { lockState } from "../meta/lock_state.ts";
import { decodePythonJson } from "../meta/python_json.ts";
import { loggedExit, parseExit } from "../meta/parse_exit.ts";
import { runName } from "../meta/run_name.ts";
import { decodeTextAttribute } from "../meta/text_attribute.ts";
import { parseTimestamp } from "../meta/timestamps.ts";
import { userAttributes } from "../meta/user_attributes_log.ts";
import { readZipTail } from "../meta/zip/read_zip_tail.ts";
import { ZipError } from "../meta/zip/zip_error.ts";
import { statusOfFiles } from "../meta/status_of_files.ts";
import type { Config, JsonObject, JsonValue, OpRef } from "../types.ts";
import { guildDamage } from "./_guild_damage.ts";
import type { ReadRunInfoOptions, RunInfo } from "./run_info.ts";
import { runLabel } from "./run_label.ts";

/**
 * Where a run is: its files' path without what the kinds of them end in, and what there is of it.
 */
export interface RunFiles {
  readonly base: string;
  readonly hasDir: boolean;
  /** Whether it is a Guild run, whose meta is in the run directory. Default: false. */
  readonly isGuild?: boolean;
  readonly hasZip: boolean;
  /** Whether there is a directory of user attributes. */
  readonly hasUser: boolean;
}

type Text = (name: string) => string | undefined;

const NAMES: ReadonlySet<string> = new Set([
  "id",
  "name",
  "opref",
  "initialized",
  "staged",
  "started",
  "stopped",
  "proc/exit",
  "summary.json",
  "user/label",
]);

const NAMES_AND_CONFIG: ReadonlySet<string> = new Set([...NAMES, "config.json"]);

const LOG: ReadonlySet<string> = new Set(["log/runner"]);

/**
 * Reads what a listing shows of a run: null if it is gone, or has no operation yet, which is how a
 * run starts.
 *
 * @throws {Error} The run's meta is damaged.
 */
export function runInfo(files: RunFiles, options: ReadRunInfoOptions): RunInfo | null {
  if (files.isGuild) return guildInfo(files, options);
  const dir = `${files.base}.meta`;
  const zip = `${dir}.zip`;
  if (files.hasZip) {
    try {
      return infoFrom(zip, files, options);
    } catch (error) {
      if (!files.hasDir && !existsSync(zip)) return null;
      // Both are there when sealing was interrupted, by Gage in the middle of the zip.
      if (!files.hasDir || !(error instanceof ZipError)) throw error;
    }
  }
  try {
    return infoFrom(dir, files, options);
  } catch (error) {
    // Sealed since the runs directory was read, or gone.
    if (existsSync(dir)) throw error;
    return existsSync(zip) ? infoFrom(zip, files, options) : null;
  }
}

/** A directory is a Guild run if it has a reference to an operation. */
function guildInfo(files: RunFiles, options: ReadRunInfoOptions): RunInfo | null {
  const dir = `${files.base}/.guild`;
  if (!existsSync(`${dir}/opref`)) return null;
  const info = infoFrom(dir, files, options);
  const { onWarning } = options;
  if (info !== null && onWarning !== undefined) {
    guildDamage(files.base, info.status).forEach((message) => onWarning(message));
  }
  return info;
}

/** Damage that leaves a run readable is one warning. */
function guildText(dir: string, options: ReadRunInfoOptions): Text {
  return (name) => {
    try {
      const text = readGuildFile(dir, name)?.toString();
      if (text === undefined || !TIMES.has(name) || parseTimestamp(text) !== null) return text;
      // `initialized` is made of the same attribute where Guild has none.
      if (name === "started") {
        options.onWarning?.(`Cannot read 'started' in '${dir}': it is no time`);
      }
      return undefined;
    } catch (error) {
      if (name === "opref") throw error;
      options.onWarning?.(`Cannot read '${name}' in '${dir}': ${(error as Error).message}`);
      return undefined;
    }
  };
}

const TIMES: ReadonlySet<string> = new Set(["initialized", "started", "stopped"]);

function infoFrom(metaPath: string, files: RunFiles, options: ReadRunInfoOptions): RunInfo | null {
  const { base } = files;
  const isZip = metaPath.endsWith(".zip");
  const { isGuild } = files;
  const text = isGuild
    ? guildText(metaPath, options)
    : isZip
    ? zipText(metaPath, options)
    : dirText(metaPath);
  const opref = text("opref");
  if (!opref) {
    // Gage writes it in place, so that it may be empty for a moment.
    if (!isZip && text("initialized") === undefined) return null;
    throw new Error("it has no 'opref'");
  }
  const id = text("id")?.trim() || basename(base);
  const status = isGuild ? guildStatus(metaPath) : statusOfFiles({
    read: text,
    lockState: () => isZip ? "free" : lockState(metaPath),
  });
  const isOver = status === "completed" || status === "error" || status === "terminated";
  const summary = text("summary.json");
  return {
    id,
    name: text("name")?.trim() || runName(id),
    runDir: base,
    metaDir: metaPath,
    opref: oprefOf(opref),
    status,
    initialized: parseTimestamp(text("initialized") ?? ""),
    staged: parseTimestamp(text("staged") ?? ""),
    started: parseTimestamp(text("started") ?? ""),
    stopped: parseTimestamp(text("stopped") ?? ""),
    exitCode: isOver
      ? parseExit(text("proc/exit") ?? "") ?? loggedExit(text("log/runner") ?? "")
      : null,
    label: userLabel(files, text, options) ?? summaryLabel(summary),
    config: options.config
      ? json(text("config.json"), "config.json", metaPath, options) as Config | null
      : null,
    summary: options.summary ? json(summary, "summary.json", metaPath, options) : null,
  };
}

let lastOpref: { readonly text: string; readonly opref: OpRef } | undefined;

/** Most runs are of the same few operations: those that follow each other share one record. */
function oprefOf(text: string): OpRef {
  if (lastOpref?.text !== text) lastOpref = { text, opref: decodeOpRef(text) };
  return lastOpref.opref;
}

/** One read gets all; the log is read only for a run that has no exit code, and that is rare. */
function zipText(path: string, { config }: ReadRunInfoOptions): Text {
  const texts = readZipTail(path, config ? NAMES_AND_CONFIG : NAMES);
  let log: Map<string, string> | undefined;
  return (name) =>
    name === "log/runner" ? (log ??= readZipTail(path, LOG)).get(name) : texts.get(name);
}

/**
 * Looks which files there are first: asking for one that is not there costs more than listing all.
 * One that was there and is gone makes an error: nothing leaves meta before all of it does.
 */
function dirText(path: string): Text {
  const known = new Map<string, ReadonlySet<string>>();
  const namesIn = (dir: string) => {
    let names = known.get(dir);
    if (names === undefined) known.set(dir, names = listNames(`${path}/${dir}`));
    return names;
  };
  return (name) => {
    const slash = name.indexOf("/");
    const dir = slash === -1 ? "" : name.slice(0, slash);
    if (dir !== "" && !namesIn("").has(dir)) return undefined;
    return namesIn(dir).has(name.slice(slash + 1))
      ? readFileSync(`${path}/${name}`, "utf8")
      : undefined;
  };
}

function listNames(path: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return new Set();
    throw error;
  }
}

function userLabel(
  { base, hasUser }: RunFiles,
  text: Text,
  options: ReadRunInfoOptions,
): string | null {
  const first = text("user/label");
  const initial: { label?: JsonValue } = first === undefined
    ? {}
    : { label: decodeTextAttribute(first) };
  const { label } = hasUser
    ? userAttributes(`${base}.user`, initial as JsonObject, options)
    : initial;
  return runLabel(label, null);
}

/** Most summaries are empty, and most others have no label: they need not be decoded for it. */
function summaryLabel(text: string | undefined): string | null {
  if (text === undefined || !text.includes('"label"')) return null;
  try {
    return runLabel(undefined, decodePythonJson(text) as JsonValue);
  } catch {
    return null;
  }
}

function json(
  text: string | undefined,
  name: string,
  metaPath: string,
  options: ReadRunInfoOptions,
): JsonValue {
  if (text === undefined) return null;
  try {
    return decodePythonJson(text);
  } catch (error) {
    options.onWarning?.(`Cannot read '${name}' in '${metaPath}': ${(error as Error).message}`);
    return null;
  }
}
