/**
 * Makes Node load TypeScript modules: a hook that may run in the thread of its loader, too.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { eraseFile } from "./erase/erase_file.ts";
import { loadParser, parseTypeScript } from "./erase/parse.ts";

// Before the hook is called: in our own thread it cannot wait.
const parse = await loadParser();

/** What Node knows about a module. */
export interface Loaded {
  readonly format: string;
  readonly source?: string | Uint8Array;
  readonly shortCircuit?: boolean;
}

/** Node's hook that loads a module. */
export function load<T>(
  url: string,
  context: object,
  next: (url: string, context: object) => T,
): T | Loaded {
  if (!/^file:[^?#]*\.m?ts(?:[?#]|$)/.test(url)) return next(url, context);
  const path = fileURLToPath(url);
  try {
    const text = readFileSync(path, "utf8");
    const source = eraseFile(parseTypeScript(parse, text), text, false).edits.apply();
    return { format: "module", source, shortCircuit: true };
  } catch (error) {
    const { message, line, column } = error as { message: string; line?: number; column?: number };
    const place = line === undefined ? path : `${path}:${line}:${column}`;
    throw new SyntaxError(`${message} (${place})`, { cause: error });
  }
}
