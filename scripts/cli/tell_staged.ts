/**
 * What commands say of a run that they have staged.
 *
 * @module
 */

import type { Run } from "../../lib/types.ts";
import { shortPath } from "./short_path.ts";
import { note, print } from "./print.ts";
import { runJson } from "./run_json.ts";

/** Prints a staged run's ID, or all about it, and says how it is started. */
export async function tellStaged(run: Run, { json }: { readonly json?: true }): Promise<void> {
  if (json) return print(JSON.stringify(await runJson(run)));
  note(`staged ${run.name}: ${shortPath(run.runDir)}`);
  note(`start it with: runlit run --start ${run.name}`);
  print(run.id);
}
