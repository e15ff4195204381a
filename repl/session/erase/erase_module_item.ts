/**
 * Rewrites imports into awaited calls, and strips exports.
 *
 * @module
 */

import type {
  ExportAllDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  ImportAttribute,
  ImportDeclaration,
  StringLiteral,
} from "@babel/types";
import { endOf, endStatement, type Erasure, startOf, textOf, unsupported } from "./context.ts";
import { IMPORT } from "./erase_expression.ts";

/** `import a, { b as c } from "m"` becomes `const { default: a, b: c } = await __imp("m");`. */
export function rewriteImport(node: ImportDeclaration, erasure: Erasure): void {
  const { edits } = erasure;
  const [start, end] = [startOf(node), endOf(node)];
  if (node.importKind === "type" || node.importKind === "typeof") {
    edits.blank(start, end, { first: ";" });
    return;
  }
  if (node.phase) {
    throw unsupported(node, `'import ${node.phase}' is not supported; use a plain import`);
  }
  const names: string[] = [];
  let namespace: string | undefined;
  for (const specifier of node.specifiers) {
    const local = specifier.local.name;
    if (specifier.type === "ImportNamespaceSpecifier") namespace = local;
    else if (specifier.type === "ImportDefaultSpecifier") names.push(`default: ${local}`);
    else if (specifier.importKind !== "type" && specifier.importKind !== "typeof") {
      const imported = textOf(erasure, specifier.imported);
      names.push(imported === local ? local : `${imported}: ${local}`);
    }
  }
  const load = `await ${IMPORT.trim()}(${specifierText(node, erasure)})`;
  let code = `${load};`;
  if (namespace !== undefined) {
    code = `const ${namespace} = ${load}`;
    code += names.length > 0 ? `, { ${names.join(", ")} } = ${namespace};` : ";";
  } else if (names.length > 0) {
    code = `const { ${names.join(", ")} } = ${load};`;
  }
  edits.replace(start, end, code);
}

/** The module's name and its attributes, as arguments of a dynamic import. */
function specifierText(
  node: { source: StringLiteral; attributes?: ImportAttribute[] | null },
  erasure: Erasure,
): string {
  const source = textOf(erasure, node.source);
  const attributes = node.attributes ?? [];
  if (attributes.length === 0) return source;
  const pairs = erasure.source.slice(startOf(attributes[0]), endOf(attributes.at(-1)!));
  return `${source}, { with: { ${pairs} } }`;
}

/** `export` of a declaration, of names, or from another module. */
export function stripNamedExport(node: ExportNamedDeclaration, erasure: Erasure): void {
  const { edits } = erasure;
  const [start, end] = [startOf(node), endOf(node)];
  if (node.declaration && node.exportKind !== "type") {
    edits.blank(start, startOf(node.declaration));
    erasure.visit(node.declaration);
    return;
  }
  if (node.source && node.exportKind !== "type") loadOnly(node as Loading, erasure);
  else edits.blank(start, end, { first: ";" });
}

/** `export * from "m"`: nothing to export to, but the module is loaded. */
export function stripExportAll(node: ExportAllDeclaration, erasure: Erasure): void {
  if (node.exportKind === "type") {
    erasure.edits.blank(startOf(node), endOf(node), { first: ";" });
  } else loadOnly(node, erasure);
}

type Loading = (ExportNamedDeclaration | ExportAllDeclaration) & { source: StringLiteral };

function loadOnly(node: Loading, erasure: Erasure): void {
  const code = `await ${IMPORT.trim()}(${specifierText(node, erasure)});`;
  erasure.edits.replace(startOf(node), endOf(node), code);
}

/** `export default`: what follows stays, a declaration without a name becomes an expression. */
export function stripDefaultExport(node: ExportDefaultDeclaration, erasure: Erasure): void {
  const { declaration } = node;
  const { edits } = erasure;
  const [start, end] = [startOf(node), endOf(node)];
  if (
    declaration.type === "TSDeclareFunction" ||
    // Babel has interfaces here; its types do not say so.
    (declaration.type as string) === "TSInterfaceDeclaration"
  ) {
    edits.blank(start, end, { first: ";" });
    return;
  }
  const nameless = "id" in declaration && !declaration.id &&
    (declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration");
  edits.blank(start, startOf(declaration), nameless ? { last: "(" } : {});
  erasure.visit(declaration);
  if (nameless) edits.insert(end, ");");
  else endStatement(node, erasure);
}
