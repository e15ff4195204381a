/**
 * Compiles and runs scripts.
 *
 * @module
 */

import { Script } from "node:vm";
import { sourceLabel, STRICT } from "./clean_stacks.ts";

/** Code with what is put around it, so that places are told as those of the code. */
export interface ScriptText {
  readonly before: string;
  readonly code: string;
  readonly after: string;
}

/** Can V8 read this as a script? */
export function readable(code: string): boolean {
  return compileScript({ before: "", code, after: "" }, "", 1) !== null;
}

/** Compiles a script whose code begins at a line of a document; null if V8 cannot read it. */
export function compileScript(
  { before, code, after }: ScriptText,
  name: string,
  line: number,
): Script | null {
  try {
    return compile(STRICT + before + code + after, name, line, STRICT.length + before.length);
  } catch {
    return null;
  }
}

/** V8's own error for a script that it cannot read. */
export function compileError({ before, code, after }: ScriptText, name: string): unknown {
  try {
    compile(STRICT + before + code + after, name, 1, 0);
  } catch (error) {
    return error;
  }
  return undefined;
}

let labelled = "";
let label = "";

function compile(text: string, name: string, line: number, width: number): Script {
  if (name !== labelled || label === "") {
    labelled = name;
    label = sourceLabel(name);
  }
  return new Script(text, {
    filename: label,
    lineOffset: line - 1,
    columnOffset: -width,
  });
}
