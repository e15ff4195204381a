/**
 * TypeScript to JavaScript: types become blanks.
 *
 * @module
 */

import { eraseFile } from "./erase/erase_file.ts";
import { loadParser, parseTypeScript } from "./erase/parse.ts";

/**
 * Erases the types of a TypeScript module; lines are kept, and columns wherever nothing has to
 * be inserted.
 *
 * Types, interfaces, casts, generics, modifiers, overloads and everything that is declared
 * elsewhere become blanks. Enums, namespaces and parameter properties become the code that they
 * stand for. Imported names that are nowhere used as values are taken for types. JSX is not read.
 *
 * @throws {SourceError} with line and column, for a syntax error, and for decorators, which no
 * runtime executes; its `incomplete` says whether more lines could complete the source.
 *
 * @example Types become blanks
 * ```ts
 * import assert from "node:assert/strict";
 * import { eraseTypes } from "runlit/session";
 *
 * assert.equal(await eraseTypes("const x: number = y as any"), "const x         = y ;     ");
 * ```
 */
export async function eraseTypes(source: string): Promise<string> {
  const parse = await loadParser();
  return eraseFile(parseTypeScript(parse, source), source, false).edits.apply();
}
