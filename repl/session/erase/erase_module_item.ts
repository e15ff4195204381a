/**
 * Erases types from imports and exports of a module.
 *
 * @module
 */

import type {
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  ImportDeclaration,
  ImportDefaultSpecifier,
  ImportNamespaceSpecifier,
  ImportSpecifier,
} from "@babel/types";
import { endOf, endStatement, eraseWhole, type Erasure, skipAhead, startOf } from "./context.ts";

type Specifier = ImportDefaultSpecifier | ImportNamespaceSpecifier | ImportSpecifier;

/** Is it imported as a type, by the word `type`? */
export function isTypeOnly(node: ImportDeclaration | Specifier): boolean {
  const { importKind } = node as { importKind?: string | null };
  return importKind === "type" || importKind === "typeof";
}

/**
 * `import { a, type B } from "m"` loses `B`; and names that are nowhere used as values, for they
 * may be types of a module that exports none at run time. An import that names nothing but such
 * goes altogether.
 */
export function eraseImport(node: ImportDeclaration, erasure: Erasure): void {
  const { specifiers } = node;
  const isUnused = (one: Specifier) => !erasure.used.has(one.local.name);
  if (isTypeOnly(node)) return eraseWhole(node, erasure);
  const marked = specifiers.some((one) => isTypeOnly(one));
  if (specifiers.length > 0 && !marked && specifiers.every(isUnused)) {
    return eraseWhole(node, erasure);
  }
  for (const one of specifiers) {
    // A default or a namespace is a value for sure.
    if (one.type !== "ImportSpecifier" || !isTypeOnly(one) && !isUnused(one)) continue;
    const after = skipAhead(erasure, endOf(one));
    erasure.edits.blank(startOf(one), erasure.source[after] === "," ? after + 1 : endOf(one));
  }
}

/** `export` of a declaration or of names. */
export function eraseNamedExport(node: ExportNamedDeclaration, erasure: Erasure): void {
  const { declaration } = node;
  if (node.exportKind === "type" || isErasedDeclaration(declaration)) {
    return eraseWhole(node, erasure);
  }
  if (declaration) return erasure.visit(declaration);
  for (const one of node.specifiers) {
    if (one.type !== "ExportSpecifier") continue;
    if (one.exportKind === "type") {
      const after = skipAhead(erasure, endOf(one));
      erasure.edits.blank(startOf(one), erasure.source[after] === "," ? after + 1 : endOf(one));
    } else if (!node.source) erasure.used.add(one.local.name);
  }
}

/** Does nothing remain of an exported declaration, so that `export` must go as well? */
function isErasedDeclaration(node: ExportNamedDeclaration["declaration"]): boolean {
  return node?.type === "TSDeclareFunction" ||
    (node as { declare?: boolean } | null)?.declare === true;
}

/** `export default`. */
export function eraseDefaultExport(node: ExportDefaultDeclaration, erasure: Erasure): void {
  const { declaration } = node;
  if (
    declaration.type === "TSDeclareFunction" ||
    // Babel has interfaces here; its types do not say so.
    (declaration.type as string) === "TSInterfaceDeclaration"
  ) return eraseWhole(node, erasure);
  erasure.visit(declaration);
  endStatement(node, erasure);
}
