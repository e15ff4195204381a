/**
 * TypeScript to JavaScript: types become blanks, imports become awaited calls.
 *
 * @module
 */

import type { Comment, File, Node } from "@babel/types";
import { createEdits } from "./erase/edits.ts";
import { endOf, type Erasure, noteDeclared, startOf } from "./erase/context.ts";
import { eraseNode } from "./erase/erase_node.ts";
import { loadParser, parseTypeScript } from "./erase/parse.ts";

/** A statement of a source. */
export interface StatementRange {
  /** Offset of its first character. */
  readonly start: number;
  /** Offset after its last character. */
  readonly end: number;
  /** Line it starts in, from 1. */
  readonly line: number;
  /** Is it an expression, with a value to show? */
  readonly isExpression: boolean;
  /** What declares it, such as `const` or `class`, with the names; null for other statements. */
  readonly declares: { readonly kind: string; readonly names: readonly string[] } | null;
}

/** A source whose types are erased. */
export interface ErasedSource {
  /** JavaScript. Lines are kept, and columns wherever nothing had to be inserted. */
  readonly code: string;
  /** Is `code` different from the source? */
  readonly changed: boolean;
  /** Statements at the top level, in order. */
  readonly statements: readonly StatementRange[];
  /** Is the last statement an expression, with a value to show? */
  readonly endsWithExpression: boolean;
}

/**
 * Erases the types of a TypeScript source with one parse.
 *
 * Types, interfaces, casts, generics, modifiers, overloads and everything that is declared
 * elsewhere become blanks. Enums, namespaces and parameter properties become the code that they
 * stand for. Static imports become `const { … } = await __imp("…")`, `import(…)` becomes
 * `__imp (…)`, `import.meta` becomes `__meta`, and `export` goes away: the result is a script for
 * an evaluator that awaits at the top level. JSX is not read.
 *
 * @throws {SourceError} with line and column for a syntax error, and for decorators, which no
 * runtime executes; its `incomplete` says whether more lines could complete the source.
 *
 * @example Types become blanks
 * ```ts
 * import assert from "node:assert/strict";
 * import { eraseTypes } from "runlit/erase-types";
 *
 * const { code, endsWithExpression } = await eraseTypes("const x: number = 1; x as any");
 * assert.equal(code, "const x         = 1; x ;     ");
 * assert.equal(endsWithExpression, true);
 * ```
 */
export async function eraseTypes(source: string): Promise<ErasedSource> {
  const parse = await loadParser();
  return eraseFile(parseTypeScript(parse, source), source);
}

function eraseFile(file: File, source: string): ErasedSource {
  const edits = createEdits(source);
  const comments = new Map<number, Comment>();
  for (const comment of file.comments ?? []) comments.set(endOf(comment), comment);
  const erasure: Erasure = {
    source,
    edits,
    comments,
    declared: new Set(),
    visit(node) {
      if (Array.isArray(node)) { for (const one of node) this.visit(one); }
      // Some fields hold plain objects, such as the text of a template's parts.
      else if (typeof (node as Node | null)?.type === "string") eraseNode(node as Node, this);
    },
  };
  const { body, directives } = file.program;
  // Before visiting: the transforms look at names, and visiting takes parameters away.
  const statements = [...directives, ...body].map((node) => describe(node, source));
  noteDeclared(body, erasure);
  erasure.visit(body);
  const code = edits.apply();
  return {
    code,
    changed: edits.count > 0,
    statements,
    endsWithExpression: statements.at(-1)?.isExpression ?? false,
  };
}

function describe(node: Node, source: string): StatementRange {
  const inner = node.type === "ExportNamedDeclaration" && node.declaration
    ? node.declaration
    : node;
  return {
    start: startOf(node),
    end: endOf(node),
    line: node.loc?.start.line ?? 1,
    isExpression: node.type === "ExpressionStatement" || node.type === "Directive",
    declares: declarationOf(inner, source),
  };
}

function declarationOf(node: Node, source: string): StatementRange["declares"] {
  switch (node.type) {
    case "VariableDeclaration":
      return { kind: node.kind, names: node.declarations.flatMap(({ id }) => namesIn(id)) };
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return {
        kind: node.type === "ClassDeclaration" ? "class" : "function",
        names: namesIn(node.id),
      };
    case "TSEnumDeclaration":
    case "TSModuleDeclaration":
      return { kind: "const", names: [source.slice(startOf(node.id), endOf(node.id))] };
    case "ImportDeclaration":
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
