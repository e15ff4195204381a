/**
 * Batches in Guild's layout: a run with a prototype in `.guild/proto`, of which each trial is a copy with values of its
 * own.
 *
 * @module
 */

import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { copyFiles } from "../files/copy_files.ts";
import { listFiles } from "../files/list_files.ts";
import { encodeGuildOpRef } from "../meta/guild/guild_opref.ts";
import { encodePythonJson } from "../meta/python_json.ts";
import { nextTimestamp } from "../meta/timestamps.ts";
import type { Config, JsonValue, OpDef } from "../types.ts";
import { encodeEnv, fullEnv, ownGuildEnv } from "./_guild_env.ts";
import { setSourceFlags } from "./_guild_source.ts";
import { pythonLiteral } from "./_python_literal.ts";
import { flagArgs } from "./flag_args.ts";
import { flagLabel } from "./flag_label.ts";
import {
  copySource,
  type GuildRun,
  type GuildVersion,
  makeGuildRun,
  runsInPlace,
  writeAttr,
  writeFile,
  writeFlags,
  writeGuildRun,
  writeOrigin,
} from "./guild_run.ts";
import type { ScriptOperation } from "./script_operation.ts";

/** What is known about a batch before its trials are made. */
export interface GuildBatchInit {
  readonly projectDir: string;
  readonly operation: ScriptOperation;
  /** Values as they were given, with the lists and ranges. */
  readonly values: Config;
  /** Values of each trial, where they came from a file. Default: they are the combinations. */
  readonly rows?: readonly Config[];
  readonly label?: string;
  /** Default: `0.9`. */
  readonly version?: GuildVersion;
  /** Leaves `.env` files that no pattern names out of the source code, as of scoped runs. */
  readonly withoutSecrets?: boolean;
  /** Is given each warning. */
  readonly onWarning?: (message: string) => void;
}

/** The program that Guild runs a batch with, so that Guild can run ours again. */
const PROGRAM = ["-um", "guild.batch_main"];

/**
 * Writes what is known about a batch: its prototype in `.guild/proto`, then its own attributes. The
 * reference to its operation, which is called `+`, comes last.
 */
export async function initGuildBatch(run: GuildRun, init: GuildBatchInit): Promise<void> {
  const { values, rows, label, version = "0.9" } = init;
  const isOld = version === "2019";
  const proto = protoOf(run);
  await initProto(proto, dirname(run.runDir), init);
  const [python] = init.operation.command;
  const program = init.operation.detected.language === "python" ? python : "python3";
  writeAttr(run, "cmd", [program, ...PROGRAM]);
  writeAttr(run, "flags", {});
  writeFile(run, "PENDING", "");
  if (label !== undefined) writeAttr(run, "label", label);
  if (isOld) {
    writeFile(run, "opdef.json", encodePythonJson({ exec: `\${python_exe} ${PROGRAM.join(" ")}` }));
  } else {
    writeOrigin(run);
    writeAttr(run, "op", {
      "op-cmd": {
        "cmd-args": [program, ...PROGRAM],
        "cmd-env": {},
        "cmd-flags": {},
        "flags-dest": null,
      },
      "deps": [],
      "sourcecode": { dest: "." },
    });
    writeAttr(run, "objective", "loss");
    writeAttr(run, "user_flags", {});
    writeAttr(run, "sourcecode_digest", null);
    writeFile(run, "manifest", "");
    writeAttr(proto, "label", flagLabel(values));
    if (rows !== undefined) writeAttr(proto, "trials", rows as JsonValue);
  }
  const [type, name, release] = isOld
    ? ["batch", "guildai", "0.6.0.dev3"]
    : ["builtin", "guildai", "0.9.1"];
  writeFile(run, "opref", encodeGuildOpRef({ type, name, version: release, model: "", op: "+" }));
}

/** The prototype of a batch. */
function protoOf({ runDir }: GuildRun): GuildRun {
  return { id: "proto", runDir: join(runDir, ".guild", "proto") };
}

async function initProto(proto: GuildRun, runsDir: string, init: GuildBatchInit): Promise<void> {
  const { operation, values, version = "0.9" } = init;
  const flags = Object.fromEntries(
    operation.flags.map((flag) => [flag.name, values[flag.name] ?? flag.default]),
  );
  const all = { ...flags, ...values };
  const isArgs = operation.opdef.data["flags-dest"] === "args";
  // A list is one argument here: it is the trials that have one of its items each.
  const shown = version === "2019"
    ? Object.entries(all).map(([name, value]) => [
      name,
      Array.isArray(value) ? pythonLiteral(value) : value,
    ])
    : Object.entries(all);
  const args = isArgs ? flagArgs(operation.flags, Object.fromEntries(shown)) : [];
  const run = {
    ...init,
    flags: all,
    userFlags: values,
    label: undefined,
    command: [...operation.command, ...args],
  };
  if (!runsInPlace(operation, version)) await copySource(proto, run, runsDir);
  writeFile(proto, "PENDING", "");
  writeGuildRun(proto, run);
}

/** Records that a batch is being run, or run again. */
export function startGuildBatch(run: GuildRun): void {
  const attrs = join(run.runDir, ".guild", "attrs");
  for (const name of ["exit_status", "stopped"]) rmSync(join(attrs, name), { force: true });
  const env = fullEnv({ ...ownGuildEnv(run, { command: [], flags: {} }), GUILD_OP: "+" });
  writeFile(run, "attrs/env", encodeEnv(env));
  writeAttr(run, "deps", {});
  rmSync(join(run.runDir, ".guild", "PENDING"), { force: true });
  if (!existsSync(join(attrs, "started"))) writeAttr(run, "started", nextTimestamp());
}

/** Records how a batch ended: its exit code, or the negative number of a signal. */
export function stopGuildBatch(run: GuildRun, exitStatus: number): void {
  writeAttr(run, "stopped", nextTimestamp());
  writeAttr(run, "exit_status", exitStatus);
}

/** A trial that is to be made. */
export interface GuildTrialInit {
  readonly id: string;
  readonly opdef: OpDef;
  readonly command: readonly string[];
  /** Values of all flags. */
  readonly flags: Config;
  readonly label?: string;
}

/** What a trial does not have of the prototype, or has its own of. */
const OWN = [
  "PENDING",
  "opref",
  ...["id", "cmd", "flags", "label", "trials"].map((a) => `attrs/${a}`),
];

/**
 * Makes the run of a trial, pending, as a copy of the batch's prototype. With its reference, which
 * comes last, it is there; one whose making was interrupted is made anew.
 */
export async function makeGuildTrial(
  batch: GuildRun,
  { id, opdef, command, flags, label }: GuildTrialInit,
): Promise<GuildRun> {
  const runsDir = dirname(batch.runDir);
  const { runDir: proto } = protoOf(batch);
  rmSync(join(runsDir, id), { recursive: true, force: true });
  const run = makeGuildRun(runsDir, id);
  const files = (await listFiles(proto)).filter(({ path, kind }) =>
    kind === "file" && !OWN.some((name) => path === `.guild/${name}`)
  );
  await copyFiles(files.map(({ path }) => ({ path, source: join(proto, path) })), run.runDir);
  if (
    typeof opdef.data.script === "string" && files.some(({ path }) => path === opdef.data.script)
  ) {
    await setSourceFlags(run.runDir, opdef, flags);
  }
  const isOld = files.some(({ path }) => path === ".guild/opdef.json");
  writeFile(run, "PENDING", "");
  writeAttr(run, "cmd", command as JsonValue);
  writeFlags(run, flags, opdef.data.flags);
  if (label !== undefined) writeAttr(run, "label", label);
  if (!isOld) {
    writeAttr(run, "id", id);
    writeAttr(run, "user_flags", {});
    writeAttr(run, "started", nextTimestamp());
    // Which Guild does not record.
    writeAttr(run, "batch", batch.id);
  }
  writeFile(run, "opref", readFileSync(join(proto, ".guild", "opref"), "utf8"));
  return run;
}
