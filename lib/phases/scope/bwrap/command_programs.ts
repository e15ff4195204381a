/**
 * Which programs does a command name?
 *
 * @module
 * @internal
 */

import { basename } from "node:path";
import type { SpawnSpec } from "../../command_wrapper.ts";

/** Words longer than the names of programs are, and more of them than anyone writes. */
const LONGEST = 255;
const MOST = 2000;

/**
 * Returns the programs that a command may start: its own, what follows `env`, and every word of a
 * shell's text, since any of them may be one. Names that are none do no harm: they are not found.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { commandPrograms } from "runlit/command-programs";
 *
 * const spec = { file: "/bin/sh", args: ["-c", "cd src && python train.py"], cwd: "/", env: {} };
 * assert.deepEqual(commandPrograms(spec), ["/bin/sh", "-c", "cd", "src", "python", "train.py"]);
 * ```
 */
export function commandPrograms(spec: Pick<SpawnSpec, "file" | "args">): string[] {
  const isShell = isShellName(spec.file) || basename(spec.file) === "env";
  const text = isShell ? spec.args.join(" ") : "";
  const words = text.split(/[\s;&|()<>`"'={}$]+/).slice(0, MOST);
  return [...new Set([spec.file, ...words.filter(mayBeProgram)])];
}

/** A name to be found on the `PATH`, or the path of a file where programs are. */
function mayBeProgram(word: string): boolean {
  return word !== "" && word.length < LONGEST && (!word.includes("/") || PLACES.test(word));
}

const PLACES = /\/(s?bin|shims|\.bin)\/[^/]+$/;

/** Whether a program is a shell, by its name. */
export function isShellName(file: string): boolean {
  return /^(ba|da|z|k|mk|a|fi|c|tc)?sh$/.test(basename(file));
}

/**
 * Whether a shell's text may leave processes behind that its last command does not wait for: it
 * starts some in the background, or what it starts may be another shell's script.
 */
export function mayLeaveProcesses(text: string): boolean {
  const background = /(^|[^&<>])&([^&>]|$)|[<>]\(/;
  return background.test(text) ||
    /\b(source|eval|exec|trap)\b|\.\w*sh\b|(^|[\s;&|(])\.\s/.test(text) ||
    text.split(/[\s;&|(){}]+/).some(isShellName);
}
