/**
 * The meta of a Guild run, by the names that layout `json` has for it.
 *
 * @internal
 * @module
 */

import { Buffer } from "node:buffer";
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isProcessAlive } from "../../runtime/process_identity.ts";
import type { JsonValue } from "../../types.ts";
import { lockState } from "../lock_state.ts";
import { encodeOpRef } from "../opref.ts";
import { compareCodePoints, encodePythonJson } from "../python_json.ts";
import type { RunStatus } from "../status_of_files.ts";
import { decodeGuildOpRef, oprefOfGuild } from "./guild_opref.ts";
import { parseYamlAttribute } from "./parse_yaml_attribute.ts";

export { isGuildMeta } from "./is_guild_meta.ts";

/** Reads what Guild knows of a run; the path is that of its `.guild`. */
export function readGuildFile(dir: string, name: string): Buffer | null {
  const convert = VIRTUAL[name];
  if (convert !== undefined) {
    const text = convert(dir);
    return text === null ? null : Buffer.from(text);
  }
  return readFile(guildFilePath(dir, name)!);
}

/** Where a file of a Guild run's meta is; null for one that is made of others. */
export function guildFilePath(dir: string, name: string): string | null {
  return name in VIRTUAL ? null : join(dir, OUTPUT[name] ?? name);
}

/** Names of a Guild run's meta. */
export function guildFileNames(dir: string): string[] {
  const names = Object.keys({ ...VIRTUAL, ...OUTPUT })
    .filter((name) =>
      name in VIRTUAL ? VIRTUAL[name](dir) !== null : exists(join(dir, OUTPUT[name]))
    );
  const attrs = listDir(join(dir, "attrs")).map((name) => `attrs/${name}`);
  return [...names, ...attrs].sort(compareCodePoints);
}

/** Status as Guild computes it. */
export function guildStatus(dir: string): RunStatus {
  if (exists(join(dir, "LOCK.remote"))) return "running";
  if (exists(join(dir, "PENDING"))) return "pending";
  if (exists(join(dir, "STAGED"))) return "staged";
  const remote = integer(dir, "exit_status.remote");
  if (remote !== null) return remote === 0 ? "completed" : remote === 2 ? "terminated" : "error";
  const exit = integer(dir, "exit_status");
  if (exit !== null) return exit === 0 ? "completed" : exit < 0 ? "terminated" : "error";
  if (lockState(dir) === "foreign") return "running";
  // Guild looks at the process alone, which may also be that of a command without its runner.
  const pid = readFile(join(dir, "LOCK"))?.toString().trim() ?? "";
  return /^\d{1,10}$/.test(pid) && isProcessAlive(Number(pid)) ? "running" : "error";
}

/** An attribute's value; undefined if the run has it not. Throws for one that is damaged. */
export function guildAttribute(dir: string, name: string): JsonValue | undefined {
  const data = readFile(join(dir, "attrs", name));
  return data === null ? undefined : parseYamlAttribute(data.toString());
}

const OUTPUT: Readonly<Record<string, string>> = {
  "output/40_run": "output",
  "output/40_run.index": "output.index",
  "proc/scope.json": "scope.json",
};

const VIRTUAL: Readonly<Record<string, (dir: string) => string | null>> = {
  id: (dir) => basename(dirname(dir)),
  opref: (dir) => {
    const own = readFile(join(dir, "opref"));
    if (own === null) return null;
    const opref = decodeGuildOpRef(own.toString());
    const proto = opref.op === "+" ? readFile(join(dir, "proto", ".guild", "opref")) : null;
    return encodeOpRef(oprefOfGuild(opref, proto ? decodeGuildOpRef(proto.toString()) : undefined));
  },
  initialized: (dir) => timestamp(dir, "initialized") ?? timestamp(dir, "started"),
  started: (dir) => timestamp(dir, "started"),
  stopped: (dir) => timestamp(dir, "stopped"),
  "proc/exit": (dir) => integer(dir, "exit_status")?.toString() ?? null,
  "proc/cmd.json": (dir) => json(dir, "cmd"),
  "proc/env.json": (dir) => json(dir, "env"),
  "config.json": (dir) => json(dir, "flags"),
  "opdef.json": (dir) => {
    const own = readFile(join(dir, "opdef.json"));
    return own === null ? json(dir, "op") ?? "{}" : own.toString();
  },
  "sys/batch.json": (dir) => {
    // In the layout of 2019 there is no place for it but among the variables.
    const env = guildAttribute(dir, "env") as { readonly RUNLIT_BATCH?: JsonValue } | undefined;
    const batch = guildAttribute(dir, "batch") ?? env?.RUNLIT_BATCH;
    return typeof batch === "string" ? JSON.stringify(batch) : null;
  },
  "user/label": (dir) => {
    const label = guildAttribute(dir, "label");
    return label === undefined || label === null ? null : String(label);
  },
};

function json(dir: string, name: string): string | null {
  const value = guildAttribute(dir, name);
  return value === undefined ? null : encodePythonJson(value);
}

function integer(dir: string, name: string): number | null {
  const text = readFile(join(dir, "attrs", name))?.toString().trim() ?? "";
  return /^-?\d{1,16}$/.test(text) ? Number(text) : null;
}

/** Text that is no time is kept: who reads it says so. */
function timestamp(dir: string, name: string): string | null {
  return readFile(join(dir, "attrs", name))?.toString().trim() ?? null;
}

function readFile(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return null;
    throw error;
  }
}

function listDir(dir: string): string[] {
  return exists(dir) ? readdirSync(dir).filter((name) => lstatSync(join(dir, name)).isFile()) : [];
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
