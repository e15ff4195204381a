/**
 * Executes runs in Guild's layout.
 *
 * @module
 */

import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseYamlAttribute } from "../meta/guild/parse_yaml_attribute.ts";
import { nextTimestamp } from "../meta/timestamps.ts";
import { type CommandResult, runCommand, type RunCommandOptions } from "../phases/run_command.ts";
import type { Config } from "../types.ts";
import { encodeYamlValue } from "./encode_yaml_value.ts";
import { flagEnv } from "./flag_env.ts";
import { type GuildRun, writeAttr, writeFile } from "./guild_run.ts";

/** Options of {@linkcode execGuildRun}. */
export type ExecGuildRunOptions = Omit<RunCommandOptions, "cwd" | "env" | "output">;

/** Names of variables that are not recorded. */
const SECRET = /password|passwd|token|secret|api_?key|credential|private_?key/i;

/**
 * Executes a run that is initialized, in its directory, and records how it ended. A command that
 * fails is a result; one that cannot be started leaves no exit status, as with Guild.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
 * import { execGuildRun } from "runlit/exec-guild-run";
 * import { initGuildRun, makeGuildRun } from "runlit/guild-run";
 * import { scriptOperation } from "runlit/script-operation";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeFileSync(`${dir}/say.sh`, "msg=hello\necho $msg\n");
 * const runs = mkdtempSync("/tmp/example-");
 * const run = makeGuildRun(runs);
 * const operation = await scriptOperation(dir, "say.sh");
 * await initGuildRun(run, { projectDir: dir, operation, flags: { msg: "hi" } });
 * assert.equal((await execGuildRun(run)).ok, true);
 * assert.equal(readFileSync(`${run.runDir}/.guild/output`, "utf8"), "hi\n");
 * rmSync(dir, { recursive: true });
 * rmSync(runs, { recursive: true });
 * ```
 */
export async function execGuildRun(
  run: GuildRun,
  options: ExecGuildRunOptions = {},
): Promise<CommandResult> {
  const guild = join(run.runDir, ".guild");
  const command = parseYamlAttribute(readFileSync(join(guild, "attrs/cmd"), "utf8")) as string[];
  const flags = parseYamlAttribute(readFileSync(join(guild, "attrs/flags"), "utf8")) as Config;
  const env = environment(run, command, flags);
  const recorded = Object.fromEntries(Object.entries(env).filter(([name]) => !SECRET.test(name)));
  mkdirSync(join(guild, "attrs"), { recursive: true });
  writeFile(run, "attrs/env", encodeYamlValue(recorded));
  writeAttr(run, "deps", {});
  writeAttr(run, "started", nextTimestamp());
  // Who has the lock is known before the run is no longer pending.
  writeFile(run, "LOCK", String(process.pid));
  rmSync(join(guild, "PENDING"), { force: true });
  try {
    const result = await runCommand(command, {
      ...options,
      cwd: run.runDir,
      env,
      output: { path: join(guild, "output"), index: join(guild, "output.index") },
      onSpawn: (pid) => {
        writeFile(run, "LOCK", String(pid));
        options.onSpawn?.(pid);
      },
    });
    const status = result.signalNumber === null ? result.exitCode : -result.signalNumber;
    writeAttr(run, "stopped", nextTimestamp());
    if (status !== null && result.reason !== "not-found" && result.reason !== "spawn-failed") {
      writeAttr(run, "exit_status", status);
    }
    return result;
  } finally {
    rmSync(join(guild, "LOCK"), { force: true });
  }
}

function environment(
  run: GuildRun,
  command: readonly string[],
  flags: Config,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) env[name] = value;
  }
  return {
    ...env,
    ...flagEnv([], flags),
    CMD_DIR: process.cwd(),
    GUILD_HOME: dirname(dirname(run.runDir)),
    GUILD_OP: command.find((word) => /\.\w+$/.test(word)) ?? "",
    PYTHONDONTWRITEBYTECODE: "1",
    RUN_DIR: run.runDir,
    RUN_ID: run.id,
  };
}
