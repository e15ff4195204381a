/**
 * Turns a namespace into a function that fills an object.
 *
 * @module
 */

import type { Node, Statement, TSModuleBlock, TSModuleDeclaration } from "@babel/types";
import {
  endOf,
  type Erasure,
  nameIt,
  noteDeclared,
  startOf,
  textOf,
  unsupported,
} from "./context.ts";

/**
 * `namespace N { export const x = 1 }` becomes an object whose getters and setters read and
 * write the variables inside, so that exports stay live in both directions. With `assign` it is
 * assigned instead of declared.
 */
export function transformNamespace(
  node: TSModuleDeclaration,
  erasure: Erasure,
  assign: boolean,
): void {
  const { edits } = erasure;
  if (!node.declare && !node.body) throw unsupported(node, "This namespace has no body");
  if (node.declare || node.global || node.id.type === "StringLiteral" || !hasValues(node)) {
    edits.blank(startOf(node), endOf(node), { first: ";" });
    return;
  }
  const { names, body } = flatten(node);
  const [outer] = names;
  const again = erasure.declared.has(outer);
  erasure.declared.add(outer);
  let head = again ? ";" : `${nameIt(outer, assign)}{}; `;
  for (let depth = 1; depth < names.length; depth++) {
    const path = names.slice(0, depth + 1).join(".");
    head += `${path} ??= {}; `;
  }
  const inner = names[names.length - 1];
  const accessors = exportsOf(body, erasure).map(({ name, writable }) => {
    const set = writable ? `, set ${name}(value) { ${name} = value; }` : "";
    return `get ${name}() { return ${name}; }${set}`;
  });
  head += `((${inner}) => { Object.defineProperties(${inner}, ` +
    `Object.getOwnPropertyDescriptors({ ${accessors.join(", ")} }));`;
  edits.replace(startOf(node), startOf(body) + 1, head);
  const declared = new Set(erasure.declared);
  erasure.declared.clear();
  erasure.depth++;
  noteDeclared(body.body, erasure);
  for (const statement of body.body) eraseInside(statement, erasure);
  erasure.depth--;
  erasure.declared.clear();
  for (const name of declared) erasure.declared.add(name);
  edits.insert(endOf(body), `)(${names.join(".")});`);
}

/** A statement of a namespace; what it exports was noted before. */
function eraseInside(statement: Statement, erasure: Erasure): void {
  if (statement.type !== "ExportNamedDeclaration" || !statement.declaration) {
    return erasure.visit(statement);
  }
  const { declaration } = statement;
  erasure.edits.blank(startOf(statement), startOf(declaration));
  erasure.visit(declaration);
}

/** `A.B.C { … }` is one declaration inside the other. */
function flatten(node: TSModuleDeclaration): { names: string[]; body: TSModuleBlock } {
  const names: string[] = [];
  let at: TSModuleDeclaration = node;
  while (true) {
    if (at.id.type !== "Identifier") throw unsupported(node, "Cannot transform this namespace");
    names.push(at.id.name);
    if (at.body.type === "TSModuleBlock") return { names, body: at.body };
    at = at.body;
  }
}

interface Exported {
  readonly name: string;
  readonly writable: boolean;
}

function exportsOf(body: TSModuleBlock, erasure: Erasure): Exported[] {
  const found = new Map<string, Exported>();
  for (const statement of body.body) {
    if (statement.type === "ExportNamedDeclaration" && statement.declaration) {
      const { declaration } = statement;
      if (!isValue(declaration)) continue;
      for (const one of declaredBy(declaration, erasure)) found.set(one.name, one);
    } else if (/^Export|^Import|TSImportEquals/.test(statement.type)) {
      throw unsupported(
        statement,
        "In a namespace only declarations can be exported, and nothing imported",
      );
    }
  }
  return [...found.values()];
}

function declaredBy(node: Statement, erasure: Erasure): Exported[] {
  if (node.type === "VariableDeclaration") {
    return node.declarations.flatMap(({ id }) => {
      if (id.type !== "Identifier") {
        throw unsupported(node, "In a namespace, export variables one by one, not by a pattern");
      }
      return [{ name: id.name, writable: node.kind !== "const" }];
    });
  }
  let id = (node as { id?: Node | null }).id;
  if (!id) throw unsupported(node, "Cannot export this from a namespace");
  if (id.type === "TSQualifiedName") { while (id.type === "TSQualifiedName") id = id.left; }
  return [{ name: textOf(erasure, id).split(/[^\w$]/)[0], writable: false }];
}

/** Does the namespace hold anything but types? */
export function hasValues(node: TSModuleDeclaration): boolean {
  if (node.body.type !== "TSModuleBlock") return hasValues(node.body);
  return node.body.body.some((statement) =>
    statement.type === "ExportNamedDeclaration"
      ? statement.declaration ? isValue(statement.declaration) : statement.exportKind !== "type"
      : isValue(statement)
  );
}

function isValue(node: Statement): boolean {
  if ((node as { declare?: boolean }).declare) return false;
  switch (node.type) {
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSDeclareFunction":
    case "EmptyStatement":
      return false;
    case "TSModuleDeclaration":
      return hasValues(node);
    default:
      return true;
  }
}
