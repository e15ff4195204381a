/**
 * Reads a file whose code is evaluated in a session.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** Reads a script or a document; what a script imports is found from wherever it is evaluated. */
export function readSource(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : message;
    throw new Error(`Cannot load '${path}': ${why}`, { cause: error });
  }
  if (/\.(?:md|markdown)$/.test(path)) return text;
  return absoluteImports(text.replace(/^#!.*/, ""), resolve(path));
}

/** Relative imports are those of the file, wherever it is loaded from. */
function absoluteImports(text: string, path: string): string {
  const base = pathToFileURL(`${dirname(path)}/`);
  return text.replace(
    /((?:^|\n)\s*(?:import|export)\b[^;'"]*?|\bimport\s*\(\s*)(["'])(\.{1,2}\/[^"'\n]+)\2/g,
    (_, before: string, quote: string, to: string) =>
      `${before}${quote}${new URL(to, base)}${quote}`,
  );
}
