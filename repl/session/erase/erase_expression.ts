/**
 * Erases types from expressions, names and patterns.
 *
 * @module
 */

import type {
  CallExpression,
  Identifier,
  MetaProperty,
  TSAsExpression,
  TSNonNullExpression,
  TSSatisfiesExpression,
  TSTypeAssertion,
  VariableDeclaration,
} from "@babel/types";
import { endOf, type Erasure, hasBreak, nameEnd, skipAhead, skipBack, startOf } from "./context.ts";

/** Name of the function that evaluated code imports with; as wide as `import`, to keep columns. */
export const IMPORT = "__imp ";
/** What `import.meta` becomes; of the same width. */
export const IMPORT_META = "__meta     ";

/** `value as Type`, `value satisfies Type`. */
export function eraseCast(node: TSAsExpression | TSSatisfiesExpression, erasure: Erasure): void {
  erasure.visit(node.expression);
  const keyword = node.type === "TSAsExpression" ? "as" : "satisfies";
  const start = skipBack(erasure, startOf(node.typeAnnotation)) - keyword.length;
  erasure.edits.blank(start, endOf(node));
}

/** `<Type> value`. */
export function eraseAssertion(node: TSTypeAssertion, erasure: Erasure): void {
  const { edits } = erasure;
  const close = skipAhead(erasure, endOf(node.typeAnnotation)) + 1;
  if (hasBreak(erasure, startOf(node), skipAhead(erasure, close))) {
    // After `return` a line break would end the statement; parentheses hold it together.
    edits.blank(startOf(node), close, { first: "(" });
    erasure.visit(node.expression);
    edits.insert(endOf(node), ")");
    return;
  }
  edits.blank(startOf(node), close);
  erasure.visit(node.expression);
}

/** `value!`. */
export function eraseNonNull(node: TSNonNullExpression, erasure: Erasure): void {
  erasure.visit(node.expression);
  erasure.edits.blank(endOf(node) - 1, endOf(node));
}

/** A name with its type: `name?: Type`. */
export function eraseIdentifier(node: Identifier, erasure: Erasure): void {
  erasure.used.add(node.name);
  if (node.typeAnnotation || node.optional) {
    erasure.edits.blank(nameEnd(erasure, startOf(node)), endOf(node));
  }
}

/** `let name!`; with a type the mark is erased together with it. */
export function eraseDefiniteMarks(node: VariableDeclaration, erasure: Erasure): void {
  for (const { definite, id } of node.declarations) {
    if (!definite || id.type !== "Identifier" || id.typeAnnotation) continue;
    const mark = skipAhead(erasure, endOf(id));
    erasure.edits.blank(mark, mark + 1);
  }
}

/** `import(specifier)` in an expression. */
export function rewriteDynamicImport(node: CallExpression, erasure: Erasure): void {
  if (node.callee.type === "Import" && erasure.script) {
    erasure.edits.replace(startOf(node.callee), endOf(node.callee), IMPORT);
  } else {
    erasure.visit(node.callee);
  }
  erasure.visit([node.typeParameters, node.typeArguments, node.arguments]);
}

/** `import.meta`. */
export function rewriteImportMeta(node: MetaProperty, erasure: Erasure): void {
  if (node.meta.name !== "import" || !erasure.script) return;
  erasure.edits.replace(startOf(node), endOf(node), IMPORT_META);
}
