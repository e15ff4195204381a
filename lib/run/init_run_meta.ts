/**
 * Initializes the meta of a run.
 *
 * @module
 */

import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { RunStateError } from "../errors.ts";
import { syncDir } from "../files/durability.ts";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { planMeta } from "../meta/plan_meta.ts";
import { logRunner } from "../meta/runner_log.ts";
import { runMetaDir } from "../meta/run_paths.ts";
import { setUserAttributes, userAttributesDir } from "../meta/user_attributes.ts";
import { isSecretName } from "../phases/scope/secret_names.ts";
import type { Config, JsonObject, MetaLayout, OpCmd, OpDef, OpRef, Run } from "../types.ts";
import { requireRunDir } from "./_require.ts";

/** What is known about a run before it is staged. */
export interface RunMetaInit {
  /** Operation that the run is of. Default: that of the run. */
  opref?: OpRef;
  /** Definition of the operation; its name has to be the opref's. */
  opdef: OpDef;
  /**
   * Command that the run executes, and its variables: but for secrets, which are not recorded and
   * are given to `execRun`.
   */
  cmd: OpCmd;
  /** Config values by dotted key. Default: none, and no `config.json` is written. */
  config?: Config;
  /** Attributes that the user may change later, such as `label`. */
  userAttrs?: JsonObject;
  /** What is known about the system, such as `platform`. */
  systemAttrs?: JsonObject;
  /** How meta is laid out. Default: `json`, which today's Gage reads. */
  layout?: MetaLayout;
}

/**
 * Writes the meta of a run: everything that is known about it before it is staged.
 *
 * Every file is written read-only and complete or not at all, `initialized` last. When something
 * fails, no meta is left behind. The run directory is not touched.
 *
 * @throws {RangeError} `mismatched names in opref ('hi') and opdef ('bye')`, or a value that the
 * layout cannot hold, or a variable that looks like a secret; nothing has been written then.
 * @throws {RunStateError} The run is initialized already, or its operation is not known.
 *
 * @example What is written
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, readFileSync, rmSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { initRunMeta } from "runlit/init-run-meta";
 * import { makeRun } from "runlit/make-run";
 *
 * const runsDir = mkdtempSync(join(tmpdir(), "runs-"));
 * const run = await makeRun(runsDir);
 * await initRunMeta(run, {
 *   opref: { namespace: "demo", name: "hello" },
 *   opdef: { name: "hello", data: {} },
 *   cmd: { args: ["echo", "hello"], env: {} },
 * });
 * assert.equal(readFileSync(join(run.metaDir, "proc", "cmd.json"), "utf8"), '["echo", "hello"]');
 * rmSync(runsDir, { recursive: true });
 * ```
 */
export async function initRunMeta(run: Run, init: RunMetaInit): Promise<void> {
  const { opdef, cmd, config, layout = "json" } = init;
  const opref = init.opref ?? run.opref;
  if (opref === null) {
    throw new RunStateError(
      `Cannot initialize run '${run.id}': its operation is not known; give 'opref'`,
      run,
    );
  }
  if (opref.name !== opdef.name) {
    throw new RangeError(`mismatched names in opref ('${opref.name}') and opdef ('${opdef.name}')`);
  }
  refuseSecrets(run, cmd);
  requireRunDir(run);
  const metaDir = runMetaDir(run);
  if (metaDir.endsWith(".zip") || existsSync(join(metaDir, "initialized"))) {
    throw new RunStateError(`Cannot initialize run '${run.id}': it is initialized already`, run);
  }

  const { userAttrs = {}, systemAttrs = {} } = init;
  const files = planMeta({ run, opref, opdef, cmd, config, userAttrs, systemAttrs, layout });
  const hasUserLog = layout === "json" && Object.keys(userAttrs).length > 0;
  const userDir = userAttributesDir(run);
  const newUserDir = hasUserLog && !existsSync(userDir);
  const before = existsSync(metaDir) ? readdirSync(metaDir) : null;
  const dirs = new Set<string>();
  try {
    for (const { path, data, logMessage } of files) {
      const target = join(metaDir, path);
      const dir = dirname(target);
      if (!dirs.has(dir)) mkdirSync(dir, { recursive: true });
      dirs.add(dir);
      const last = path === "initialized";
      // Nothing is written after the marker: the log speaks of it before it is there.
      if (last && logMessage) logRunner(metaDir, logMessage);
      if (last && hasUserLog) await setUserAttributes(run, userAttrs);
      writeFileAtomicSync(target, data, { mode: 0o444, durable: last });
      if (!last && logMessage) logRunner(metaDir, logMessage);
    }
    syncDir(dirname(metaDir));
  } catch (error) {
    removeWritten(metaDir, before);
    if (newUserDir) rmSync(userDir, { recursive: true, force: true });
    throw error;
  }
}

/** What is recorded is there to be read, for ever. Variables of flags are in the config as well. */
function refuseSecrets(run: Run, { env }: OpCmd): void {
  const name = Object.keys(env).find((name) =>
    isSecretName(name) && !name.startsWith("FLAG_") && env[name] !== ""
  );
  if (name === undefined) return;
  throw new RangeError(
    `Cannot record variable '${name}' of run '${run.id}': it looks like a secret, and values of ` +
      "secrets are never stored; give it to execRun() as 'env'",
  );
}

/** Leaves of a meta directory only what was there before. */
function removeWritten(metaDir: string, before: readonly string[] | null): void {
  if (before === null) return rmSync(metaDir, { recursive: true, force: true });
  for (const name of readdirSync(metaDir)) {
    if (!before.includes(name)) rmSync(join(metaDir, name), { recursive: true, force: true });
  }
}
