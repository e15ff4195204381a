/**
 * What the erasing functions share: the source, its edits, and ways to look around in it.
 *
 * @module
 */

import type { Comment, Node } from "@babel/types";
import { SourceError } from "../source_error.ts";
import type { Edits } from "./edits.ts";

/** State of one erasure. */
export interface Erasure {
  readonly source: string;
  readonly edits: Edits;
  /** Visits a node, or a list of them; null and undefined are skipped. */
  visit(node: unknown): void;
  /** Comments by where they end. */
  readonly comments: ReadonlyMap<number, Comment>;
  /** Names of the enums and namespaces so far, and of the scope's functions and classes. */
  readonly declared: Set<string>;
  /** Is the result a script for an evaluator? Otherwise it is a module, as the source is. */
  readonly script: boolean;
  /** Names that are used as values. */
  readonly used: Set<string>;
  /** Functions around what is visited. */
  depth: number;
  /** Is there an `await` outside of functions? */
  awaits: boolean;
}

/** Start of a node. */
export function startOf(node: Node | Comment): number {
  return node.start as number;
}

/** End of a node. */
export function endOf(node: Node | Comment): number {
  return node.end as number;
}

/** Place before `at` that is not preceded by blanks or comments. */
export function skipBack({ source, comments }: Erasure, at: number): number {
  while (true) {
    while (at > 0 && /\s/.test(source[at - 1])) at--;
    const comment = comments.get(at);
    if (comment === undefined) return at;
    at = startOf(comment);
  }
}

/** Place at or after `at` that is neither blank nor in a comment. */
export function skipAhead({ source }: Erasure, at: number): number {
  const blank = /(?:\s+|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/)*/y;
  blank.lastIndex = at;
  blank.exec(source);
  return blank.lastIndex;
}

/** Source text of a node. */
export function textOf({ source }: Erasure, node: Node): string {
  return source.slice(startOf(node), endOf(node));
}

/** Where the name at `at` ends; names may be written with escapes. */
export function nameEnd({ source }: Erasure, at: number): number {
  const name = /(?:[\p{ID_Continue}$#\u200c\u200d]|\\u(?:[\da-f]{4}|\{[\da-f]+\}))+/iuy;
  name.lastIndex = at;
  return name.test(source) ? name.lastIndex : at;
}

/** Does a range hold a line break? */
export function hasBreak({ source }: Erasure, start: number, end: number): boolean {
  return /[\n\r\u2028\u2029]/.test(source.slice(start, end));
}

/** The error for syntax that cannot be erased or transformed. */
export function unsupported(node: Node, message: string): SourceError {
  const { line, column } = node.loc?.start ?? { line: 1, column: 0 };
  return new SourceError(message, { line, column: column + 1 });
}

/**
 * Ends a statement or field whose last type was erased. The type's end ended it too, where blanks
 * do not: `x as T` and a next line that begins with `(` would become a call.
 */
export function endStatement(node: Node, erasure: Erasure): void {
  const { edits, source } = erasure;
  const end = endOf(node);
  if (source[end - 1] === ";") return;
  // The head of a `for`, or something that ends the statement already.
  if (/[;})]|of\b|in\b/y.test(source.slice(skipAhead(erasure, end)))) return;
  edits.terminate(end);
}

/** Erases a declaration that is only types; `;` keeps the statements around it apart. */
export function eraseWhole(node: Node, { edits }: Erasure): void {
  edits.blank(startOf(node), endOf(node), { first: ";" });
}

/** Notes the functions and classes of a scope: a namespace of the same name adds to them. */
export function noteDeclared(statements: readonly Node[], { declared }: Erasure): void {
  for (const statement of statements) {
    const node = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (node?.type !== "FunctionDeclaration" && node?.type !== "ClassDeclaration") continue;
    if (node.id && !node.declare) declared.add(node.id.name);
  }
}

/** How the object of an enum or a namespace gets its name. */
export function nameIt(name: string, assign: boolean): string {
  return assign ? `;${name} = ` : `const ${name} = `;
}
