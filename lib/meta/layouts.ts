/**
 * The layouts of meta: where each of them keeps what.
 *
 * @module
 */

import type { MetaLayout } from "../types.ts";

/** What the layouts name differently. */
export interface LayoutTraits {
  readonly cmd: string;
  readonly env: string;
  /** Ends the file name of a system attribute. */
  readonly sysSuffix: string;
}

/**
 * What the layouts name differently. `json` is Gage's of today; `text` is that of early Gage, one
 * value per line, made for `cat`.
 */
export const LAYOUTS: Readonly<Record<MetaLayout, LayoutTraits>> = {
  json: { cmd: "proc/cmd.json", env: "proc/env.json", sysSuffix: ".json" },
  text: { cmd: "proc/cmd", env: "proc/env", sysSuffix: "" },
};

/**
 * Tells the layout of meta from the names of its files.
 *
 * Meta that has neither layout's command yet (an interrupted init, or a run that has just been
 * made) is taken for `json` unless it has a name of its own, which only `text` writes.
 *
 * @param has Whether there is a file of a name, such as `proc/cmd`.
 *
 * @example Early Gage has a file for the name
 * ```ts
 * import assert from "node:assert/strict";
 * import { detectLayout } from "runlit/layouts";
 *
 * assert.equal(detectLayout((name) => ["id", "name", "proc/cmd"].includes(name)), "text");
 * assert.equal(detectLayout((name) => ["id", "proc/cmd.json"].includes(name)), "json");
 * ```
 */
export function detectLayout(has: (name: string) => boolean): MetaLayout {
  if (has(LAYOUTS.json.cmd)) return "json";
  return has(LAYOUTS.text.cmd) || has("name") ? "text" : "json";
}
