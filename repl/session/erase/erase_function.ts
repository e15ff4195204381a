/**
 * Erases types from functions and their parameters.
 *
 * @module
 */

import type {
  ArrowFunctionExpression,
  ClassMethod,
  ClassPrivateMethod,
  FunctionDeclaration,
  FunctionExpression,
  Node,
  ObjectMethod,
} from "@babel/types";
import { endOf, type Erasure, hasBreak, skipAhead, skipBack, startOf } from "./context.ts";

type AnyFunction =
  | ArrowFunctionExpression
  | ClassMethod
  | ClassPrivateMethod
  | FunctionDeclaration
  | FunctionExpression
  | ObjectMethod;

/** Functions of every kind: type parameters, parameters, return type, body. */
export function eraseFunction(node: AnyFunction, erasure: Erasure): void {
  eraseThisParameter(node.params, erasure);
  if ("key" in node) erasure.visit(node.key);
  if ("id" in node) erasure.visit(node.id);
  erasure.depth++;
  if (node.type === "ArrowFunctionExpression") {
    eraseArrowTypes(node, erasure);
    erasure.visit([node.params, node.body]);
  } else {
    erasure.visit([node.typeParameters, node.params, node.returnType, node.body]);
  }
  erasure.depth--;
}

/** `this: Type` as first parameter is a type only. */
function eraseThisParameter(params: Node[], erasure: Erasure): void {
  const [first] = params;
  if (first?.type !== "Identifier" || first.name !== "this") return;
  const after = skipAhead(erasure, endOf(first));
  const end = erasure.source[after] === "," ? after + 1 : endOf(first);
  erasure.edits.blank(startOf(first), end);
  params.shift();
}

/**
 * Types of an arrow function. Erasing a type that spans lines would leave a line break where
 * JavaScript allows none, before `=>` and after `async` or `return`; so the parentheses move.
 */
function eraseArrowTypes(node: ArrowFunctionExpression, erasure: Erasure): void {
  const { edits } = erasure;
  const { typeParameters, returnType } = node;
  if (typeParameters) {
    const paren = skipAhead(erasure, endOf(typeParameters));
    const moves = hasBreak(erasure, startOf(typeParameters), paren);
    edits.blank(startOf(typeParameters), endOf(typeParameters), moves ? { first: "(" } : {});
    if (moves) edits.blank(paren, paren + 1);
  }
  if (returnType) {
    const paren = skipBack(erasure, startOf(returnType)) - 1;
    const moves = hasBreak(erasure, paren, endOf(returnType));
    if (moves) edits.blank(paren, paren + 1);
    edits.blank(startOf(returnType), endOf(returnType), moves ? { last: ")" } : {});
  }
}
