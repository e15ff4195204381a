/**
 * What a shell needs to complete words with `runlit complete --next`.
 *
 * The words that somebody types are passed on as they are, never evaluated.
 *
 * @module
 */

import { readFileSync } from "node:fs";

/** A shell that words can be completed in. */
export type Shell = "bash" | "zsh" | "fish";

const SCRIPTS: Readonly<Record<Shell, URL>> = {
  bash: new URL("./runlit.bash", import.meta.url),
  zsh: new URL("./runlit.zsh", import.meta.url),
  fish: new URL("./runlit.fish", import.meta.url),
};

/** All of them. */
export const SHELLS = Object.keys(SCRIPTS) as readonly Shell[];

/** Returns a script for the shell's start file to evaluate. */
export function shellScript(shell: Shell): string {
  return readFileSync(SCRIPTS[shell], "utf8");
}
