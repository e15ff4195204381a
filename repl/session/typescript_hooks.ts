/**
 * Makes Node load TypeScript modules; runs in the thread of its loader.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { eraseTypes } from "./erase_types.ts";

interface Loaded {
  readonly format: string;
  readonly source?: string | Uint8Array;
  readonly shortCircuit?: boolean;
}

/** Node's hook that loads a module. */
export async function load(
  url: string,
  context: object,
  next: (url: string, context: object) => Promise<Loaded>,
): Promise<Loaded> {
  if (!/^file:[^?#]*\.m?ts(?:[?#]|$)/.test(url)) return await next(url, context);
  const path = fileURLToPath(url);
  try {
    const source = await eraseTypes(readFileSync(path, "utf8"));
    return { format: "module", source, shortCircuit: true };
  } catch (error) {
    const { message, line, column } = error as { message: string; line?: number; column?: number };
    const place = line === undefined ? path : `${path}:${line}:${column}`;
    throw new SyntaxError(`${message} (${place})`, { cause: error });
  }
}
