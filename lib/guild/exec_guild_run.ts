/**
 * Executes runs in Guild's layout.
 *
 * @module
 */

import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseYamlAttribute } from "../meta/guild/parse_yaml_attribute.ts";
import { acquireLock } from "../meta/lock.ts";
import { nextTimestamp } from "../meta/timestamps.ts";
import { type CommandResult, runCommand, type RunCommandOptions } from "../phases/run_command.ts";
import { scopeReasons } from "../phases/scope/scope_reasons.ts";
import type { Config } from "../types.ts";
import { encodeEnv, fullEnv, ownGuildEnv } from "./_guild_env.ts";
import { openClosedRun } from "./_open_closed_run.ts";
import { type GuildScopeOptions, scopeGuildRun } from "./_scope_guild_run.ts";
import { type GuildRun, writeAttr, writeFile } from "./guild_run.ts";

/** Options of {@linkcode execGuildRun}. */
export interface ExecGuildRunOptions
  extends Omit<RunCommandOptions, "cwd" | "env" | "output" | "wrap">, GuildScopeOptions {
  /** Variables that this execution adds. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How the command of a run ended. */
export interface GuildResult extends CommandResult {
  /** What the command failed for, if that is something that its scope withheld. */
  readonly scopeReasons: readonly string[];
}

/**
 * Executes a run that is initialized, in its directory, and records how it ended. A command that
 * fails is a result; one that cannot be started leaves no exit status, as with Guild.
 *
 * @throws {LockError} Another process executes the run.
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
): Promise<GuildResult> {
  const guild = join(run.runDir, ".guild");
  const read = (name: string) => readFileSync(join(guild, name), "utf8");
  const command = parseYamlAttribute(read("attrs/cmd")) as string[];
  const flags = parseYamlAttribute(read("attrs/flags")) as Config;
  const own = { ...ownGuildEnv(run, { command, flags }), ...options.env };
  const env = fullEnv(own);
  // Who has the lock is known before the run is no longer pending.
  const lock = await acquireLock({ runDir: run.runDir, metaDir: guild });
  try {
    const isOld = existsSync(join(guild, "opdef.json"));
    const scoped = { opref: read("opref"), isOld, own: Object.keys(own) };
    const plan = await scopeGuildRun(run, scoped, options);
    writeFile(run, "attrs/env", encodeEnv(env, plan?.withheld.map(({ name }) => name)));
    writeAttr(run, "deps", {});
    for (const name of ["exit_status", "stopped"]) rmSync(join(guild, "attrs", name), FORCE);
    writeAttr(run, "started", nextTimestamp());
    for (const name of ["PENDING", "STAGED"]) rmSync(join(guild, name), FORCE);
    const output = { path: join(guild, "output"), index: join(guild, "output.index") };
    const result = await runCommand(command, {
      ...options,
      timeLimit: options.timeLimit ?? plan?.timeLimit,
      grace: options.grace ?? plan?.grace,
      outputLimit: plan?.outputLimit,
      wrap: plan?.wrapper ?? undefined,
      cwd: run.runDir,
      env,
      output,
      onSpawn: (pid) => {
        openClosedRun(run);
        lock.update(pid);
        options.onSpawn?.(pid);
      },
    });
    openClosedRun(run);
    const status = result.signalNumber === null ? result.exitCode : -result.signalNumber;
    writeAttr(run, "stopped", nextTimestamp());
    if (status !== null && result.reason !== "not-found" && result.reason !== "spawn-failed") {
      writeAttr(run, "exit_status", status);
    }
    const reasons = plan === null || result.ok ? [] : await scopeReasons(plan, output.path);
    return { ...result, scopeReasons: reasons };
  } finally {
    lock.release();
  }
}

const FORCE = { force: true };
