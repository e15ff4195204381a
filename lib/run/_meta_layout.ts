import { existsSync } from "node:fs";
import { detectLayout } from "../meta/layouts.ts";
import { runMetaPath } from "../meta/run_paths.ts";
import type { MetaLayout, Run } from "../types.ts";

/** The layout of a run's meta directory. */
export function metaLayout(run: Run): MetaLayout {
  return detectLayout((name) => existsSync(runMetaPath(run, name)));
}
