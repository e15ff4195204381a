/**
 * JavaScript's expressions, as far as they are plain values.
 *
 * @module
 */

import type { parse } from "@babel/parser";
import type { JsonValue } from "../types.ts";
import { addList, addObject, type Found, integer } from "./_found.ts";

type Statement = ReturnType<typeof parse>["program"]["body"][number];
type Declaration = Extract<Statement, { type: "VariableDeclaration" }>["declarations"][number];

/** An expression of the parser's tree. */
export type Node = NonNullable<Declaration["init"]>;

/** Adds a value and what is in it. Returns undefined, and adds why, if it is none. */
export function addValue(
  key: string,
  expression: Node,
  source: string,
  found: Found[],
): JsonValue | undefined {
  const node = withoutType(expression);
  const place = { key, start: node.start as number, end: node.end as number };
  const add = (key: string, item: Node) => addValue(key, item, source, found);
  if (node.type === "ArrayExpression") {
    // Behind a spread nobody knows the positions.
    const gap = node.elements.findIndex((each) => !each || each.type === "SpreadElement");
    const items = (gap < 0 ? node.elements : node.elements.slice(0, gap)) as Node[];
    return addList(found, { ...place, complete: gap < 0 }, items, add);
  }
  if (node.type === "ObjectExpression") {
    const members: [string, Node][] = [];
    for (const property of node.properties) {
      const name = property.type === "ObjectProperty" ? propertyName(property) : undefined;
      if (name === undefined || property.type !== "ObjectProperty") continue;
      members.push([name, property.value as Node]);
    }
    const complete = members.length === node.properties.length;
    return addObject(found, { ...place, complete }, members, add);
  }
  const scalar = readScalar(node, source);
  found.push({ ...place, ...(scalar ?? { value: null, type: "null", problem: whyNot(node) }) });
  return scalar?.value;
}

/** Takes away what is there for the type checker only, and `Object.freeze()`. */
function withoutType(node: Node): Node {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
    case "TSNonNullExpression":
    case "TypeCastExpression":
    case "ParenthesizedExpression":
      return withoutType(node.expression);
    case "CallExpression": {
      const { callee, arguments: args } = node;
      const isFreeze = callee.type === "MemberExpression" && !callee.computed &&
        callee.object.type === "Identifier" && callee.object.name === "Object" &&
        callee.property.type === "Identifier" && callee.property.name === "freeze";
      return isFreeze && args.length === 1 ? withoutType(args[0] as Node) : node;
    }
    default:
      return node;
  }
}

type Property = Extract<Node, { type: "ObjectExpression" }>["properties"][number];

function propertyName(property: Extract<Property, { type: "ObjectProperty" }>) {
  const { key, computed, shorthand } = property;
  if (shorthand) return undefined;
  if (key.type === "StringLiteral") return key.value;
  if (computed) return undefined;
  if (key.type === "Identifier") return key.name;
  return key.type === "NumericLiteral" ? String(key.value) : undefined;
}

function readScalar(node: Node, source: string): Pick<Found, "value" | "type"> | undefined {
  switch (node.type) {
    case "StringLiteral":
      return { value: node.value, type: "string" };
    case "TemplateLiteral": {
      const text = node.quasis[0].value.cooked;
      if (node.expressions.length > 0 || typeof text !== "string") return undefined;
      return { value: text, type: "string" };
    }
    case "BooleanLiteral":
      return { value: node.value, type: "bool" };
    case "NullLiteral":
      return { value: null, type: "null" };
  }
  const value = readNumber(node);
  if (typeof value === "bigint") return { value: integer(value), type: "int" };
  if (value === undefined) return undefined;
  const text = source.slice(node.start as number, node.end as number);
  const isInteger = Number.isInteger(value) && !/[.]|^\W*\d+e/i.test(text);
  return { value, type: isInteger ? "int" : "float" };
}

/** Reads a `BigInt` as one, all other numbers as numbers. */
function readNumber(node: Node): number | bigint | undefined {
  switch (node.type) {
    case "NumericLiteral":
      return node.value;
    case "BigIntLiteral":
      return BigInt(node.value);
    case "Identifier":
      return node.name === "NaN" ? NaN : node.name === "Infinity" ? Infinity : undefined;
    case "UnaryExpression": {
      const value = readNumber(withoutType(node.argument));
      if (value === undefined) return undefined;
      if (node.operator === "-") return -value;
      if (node.operator === "~") return ~value;
      if (node.operator === "+") return typeof value === "number" ? value : undefined;
    }
  }
}

function whyNot(node: Node): string {
  if (node.type === "TemplateLiteral") return "it is a template with expressions in it";
  return "it is an expression, not a plain value";
}
