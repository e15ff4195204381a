/**
 * Makes runs in Guild's layout.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join, resolve } from "node:path";
import { copyFiles } from "../files/copy_files.ts";
import { parseFilePatterns } from "../files/parse_file_patterns.ts";
import { selectFiles } from "../files/select_files.ts";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { encodeGuildOpRef } from "../meta/guild/guild_opref.ts";
import { shellQuote } from "../meta/guild/shell_quote.ts";
import { encodePythonJson } from "../meta/python_json.ts";
import { nextTimestamp } from "../meta/timestamps.ts";
import type { Config, JsonValue } from "../types.ts";
import { encodeYamlValue } from "./encode_yaml_value.ts";
import { flagArgs } from "./flag_args.ts";
import { encodeFlags } from "./flag_json.ts";
import { patchFlags } from "./patch_flags.ts";
import type { ScriptOperation } from "./script_operation.ts";

/** Versions of the layout: that of Guild 0.9, and that of January 2019. */
export type GuildVersion = "0.9" | "2019";

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
  readonly label?: string;
  /** Default: `0.9`. */
  readonly version?: GuildVersion;
}

/** Claims an ID in a runs directory, and makes the run's directory. */
export function makeGuildRun(runsDir: string): GuildRun {
  const id = globalThis.crypto.randomUUID().replaceAll("-", "");
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
  const { operation, flags, userFlags = {}, label, version = "0.9" } = init;
  const projectDir = resolve(init.projectDir);
  const path = join(projectDir, operation.script);
  const isOld = version === "2019";
  const inPlace = isOld && operation.opdef.data["flags-dest"] === "args";
  const isFloat = (name: string) =>
    operation.flags.some((flag) => flag.name === name && flag.type === "float");

  if (!inPlace) await copySource(run, projectDir, operation, flags, isOld);
  const command = operation.command.map((word) =>
    inPlace && word === operation.script ? path : word
  );
  const args = operation.opdef.data["flags-dest"] === "args"
    ? flagArgs(operation.flags, flags)
    : [];
  writeAttr(run, "cmd", [...command, ...args]);
  writeFlags(run, flags, isFloat);
  if (label !== undefined) writeAttr(run, "label", label);
  if (isOld) {
    writeAttr(run, "compare", COMPARE);
    writeFile(run, "opdef.json", oldOpdef(operation, path));
    const md5 = createHash("md5").update(readFileSync(path)).digest("hex");
    writeFile(run, "opref", opref(path, md5, operation));
    return;
  }
  const { id } = run;
  const { platform, arch } = process;
  writeAttr(run, "deps", {});
  writeAttr(run, "host", process.env.HOST || hostname());
  writeAttr(run, "id", id);
  writeAttr(run, "initialized", nextTimestamp());
  writeAttr(run, "op", newOp(operation));
  writeAttr(run, "platform", { architecture: arch, uname: platform });
  writeAttr(run, "plugins", []);
  writeAttr(run, "random_seed", Math.floor(Math.random() * 2 ** 32));
  writeAttr(run, "run_params", {});
  writeAttr(run, "user", process.env.USER ?? "");
  writeAttr(run, "user_flags", userFlags);
  writeFile(run, "opref", opref(projectDir, "", operation));
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

function writeFlags(run: GuildRun, flags: Config, isFloat: (name: string) => boolean): void {
  const names = Object.keys(flags).sort();
  const lines = names.map((name) =>
    encodeYamlValue({ [name]: flags[name] }, { float: isFloat(name) })
  );
  writeFile(run, "attrs/flags", lines.length === 0 ? "{}\n" : lines.join(""));
}

const COMPARE: readonly string[] = [
  "loss step as step",
  "loss",
  "acc",
  "accuracy as acc",
  "val_loss",
  "val#loss as val_loss",
  "val_acc",
  "val#acc as val_acc",
];

function oldOpdef(operation: ScriptOperation, path: string): string {
  const [program, ...rest] = operation.command.slice(0, -1);
  const executable = operation.detected.language === "python" ? "${python_exe}" : program;
  const exec = [executable, ...rest, shellQuote(path), "${flag_args}"].join(" ");
  const known = ["default", "description", "choices", "required"];
  const flags = Object.fromEntries(
    Object.entries(encodeFlags(operation.flags)).map(([name, settings]) => [
      name,
      Object.fromEntries(
        Object.entries(settings as Record<string, JsonValue>)
          .filter(([key]) => known.includes(key) || key.startsWith("arg-")),
      ),
    ]),
  );
  return encodePythonJson({ compare: COMPARE, exec, flags }, { sortKeys: true });
}

function newOp(operation: ScriptOperation): JsonValue {
  const flags = encodeFlags(operation.flags) as Record<string, Record<string, JsonValue>>;
  const cmdFlags = Object.entries(flags).map(([name, settings]) =>
    [
      name,
      Object.fromEntries(Object.entries(settings).filter(([key]) => key.startsWith("arg-"))),
    ] as const
  ).filter(([, settings]) => Object.keys(settings).length > 0);
  return {
    "op-cmd": {
      "cmd-args": [...operation.command, "__flag_args__"],
      "cmd-env": {},
      "cmd-flags": Object.fromEntries(cmdFlags),
      "flags-dest": operation.opdef.data["flags-dest"] ?? null,
    },
    "deps": [],
    "sourcecode": { dest: "." },
  };
}

function opref(name: string, version: string, { script }: ScriptOperation): string {
  return encodeGuildOpRef({ type: "script", name, version, model: "", op: script });
}

async function copySource(
  run: GuildRun,
  projectDir: string,
  operation: ScriptOperation,
  flags: Config,
  isOld: boolean,
): Promise<void> {
  const rules = parseFilePatterns(operation.opdef.data.sourcecode);
  const { files } = await selectFiles(projectDir, rules, { exclude: [dirname(run.runDir)] });
  await copyFiles(files, run.runDir);
  const digest = createHash("md5");
  let manifest = "";
  for (const { path, kind } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (kind !== "file") continue;
    const data = readFileSync(join(run.runDir, path));
    digest.update(path).update("\0").update(data).update("\0");
    const sha1 = createHash("sha1").update(data).digest("hex");
    manifest += `s ${shellQuote(path)} ${sha1} ${shellQuote(path)}\n`;
  }
  const { patched } = await patchFlags(operation.opdef, run.runDir, flags);
  if (patched !== null && patched.changed.length > 0) {
    writeFileAtomicSync(join(run.runDir, operation.script), patched.bytes);
  }
  if (isOld) return;
  writeFile(run, "manifest", manifest);
  writeAttr(run, "sourcecode_digest", files.length === 0 ? null : digest.digest("hex"));
}
