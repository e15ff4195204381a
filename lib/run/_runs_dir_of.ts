import { dirname, resolve } from "node:path";
import type { Run } from "../types.ts";

/** The runs directory that a run is in. */
export function runsDirOf(run: Run): string {
  return dirname(resolve(run.runDir));
}
