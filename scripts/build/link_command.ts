/**
 * Makes `npx runlit` work in the checkout.
 *
 * @module
 */

import { existsSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../house/root.ts";

/**
 * Links `node_modules/.bin/runlit` to the built command. npm does so for dependencies only, and
 * would else install the checkout into a cache of its own at each call.
 */
export function linkCommand(): void {
  const bin = join(ROOT, "node_modules/.bin");
  if (!existsSync(bin)) return;
  // Renamed into place: two builds may run at the same time.
  const next = join(bin, `.runlit-${process.pid}`);
  symlinkSync("../../dist/scripts/runlit.js", next);
  renameSync(next, join(bin, "runlit"));
}
