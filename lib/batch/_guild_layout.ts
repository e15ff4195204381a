/**
 * Batches in Guild's layout.
 *
 * @module
 */

import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { flagLabel } from "../guild/flag_label.ts";
import { decodeFlags } from "../guild/flag_json.ts";
import { makeGuildTrial, startGuildBatch, stopGuildBatch } from "../guild/guild_batch.ts";
import { newGuildId } from "../guild/guild_run.ts";
import { stageGuildRun } from "../guild/stage_guild_run.ts";
import { guildStatus } from "../meta/guild/guild_source.ts";
import { runName } from "../meta/run_name.ts";
import type { Run } from "../types.ts";
import { appendTrialOutput } from "./_append_trial_output.ts";
import { type Batch, batchFile, batchRunsDir, type BatchTrial } from "./batch.ts";
import type { TrialLayout } from "./trial_layout.ts";

/** Runs with their meta in `.guild`. */
export const guildLayout: TrialLayout = {
  newId: newGuildId,
  locate,
  status: async (batch, trial) => {
    const { metaDir } = locate(batch, trial);
    return existsSync(join(metaDir, "opref")) ? guildStatus(metaDir) : "missing";
  },
  make: async (batch, trial) => {
    const { id, plan: { opdef, cmd, config: flags, userAttrs: { label } } } = trial;
    const command = cmd.args as readonly string[];
    const name = typeof label === "string" ? label : undefined;
    await makeGuildTrial(batch.run, { id, opdef, command, flags, label: name });
    return locate(batch, trial);
  },
  // A trial has everything it needs as soon as it is made.
  stage: async () => {},
  leave: (batch, trial) => {
    const { id, runDir, metaDir } = locate(batch, trial);
    stageGuildRun({ id, runDir });
    if (batch.layout === "guild") rmSync(join(metaDir, "PENDING"), { force: true });
  },
  finish: async () => {},
  records: (batch, trial) => {
    const { metaDir } = locate(batch, trial);
    return ["attrs/exit_status", "attrs/stopped", "output"].map((name) => join(metaDir, name));
  },
  start: ({ run }) => startGuildBatch(run),
  stop: ({ run }, code) => stopGuildBatch(run, code),
  seal: async ({ run, layout }) => {
    // What Guild had in 2019, and no more. The links say which trials there were.
    if (layout === "guild-2019") rmSync(batchFile(run), { force: true });
  },
  announce: ({ layout }, { id, plan: { opref, opdef, config } }) => {
    const flags = decodeFlags(opdef.data.flags, opdef.name);
    const what = `${opref.name} (${flagLabel(config, { flags, separator: ", " })})`;
    return `INFO: [guild] Running ${layout === "guild-2019" ? "" : `trial ${id}: `}${what}`;
  },
  collect: (batch, trial, started) => {
    const line = guildLayout.announce(batch, trial)!;
    appendTrialOutput(batch.run.metaDir, locate(batch, trial).metaDir, { line, started });
  },
};

function locate(batch: Batch, { id, plan }: BatchTrial): Run {
  const runDir = join(batchRunsDir(batch), id);
  return { id, name: runName(id), runDir, metaDir: join(runDir, ".guild"), opref: plan.opref };
}
