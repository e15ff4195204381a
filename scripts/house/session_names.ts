/**
 * Names that sessions have to know before they load what has them.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSource } from "./parse_source.ts";
import { publicModules } from "./public_modules.ts";
import { ROOT } from "./root.ts";

const HEAD = `/**
 * Names that are known before what they name is loaded (npm run exports).
 *
 * @module
 */
`;

/** The text of `repl/helpers/session_names.ts`. */
export function sessionNames(): string {
  const helpers = valuesOf(exportedFiles("repl/helpers/mod.ts"));
  const library = publicModules().map(({ file }) => file).filter((file) => file.startsWith("lib/"));
  const others = valuesOf(library).filter((name) => !helpers.includes(name));
  return [
    HEAD,
    "/** What `helpers/mod.ts` exports. */\n" + listOf("HELPER_NAMES", helpers),
    "/** What the library exports, but for what a helper is called too. */\n" +
    listOf("LIBRARY_NAMES", others),
  ].join("\n");
}

function valuesOf(files: readonly string[]): string[] {
  const names = files.flatMap((file) => parseSource(readFileSync(join(ROOT, file), "utf8")).values);
  return [...new Set(names)].sort();
}

/** The files that a `mod.ts` re-exports. */
function exportedFiles(mod: string): string[] {
  const { imports } = parseSource(readFileSync(join(ROOT, mod), "utf8"));
  return imports.map(({ specifier }) => join(dirname(mod), specifier));
}

function listOf(name: string, values: readonly string[]): string {
  return `export const ${name}: readonly string[] = \`\n${wrap(values)}\`.trim().split(/\\s+/);\n`;
}

/** Lines of at most 100 characters. */
function wrap(words: readonly string[]): string {
  let text = "";
  let line = "";
  for (const word of words) {
    if (line.length + word.length + 1 > 98) {
      text += `${line}\n`;
      line = "";
    }
    line += `${line === "" ? "  " : " "}${word}`;
  }
  return `${text}${line}\n`;
}
