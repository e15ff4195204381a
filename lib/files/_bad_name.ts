/**
 * Names that the lines of a log or a manifest cannot hold.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { lstatSync, readdirSync } from "node:fs";
import type { WalkedDir } from "./_selection.ts";

/** Says what is wrong with a name, and how to show it, or null if nothing is. */
export function badName(dir: WalkedDir, name: string): { shown: string; why: string } | null {
  if (/[\n\r]/.test(name)) return { shown: name, why: "its name has a line break; rename it" };
  // Both runtimes put U+FFFD where a name is not UTF-8, and then there is no file of that name.
  if (!name.includes("\ufffd")) return null;
  if (lstatSync(`${dir.real}/${name}`, { throwIfNoEntry: false })) return null;
  return { shown: showBytes(dir.real, name), why: "its name is not UTF-8; rename it" };
}

/** Shows the bytes of a name. Deno has no way to see them: it shows the name as it is. */
function showBytes(dir: string, name: string): string {
  const entries = readdirSync(dir, { encoding: "buffer" });
  const lossy = Buffer.from(name);
  const bytes = entries.find((entry) => entry.toString() === name && !entry.equals(lossy));
  if (bytes === undefined) return name;
  return bytes.toString("latin1").replace(
    /[^\x20-\x7e]/g,
    (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
