/**
 * Reads a document with the parser of the session, where its examples take that.
 *
 * @module
 */

import { Script } from "node:vm";
import { loadParser, parseTypeScript } from "../../session/erase/parse.ts";
import { SourceError } from "../../session/source_error.ts";
import type { CheckSource } from "../parse/check_source.ts";
import type { ParsedDocument } from "../parse/document_types.ts";
import { parseDocument, type ParseDocumentOptions } from "../parse/parse_document.ts";

/**
 * Reads a document as {@linkcode parseDocument} does, and tells source from output where both begin
 * with `...`. TypeScript is parsed only for that, and only if it is not JavaScript.
 */
export async function readDocument(
  bytes: Uint8Array,
  options: Omit<ParseDocumentOptions, "checkSource"> = {},
): Promise<ParsedDocument> {
  let unsure = false;
  const guess: CheckSource = (source) => {
    unsure ||= !isJavaScript(source);
    return "complete";
  };
  const document = await parseDocument(bytes, { ...options, checkSource: guess });
  if (!unsure) return document;
  const parse = await loadParser();
  const checkSource: CheckSource = (source) => {
    try {
      parseTypeScript(parse, source);
      return "complete";
    } catch (error) {
      return error instanceof SourceError && error.incomplete ? "incomplete" : "invalid";
    }
  };
  return await parseDocument(bytes, { ...options, checkSource });
}

function isJavaScript(source: string): boolean {
  try {
    new Script(`(async () => {${source}\n})`);
    return true;
  } catch {
    return false;
  }
}
