/**
 * Compiles and runs scripts.
 *
 * @module
 */

import { Script } from "node:vm";
import { sourceLabel, STRICT } from "./clean_stacks.ts";

/** Code with what is put around it, so that places are told as those of the code. */
export interface ScriptText {
  /** What is put before the code, on its first line. */
  readonly before: string;
  readonly code: string;
  readonly after: string;
  /** Does `before` make the code strict by itself? */
  readonly sloppy?: boolean;
}

/** Can V8 read this as a script? */
export function readable(code: string): boolean {
  return compileScript({ before: "", code, after: "" }, "", 1) !== null;
}

/** Compiles a script whose code begins at a line of a document; null if V8 cannot read it. */
export function compileScript(text: ScriptText, name: string, line: number): Script | null {
  const { stackTraceLimit, prepareStackTrace } = ERROR;
  // The error is of no interest, and its stack the most of what a failure costs.
  ERROR.stackTraceLimit = 0;
  ERROR.prepareStackTrace = undefined;
  try {
    return compile(text, name, line);
  } catch {
    return null;
  } finally {
    ERROR.stackTraceLimit = stackTraceLimit;
    ERROR.prepareStackTrace = prepareStackTrace;
  }
}

const ERROR = Error as { stackTraceLimit?: unknown; prepareStackTrace?: unknown };

/** V8's own error for a script that it cannot read. */
export function compileError(text: ScriptText, name: string): unknown {
  try {
    compile(text, name, 1);
  } catch (error) {
    return error;
  }
  return undefined;
}

let labelled = "";
let label = "";

function compile({ before, code, after, sloppy }: ScriptText, name: string, line: number): Script {
  if (name !== labelled || label === "") {
    labelled = name;
    label = sourceLabel(name);
  }
  const head = sloppy ? before : STRICT + before;
  return new Script(head + code + after, {
    filename: label,
    lineOffset: line - 1,
    columnOffset: -head.length,
  });
}
