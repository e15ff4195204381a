/**
 * Checks the types of a document's examples.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import type { DocumentError } from "../parse/document_types.ts";
import { type DocumentSettings, NO_SETTINGS } from "../parse/document_settings.ts";
import { readDocument } from "../run/read_document.ts";
import { denoCheck } from "./deno_check.ts";
import type { TypeDiagnostic } from "./type_diagnostic.ts";
import { typeModule } from "./type_module.ts";
import { typescriptCheck } from "./typescript_check.ts";

/** Checks a module as if it were beside a document. */
export type TypeChecker = (path: string, module: string) => Promise<TypeDiagnostic[]>;

/** Options of {@linkcode checkTypes}. */
export interface CheckTypesOptions {
  /** Settings of the project. */
  readonly project?: DocumentSettings;
  /** Whether examples are checked without `+typecheck`. Default: true. */
  readonly all?: boolean;
}

/**
 * Checks the types of a document's examples with the runtime's checker: `deno check`, or on Node
 * the project's `typescript`, or our own. Errors are at the document's lines.
 *
 * @param path Absolute path of the document.
 * @throws {Error} There is no type checker.
 */
export async function checkTypes(
  path: string,
  options: CheckTypesOptions = {},
): Promise<DocumentError[]> {
  const { project = NO_SETTINGS, all = true } = options;
  const document = await readDocument(readFileSync(path), { project });
  const { text, lines, indents } = await typeModule(document, path, { all });
  if (lines.every((line) => line === 0)) return [];
  const check: TypeChecker = process.versions.deno === undefined ? typescriptCheck : denoCheck;
  const found = await check(path, text);
  const errors = found.flatMap(({ line, column, message }) => {
    const at = lines[line - 1] ?? 0;
    return at === 0
      ? []
      : [{ line: at, message: `${message} (column ${column + indents[line - 1]})` }];
  });
  return errors.sort((a, b) => a.line - b.line);
}
