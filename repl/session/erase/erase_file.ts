/**
 * Erases the types of a whole source, in one of two ways.
 *
 * @module
 */

import type { Comment, File, Node, Statement } from "@babel/types";
import { endOf, type Erasure, noteDeclared, startOf } from "./context.ts";
import { createEdits, type Edits } from "./edits.ts";
import { eraseImport } from "./erase_module_item.ts";
import { hasValues } from "./erase_namespace.ts";
import { eraseNode } from "./erase_node.ts";
import { scriptStatement } from "./script_statement.ts";

/** A source that was visited. */
export interface ErasedFile {
  readonly edits: Edits;
  /** Does it await outside of functions? Known for scripts. */
  readonly awaits: boolean;
}

/** Notes the edits that make a source JavaScript: a module, as it is, or a script to evaluate. */
export function eraseFile(file: File, source: string, script: boolean): ErasedFile {
  const edits = createEdits(source);
  const comments = new Map<number, Comment>();
  for (const comment of file.comments ?? []) comments.set(endOf(comment), comment);
  const erasure: Erasure = {
    source,
    edits,
    comments,
    declared: new Set(),
    script,
    used: new Set(),
    depth: 0,
    awaits: false,
    visit(node) {
      if (Array.isArray(node)) { for (const one of node) this.visit(one); }
      // Some fields hold plain objects, such as the text of a template's parts.
      else if (typeof (node as Node | null)?.type === "string") eraseNode(node as Node, this);
    },
  };
  const { body } = file.program;
  noteDeclared(body, erasure);
  if (script) { for (const node of body) scriptStatement(node, erasure); }
  else {
    erasure.visit(body);
    for (const node of body) if (node.type === "ImportDeclaration") eraseImport(node, erasure);
  }
  return { edits, awaits: erasure.awaits };
}

/** What a statement declares: with which keyword, and the names. */
export interface Declared {
  readonly kind: string;
  readonly names: readonly string[];
}

/** What a statement declares at run time, or null. */
export function declaredBy(statement: Statement, source: string): Declared | null {
  const node = statement.type === "ExportNamedDeclaration" ||
      statement.type === "ExportDefaultDeclaration"
    ? statement.declaration
    : statement;
  if (!node || (node as { declare?: boolean }).declare) return null;
  switch (node.type) {
    case "VariableDeclaration":
      return { kind: node.kind, names: node.declarations.flatMap(({ id }) => namesIn(id)) };
    case "FunctionDeclaration":
      return { kind: "function", names: namesIn(node.id) };
    case "ClassDeclaration":
      return { kind: "class", names: namesIn(node.id) };
    case "TSEnumDeclaration":
      return { kind: "enum", names: [node.id.name] };
    case "TSModuleDeclaration":
      if (!hasValues(node)) return null;
      return {
        kind: "namespace",
        names: [source.slice(startOf(node.id)).match(/^[\w$]+/)?.[0] ?? ""],
      };
    case "ImportDeclaration":
      if (node.importKind === "type") return null;
      return { kind: "const", names: node.specifiers.map(({ local }) => local.name) };
    default:
      return null;
  }
}

/** Names that a pattern binds. */
function namesIn(node: Node | null | undefined): string[] {
  switch (node?.type) {
    case "Identifier":
      return [node.name];
    case "ObjectPattern":
      return node.properties.flatMap((property) =>
        namesIn(property.type === "RestElement" ? property.argument : property.value)
      );
    case "ArrayPattern":
      return node.elements.flatMap((element) => namesIn(element));
    case "AssignmentPattern":
      return namesIn(node.left);
    case "RestElement":
      return namesIn(node.argument);
    default:
      return [];
  }
}
