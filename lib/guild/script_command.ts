/**
 * Which program executes a script?
 *
 * @module
 */

import { accessSync, constants } from "node:fs";
import { basename, delimiter, extname, join } from "node:path";
import type { ScriptLanguage } from "./detect_flags.ts";

/** Options of {@linkcode scriptCommand}. */
export interface ScriptCommandOptions {
  /** Directories that programs are looked for in. Default: those of `PATH`. */
  readonly path?: string;
}

/**
 * Says what executes a script: program and arguments, up to the script's own.
 *
 * Python is executed with `-u`, so that its output comes as it is written. A `#!` line decides for
 * JavaScript and shell scripts; else JavaScript goes to Node, TypeScript to Deno if there is one, and
 * what uses Deno goes to it. A notebook is executed by Jupyter, and the result has its own name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scriptCommand } from "runlit/script-command";
 *
 * assert.deepEqual(scriptCommand("a.js", "", "javascript"), ["node", "a.js"]);
 * assert.deepEqual(scriptCommand("a.sh", "#!/bin/bash -e\n", "shell"), ["/bin/bash", "-e", "a.sh"]);
 * ```
 */
export function scriptCommand(
  script: string,
  source: string,
  language: ScriptLanguage,
  options: ScriptCommandOptions = {},
): string[] {
  const has = (program: string) => isThere(program, options.path ?? process.env.PATH ?? "");
  switch (language) {
    case "python":
      return [!has("python3") && has("python") ? "python" : "python3", "-u", script];
    case "shell":
      return [...(shebang(source) ?? [extname(script) === ".bash" ? "bash" : "sh"]), script];
    case "notebook": {
      const result = `${basename(script, ".ipynb")}.executed.ipynb`;
      const program = ["jupyter", "nbconvert", "--to", "notebook", "--execute"];
      return [...program, "--output", result, script];
    }
    case "javascript":
      return [...(shebang(source) ?? javascriptProgram(script, source, has)), script];
  }
}

function javascriptProgram(
  script: string,
  source: string,
  has: (program: string) => boolean,
): string[] {
  const usesDeno = /\bDeno\.\w|from\s+["'](?:jsr:|npm:|https?:)/.test(source);
  const isTypescript = /^\.[mc]?ts$/.test(extname(script));
  if (usesDeno || (isTypescript && has("deno"))) return ["deno", "run", "-A"];
  return isTypescript && has("tsx") ? ["tsx"] : ["node"];
}

/** Words of a `#!` line; `env` finds the program, so it can be left out. */
function shebang(source: string): string[] | null {
  const [, line] = /^#!\s*(\S.*?)\s*(?:\r?\n|$)/.exec(source) ?? [];
  if (line === undefined) return null;
  const words = line.split(/\s+/);
  return /\/env$/.test(words[0]) ? words.slice(words[1] === "-S" ? 2 : 1) : words;
}

function isThere(program: string, path: string): boolean {
  return path.split(delimiter).some((dir) => {
    try {
      accessSync(join(dir, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
