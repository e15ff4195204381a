/**
 * Top-level statements of a script for the evaluator: declarations become assignments to globals.
 *
 * @module
 */

import type {
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  ImportDeclaration,
  Statement,
  VariableDeclaration,
} from "@babel/types";
import {
  endOf,
  endStatement,
  eraseWhole,
  type Erasure,
  startOf,
  textOf,
  unsupported,
} from "./context.ts";
import { transformEnum } from "./erase_enum.ts";
import { eraseDefiniteMarks, IMPORT } from "./erase_expression.ts";
import { isTypeOnly } from "./erase_module_item.ts";
import { transformNamespace } from "./erase_namespace.ts";

/** Visits a statement at the top level of a script. */
export function scriptStatement(node: Statement, erasure: Erasure): void {
  const { edits } = erasure;
  switch (node.type) {
    case "ImportDeclaration":
      return rewriteImport(node, erasure);
    case "ExportNamedDeclaration":
      return stripNamedExport(node, erasure);
    case "ExportDefaultDeclaration":
      return stripDefaultExport(node, erasure);
    case "ExportAllDeclaration":
      return node.exportKind === "type" ? eraseWhole(node, erasure) : loadOnly(node, erasure);
    case "VariableDeclaration":
      return assignVariables(node, erasure);
    case "ClassDeclaration":
      erasure.visit(node);
      if (node.declare || !node.id) return;
      edits.insert(startOf(node), `;${node.id.name} = `);
      edits.insert(endOf(node), ";");
      return;
    case "TSEnumDeclaration":
      return transformEnum(node, erasure, true);
    case "TSModuleDeclaration":
      return transformNamespace(node, erasure, true);
    default:
      return erasure.visit(node);
  }
}

/** `const { a }: T = b, c = d` becomes `({ a } = b), c = d`. */
function assignVariables(node: VariableDeclaration, erasure: Erasure): void {
  const { edits } = erasure;
  if (node.declare) return eraseWhole(node, erasure);
  edits.blank(startOf(node), startOf(node.declarations[0]), { first: ";" });
  eraseDefiniteMarks(node, erasure);
  for (const one of node.declarations) {
    if (one.id.type === "Identifier") {
      erasure.visit(one);
      if (!one.init) edits.insert(endOf(one), " = void 0");
    } else {
      edits.insert(startOf(one), "(");
      erasure.visit(one);
      edits.insert(endOf(one), ")");
    }
  }
  // Not by ending the blanks of a type: they may be inside of what was inserted.
  if (erasure.source[endOf(node) - 1] !== ";") edits.insert(endOf(node), ";");
}

/** `import a, { b as c } from "m"` becomes `({ default: a, b: c } = await __imp("m"));`. */
function rewriteImport(node: ImportDeclaration, erasure: Erasure): void {
  if (isTypeOnly(node)) return eraseWhole(node, erasure);
  if (node.phase) {
    throw unsupported(node, `'import ${node.phase}' is not supported; use a plain import`);
  }
  const names: string[] = [];
  let namespace: string | undefined;
  for (const specifier of node.specifiers) {
    const local = specifier.local.name;
    if (specifier.type === "ImportNamespaceSpecifier") namespace = local;
    else if (specifier.type === "ImportDefaultSpecifier") names.push(`default: ${local}`);
    else if (!isTypeOnly(specifier)) {
      const imported = textOf(erasure, specifier.imported);
      names.push(imported === local ? local : `${imported}: ${local}`);
    }
  }
  const pattern = names.length > 0 ? `({ ${names.join(", ")} } = ` : "";
  let code = `await ${IMPORT.trim()}(${specifierText(node, erasure)})`;
  if (namespace !== undefined) {
    code = `${namespace} = ${code}${pattern && `, ${pattern}${namespace})`}`;
  } else if (pattern) code = `${pattern}${code})`;
  erasure.awaits = true;
  erasure.edits.replace(startOf(node), endOf(node), `;${code};`);
}

type Loading = Pick<ImportDeclaration, "source" | "attributes">;

/** The module's name and its attributes, as arguments of a dynamic import. */
function specifierText(node: Loading, erasure: Erasure): string {
  const source = textOf(erasure, node.source);
  const attributes = node.attributes ?? [];
  if (attributes.length === 0) return source;
  const pairs = erasure.source.slice(startOf(attributes[0]), endOf(attributes.at(-1)!));
  return `${source}, { with: { ${pairs} } }`;
}

/** `export … from "m"`: there is nothing to export to, but the module is loaded. */
function loadOnly(node: Loading & Statement, erasure: Erasure): void {
  const code = `;await ${IMPORT.trim()}(${specifierText(node, erasure)});`;
  erasure.awaits = true;
  erasure.edits.replace(startOf(node), endOf(node), code);
}

function stripNamedExport(node: ExportNamedDeclaration, erasure: Erasure): void {
  const { declaration, exportKind, source } = node;
  if (exportKind === "type") return eraseWhole(node, erasure);
  if (declaration) {
    erasure.edits.blank(startOf(node), startOf(declaration));
    scriptStatement(declaration, erasure);
  } else if (source) loadOnly(node as Loading & Statement, erasure);
  else eraseWhole(node, erasure);
}

/** `export default`: what follows stays; a declaration without a name becomes an expression. */
function stripDefaultExport(node: ExportDefaultDeclaration, erasure: Erasure): void {
  const { declaration } = node;
  const { edits } = erasure;
  switch (declaration.type as string) {
    case "TSDeclareFunction":
    case "TSInterfaceDeclaration":
      return eraseWhole(node, erasure);
    case "FunctionDeclaration":
    case "ClassDeclaration":
      if ("id" in declaration && declaration.id) {
        edits.blank(startOf(node), startOf(declaration));
        return scriptStatement(declaration as Statement, erasure);
      }
      edits.blank(startOf(node), startOf(declaration), { last: "(" });
      erasure.visit(declaration);
      edits.insert(endOf(node), ");");
      return;
    default:
      edits.blank(startOf(node), startOf(declaration));
      erasure.visit(declaration);
      endStatement(node, erasure);
  }
}
