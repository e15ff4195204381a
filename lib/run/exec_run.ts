/**
 * Executes a staged run.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { RunStateError } from "../errors.ts";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { readCmd } from "../meta/read_cmd.ts";
import { readOpdef } from "../meta/read_opdef.ts";
import { runMetaPath } from "../meta/run_paths.ts";
import { logRunner } from "../meta/runner_log.ts";
import { nextTimestamp } from "../meta/timestamps.ts";
import { phaseEnv } from "../phases/run_env.ts";
import type { Run } from "../types.ts";
import { executeCommand, type PhaseResult } from "./_execute_phase.ts";
import { phaseCommand } from "./_phase_command.ts";
import { requireMetaDir, requireRunDir } from "./_require.ts";
import type { PhaseOptions } from "./phase_options.ts";

/** Options of {@link execRun}. */
export interface ExecRunOptions extends PhaseOptions {
  /** What the command reads from standard input: nothing, or what this process would. */
  stdin?: "ignore" | "inherit";
  /** Variables that this execution adds to the command's own. Default: none. */
  env?: Readonly<Record<string, string>>;
}

/** How the command of a run ended. */
export interface ExecResult extends PhaseResult {
  readonly run: Run;
  /** File that holds what the command printed. */
  readonly outputFile: string;
}

/**
 * Starts the command of a staged run, from its run directory and meta alone, and waits until it and
 * all processes of its group are gone.
 *
 * The command runs in the run directory, with the caller's environment, `RUN_ID`, `RUN_DIR`,
 * `PARENT_PWD` and its own variables. Its output is captured in `output/40_run`. A command that
 * fails is a result like that of one which succeeds, with `ok: false` and the reason.
 *
 * @throws {LockError} Another process works on the run.
 * @throws {RunStateError} The run is not staged, was started already, or `options.signal` had
 * aborted before it was.
 *
 * @example A command and its exit code
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, readFileSync, rmSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { execRun } from "runlit/exec-run";
 * import { initRunMeta } from "runlit/init-run-meta";
 * import { makeRun } from "runlit/make-run";
 * import { stageRun } from "runlit/stage-run";
 *
 * const dir = mkdtempSync(join(tmpdir(), "runs-"));
 * const run = await makeRun(dir, { opref: { namespace: "demo", name: "hello" } });
 * const cmd = { args: "echo hello from $RUN_ID; exit 3", env: {} };
 * await initRunMeta(run, { opdef: { name: "hello", data: {} }, cmd });
 * await stageRun(run, dir);
 *
 * const result = await execRun(run);
 * assert.deepEqual([result.ok, result.exitCode], [false, 3]);
 * assert.equal(readFileSync(result.outputFile, "utf8"), `hello from ${run.id}\n`);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function execRun(run: Run, options: ExecRunOptions = {}): Promise<ExecResult> {
  requireRunDir(run);
  requireMetaDir(run);
  const { args, env } = await readCmd(run);
  const opdef = await readOpdef(run);
  const spec = phaseCommand(opdef, "run");
  const command = args.length > 0 ? args : spec?.command;
  if (command === undefined) {
    throw new RunStateError(`Cannot start run '${run.id}': it has no command`, run);
  }
  requireStaged(run);
  if (options.signal?.aborted || options.force?.aborted) {
    throw new RunStateError(`Run '${run.id}' was interrupted before it started`, run);
  }

  const own = { ...env, ...options.env };
  // Bytecode beside the source would be files that the run has generated.
  const defaults = { PYTHONDONTWRITEBYTECODE: "1" };
  const vars = { RUN_ID: run.id, RUN_DIR: resolve(run.runDir), PARENT_PWD: process.cwd() };
  const result = await executeCommand(
    run,
    opdef,
    { phase: "run", key: "run", command, output: "40_run", inProject: false },
    {
      ...options,
      cwd: run.runDir,
      ownEnv: [vars, defaults, own].flatMap(Object.keys),
      env: phaseEnv({
        inherited: process.env,
        defaults,
        own,
        vars,
      }),
      onLocked: () => markStarted(run),
    },
  );
  return { ...result, run, outputFile: runMetaPath(run, "output", "40_run") };
}

function requireStaged(run: Run): void {
  if (!existsSync(runMetaPath(run, "staged"))) {
    throw new RunStateError(`Cannot start run '${run.id}': it is not staged`, run);
  }
}

/** Two processes that start one run: the lock lets one in, and `started` keeps the other out. */
function markStarted(run: Run): void {
  const path = runMetaPath(run, "started");
  if (existsSync(path)) {
    throw new RunStateError(
      `Cannot start run '${run.id}': it was started already; make a new run instead`,
      run,
    );
  }
  logRunner(run, "Writing meta started");
  writeFileAtomicSync(path, String(nextTimestamp()), { mode: 0o444 });
}
