/**
 * Which syntax is erased how.
 *
 * @module
 */

import type { Node, VariableDeclaration } from "@babel/types";
import { endOf, endStatement, eraseWhole, type Erasure, startOf, unsupported } from "./context.ts";
import { eraseClass, eraseMethod, eraseParameterProperty, eraseProperty } from "./erase_class.ts";
import { transformEnum } from "./erase_enum.ts";
import {
  eraseAssertion,
  eraseCast,
  eraseDefiniteMarks,
  eraseIdentifier,
  eraseNonNull,
  rewriteDynamicImport,
  rewriteImportMeta,
} from "./erase_expression.ts";
import { eraseFunction } from "./erase_function.ts";
import { eraseDefaultExport, eraseNamedExport } from "./erase_module_item.ts";
import { transformNamespace } from "./erase_namespace.ts";

/** Notes the edits that erase the types of a node and of what is in it. */
export function eraseNode(node: Node, erasure: Erasure): void {
  const { edits } = erasure;
  switch (node.type) {
    case "Identifier":
      return eraseIdentifier(node, erasure);
    case "StringLiteral":
    case "NumericLiteral":
      return;
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return eraseCast(node, erasure);
    case "TSNonNullExpression":
      return eraseNonNull(node, erasure);
    case "TSTypeAssertion":
      return eraseAssertion(node, erasure);
    case "TSInstantiationExpression":
      return eraseChildren(node, erasure);
    case "TSParameterProperty":
      return eraseParameterProperty(node, erasure);
    case "ArrowFunctionExpression":
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ObjectMethod":
      return eraseFunction(node, erasure);
    case "ClassMethod":
    case "ClassPrivateMethod":
      return eraseMethod(node, erasure);
    case "ClassProperty":
    case "ClassPrivateProperty":
    case "ClassAccessorProperty":
      return eraseProperty(node, erasure);
    case "ClassDeclaration":
    case "ClassExpression":
      if ((node as { declare?: boolean | null }).declare) return eraseWhole(node, erasure);
      return eraseClass(node, erasure);
    case "CallExpression":
      return rewriteDynamicImport(node, erasure);
    case "MetaProperty":
      return rewriteImportMeta(node, erasure);
    case "ImportDeclaration":
      return; // When the whole source has been visited: some of its names may be types.
    case "ExportNamedDeclaration":
      return eraseNamedExport(node, erasure);
    case "ExportDefaultDeclaration":
      return eraseDefaultExport(node, erasure);
    case "ExportAllDeclaration":
      if (node.exportKind === "type") eraseWhole(node, erasure);
      return;
    case "AwaitExpression":
      if (erasure.depth === 0) erasure.awaits = true;
      return eraseChildren(node, erasure);
    case "ForOfStatement":
      if (node.await && erasure.depth === 0) erasure.awaits = true;
      return eraseChildren(node, erasure);
    case "TSEnumDeclaration":
      return transformEnum(node, erasure, false);
    case "TSModuleDeclaration":
      return transformNamespace(node, erasure, false);
    case "TSImportEqualsDeclaration":
    case "TSExportAssignment":
      throw unsupported(node, "'import =' and 'export =' are not supported; use import and export");
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSDeclareFunction":
    case "TSDeclareMethod":
    case "TSIndexSignature":
    case "TSNamespaceExportDeclaration":
      return eraseWhole(node, erasure);
    case "VariableDeclaration":
      return eraseVariables(node, erasure);
    case "ExpressionStatement":
    case "ReturnStatement":
    case "ThrowStatement":
      eraseChildren(node, erasure);
      return endStatement(node, erasure);
    default:
      if (node.type.startsWith("TS")) edits.blank(startOf(node), endOf(node));
      else eraseChildren(node, erasure);
  }
}

function eraseVariables(node: VariableDeclaration, erasure: Erasure): void {
  if (node.declare) return eraseWhole(node, erasure);
  eraseDefiniteMarks(node, erasure);
  erasure.visit(node.declarations);
  endStatement(node, erasure);
}

/** Fields of a node that hold no nodes to visit. */
const SKIPPED = new Set([
  "type",
  "start",
  "end",
  "loc",
  "range",
  "extra",
  "leadingComments",
  "innerComments",
  "trailingComments",
]);

function eraseChildren(node: Node, erasure: Erasure): void {
  for (const key of Object.keys(node)) {
    if (SKIPPED.has(key)) continue;
    const child: unknown = Reflect.get(node, key);
    if (child !== null && typeof child === "object") erasure.visit(child);
  }
}
