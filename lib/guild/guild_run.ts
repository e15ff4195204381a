/**
 * Makes runs in Guild's layout.
 *
 * @module
 */

import { mkdirSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join, resolve } from "node:path";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { nextTimestamp } from "../meta/timestamps.ts";
import { randomUuid } from "../runtime/random_uuid.ts";
import type { Command, Config, JsonObject, JsonValue } from "../types.ts";
import { COMPARE, newOp, oldOpdef } from "./_guild_operation.ts";
import { guildScriptRef } from "./guild_script_ref.ts";
import { installedPackages, projectCommit } from "./_guild_surroundings.ts";
import { copyGuildSource, setSourceFlags } from "./_guild_source.ts";
import { encodeYamlValue } from "./encode_yaml_value.ts";
import { flagArgs } from "./flag_args.ts";
import type { GuildVersion } from "./guild_version.ts";
import type { ScriptOperation } from "./script_operation.ts";

export type { GuildVersion } from "./guild_version.ts";

/** A run in Guild's layout. */
export interface GuildRun {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly runDir: string;
}

/** What is known about a run before it starts. */
export interface GuildRunInit {
  readonly projectDir: string;
  readonly operation: ScriptOperation;
  /** Values of all flags. */
  readonly flags: Config;
  /** Values of the flags that somebody asked for. Default: none. */
  readonly userFlags?: Config;
  /** The command with its arguments. Default: the script's, with those of its flags. */
  readonly command?: Command;
  readonly label?: string;
  /** Default: `0.9`. */
  readonly version?: GuildVersion;
  /** Leaves `.env` files that no pattern names out of the source code, as of scoped runs. */
  readonly withoutSecrets?: boolean;
  /** Is given each warning. */
  readonly onWarning?: (message: string) => void;
}

/** Makes an ID as Guild's are. */
export function newGuildId(): string {
  return randomUuid().replaceAll("-", "");
}

/** Claims an ID in a runs directory, and makes the run's directory. */
export function makeGuildRun(runsDir: string, id: string = newGuildId()): GuildRun {
  const runDir = join(resolve(runsDir), id);
  mkdirSync(runDir);
  return { id, runDir };
}

/**
 * Writes what is known about a run of a script: attributes, operation and source code. The reference
 * to the operation comes last: with it the run is there.
 *
 * In the version of 2019 a script that takes arguments is run where it is; else the project's source
 * code is copied into the run directory, and flags that are in the source are set there.
 */
export async function initGuildRun(run: GuildRun, init: GuildRunInit): Promise<void> {
  const { operation, flags, version = "0.9" } = init;
  // Other processes tell: meanwhile files are copied.
  const surroundings = version === "2019" ? null : readSurroundings(init);
  if (!runsInPlace(operation, version)) {
    await copySource(run, init);
    await setSourceFlags(run.runDir, operation.opdef, flags);
  }
  const { packages = null, commit = null } = await surroundings ?? {};
  if (packages !== null) writeAttr(run, "pip_freeze", packages);
  if (commit !== null) writeAttr(run, "vcs_commit", commit);
  writeGuildRun(run, init);
}

async function readSurroundings({ operation, projectDir }: GuildRunInit) {
  const [python] = operation.command;
  const isPython = operation.detected.language === "python" &&
    operation.opdef.data.exec === undefined;
  const [packages, commit] = await Promise.all([
    isPython ? installedPackages(python) : null,
    projectCommit(resolve(projectDir)),
  ]);
  return { packages, commit };
}

/** Copies the project's source code into a run, and records it; no flags are set there. */
export async function copySource(
  run: GuildRun,
  init: GuildRunInit,
  runsDir: string = dirname(run.runDir),
): Promise<void> {
  const { operation: { opdef }, projectDir, version = "0.9" } = init;
  const { withoutSecrets = false, onWarning } = init;
  const rules = { opdef, runsDir, withoutSecrets, onWarning };
  const { manifest, digest } = await copyGuildSource(run.runDir, projectDir, rules);
  if (version === "2019") return;
  writeFile(run, "manifest", manifest);
  writeAttr(run, "sourcecode_digest", digest);
}

/** Writes all about a run that is not source code. */
export function writeGuildRun(run: GuildRun, init: GuildRunInit): void {
  const { operation, flags, userFlags = {}, label, version = "0.9" } = init;
  const projectDir = resolve(init.projectDir);
  writeAttr(run, "cmd", guildCommand(init));
  writeFlags(run, flags, operation.opdef.data.flags);
  if (label !== undefined) writeAttr(run, "label", label);
  if (version === "2019") {
    writeAttr(run, "compare", COMPARE);
    writeFile(run, "opdef.json", oldOpdef(operation, join(projectDir, operation.script)));
  } else {
    writeAttr(run, "op", newOp(operation));
    writeAttr(run, "user_flags", userFlags);
    writeOrigin(run);
  }
  writeFile(run, "opref", guildScriptRef(projectDir, operation, version));
}

/** Writes who made a run where and when, as later versions do. */
export function writeOrigin(run: GuildRun): void {
  const { platform, arch } = process;
  writeAttr(run, "host", process.env.HOST || hostname());
  writeAttr(run, "id", run.id);
  writeAttr(run, "initialized", nextTimestamp());
  writeAttr(run, "platform", { architecture: arch, uname: platform });
  writeAttr(run, "plugins", []);
  writeAttr(run, "random_seed", Math.floor(Math.random() * 2 ** 32));
  writeAttr(run, "run_params", {});
  writeAttr(run, "user", process.env.USER ?? "");
}

/** Whether a script is run where it is, so that its run has no source code. */
export function runsInPlace({ opdef }: ScriptOperation, version: GuildVersion): boolean {
  return version === "2019" && opdef.data["flags-dest"] === "args" && opdef.data.exec === undefined;
}

/** The words of a run's command. */
export function guildCommand(init: GuildRunInit): string[] {
  const { operation, flags, projectDir, version = "0.9" } = init;
  const isArgs = operation.opdef.data["flags-dest"] === "args";
  const { command = [...operation.command, ...isArgs ? flagArgs(operation.flags, flags) : []] } =
    init;
  if (typeof command === "string") return ["/bin/sh", "-c", command];
  if (!runsInPlace(operation, version)) return [...command];
  // The script's own place is known: a flag may have the same text.
  const at = operation.command.length - 1;
  return command.with(at, join(resolve(projectDir), operation.script));
}

/** Writes an attribute of a run. */
export function writeAttr(run: GuildRun, name: string, value: JsonValue): void {
  writeFile(run, `attrs/${name}`, encodeYamlValue(value));
}

/** Writes a file below a run's `.guild`. */
export function writeFile(run: GuildRun, name: string, data: string): void {
  const path = join(run.runDir, ".guild", name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileAtomicSync(path, data, { mode: 0o644 });
}

/** Writes the values of flags; those that are floats have a fraction. */
export function writeFlags(run: GuildRun, flags: Config, settings: JsonValue | undefined): void {
  const isFloat = (name: string) =>
    (settings as JsonObject | undefined)?.[name] !== undefined &&
    ((settings as JsonObject)[name] as JsonObject).type === "float";
  const names = Object.keys(flags).sort();
  const lines = names.map((name) =>
    encodeYamlValue({ [name]: flags[name] }, { float: isFloat(name) })
  );
  writeFile(run, "attrs/flags", lines.length === 0 ? "{}\n" : lines.join(""));
}
