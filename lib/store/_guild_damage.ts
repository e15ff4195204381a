/**
 * What is wrong with a Guild run that can be read all the same.
 *
 * @module
 */

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { OUTPUT_INDEX_RECORD } from "../meta/output_index.ts";
import type { RunStatus } from "../meta/status_of_files.ts";

/**
 * Looks for damage in a run that is over: an index whose last record is cut short, and links of a
 * batch to trials that are not there. What still runs, or waits to, is not complete.
 */
export function guildDamage(runDir: string, status: RunStatus): string[] {
  if (status === "running" || status === "pending" || status === "staged") return [];
  const dir = `${runDir}/.guild`;
  const damage: string[] = [];
  const size = statSync(`${dir}/output.index`, { throwIfNoEntry: false })?.size ?? 0;
  if (size % OUTPUT_INDEX_RECORD !== 0) {
    damage.push(`Cannot read all of 'output.index' in '${dir}': its last record is cut short`);
  }
  const lost = isBatch(dir) ? danglingTrials(runDir, status) : [];
  if (lost.length > 0) {
    const more = lost.length > 1 ? ` and ${lost.length - 1} more` : "";
    damage.push(`Cannot find trial '${lost[0]}'${more} of batch '${runDir}': it was removed`);
  }
  return damage;
}

function isBatch(dir: string): boolean {
  return /\s'?\+'?\s*$/.test(readFileSync(`${dir}/opref`, "latin1"));
}

/** Of a batch that can be resumed, trials may not have been made yet. */
function danglingTrials(runDir: string, status: RunStatus): string[] {
  if (status !== "completed" && existsSync(`${runDir}/.guild/batch.json`)) return [];
  return readdirSync(runDir, { withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink() && !existsSync(`${runDir}/${entry.name}`))
    .map((entry) => entry.name);
}
