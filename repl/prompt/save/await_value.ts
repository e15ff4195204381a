/**
 * Inputs whose value the session awaited, as code of which nobody awaits the value.
 *
 * @module
 */

import type { Expression } from "@babel/types";
import { loadParser, parseTypeScript } from "../../session/erase/parse.ts";

/** What is a promise never by itself, however its parts are. */
const NO_PROMISE = new Set([
  "ArrayExpression",
  "ArrowFunctionExpression",
  "AwaitExpression",
  "BigIntLiteral",
  "BinaryExpression",
  "BooleanLiteral",
  "ClassExpression",
  "FunctionExpression",
  "NullLiteral",
  "NumericLiteral",
  "RegExpLiteral",
  "StringLiteral",
  "TemplateLiteral",
  "UnaryExpression",
  "UpdateExpression",
]);

/** What `await` in front of is about all of it; others need parentheses. */
const ONE_THING = new Set([
  "CallExpression",
  "Identifier",
  "ImportExpression",
  "MemberExpression",
  "NewExpression",
  "OptionalCallExpression",
  "OptionalMemberExpression",
  "TaggedTemplateExpression",
]);

/** Awaits the expression that a source ends with, if that may be a promise. */
export async function awaitValue(source: string): Promise<string> {
  const last = parseTypeScript(await loadParser(), source).program.body.at(-1);
  if (last?.type !== "ExpressionStatement" || NO_PROMISE.has(last.expression.type)) return source;
  const start = last.start as number;
  if (isOneThing(last.expression)) return `${source.slice(0, start)}await ${source.slice(start)}`;
  const end = last.expression.end as number;
  return `${source.slice(0, start)}await (${source.slice(start, end)})${source.slice(end)}`;
}

function isOneThing({ type, extra }: Expression): boolean {
  return ONE_THING.has(type) || extra?.parenthesized === true;
}
