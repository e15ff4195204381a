/**
 * Python's expressions, as far as they are plain values.
 *
 * @module
 */

import type { parser as PythonParser } from "@lezer/python";
import type { JsonValue } from "../types.ts";
import { addList, addObject, type Found, integer } from "./_found.ts";
import { readPythonString } from "./_python_string.ts";

/** A node of the parser's tree. */
export type Node = ReturnType<typeof PythonParser.parse>["topNode"];

/** Children of a node, without comments. */
export function children(node: Node): Node[] {
  const nodes: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== "Comment") nodes.push(child);
  }
  return nodes;
}

/** Adds a value and what is in it. Returns undefined, and adds why, if it is none. */
export function addValue(
  key: string,
  expression: Node,
  source: string,
  found: Found[],
): JsonValue | undefined {
  const node = withoutParentheses(expression);
  const place = { key, start: node.from, end: node.to };
  const add = (key: string, item: Node) => addValue(key, item, source, found);
  if (node.name === "ArrayExpression" || node.name === "TupleExpression") {
    const items = children(node).slice(1, -1).filter((child) => child.name !== ",");
    // Behind a spread nobody knows the positions.
    const gap = items.findIndex((item) => item.name === "*");
    const known = gap < 0 ? items : items.slice(0, gap);
    return addList(found, { ...place, complete: gap < 0 }, known, add);
  }
  if (node.name === "DictionaryExpression") {
    const { members, complete } = dictMembers(node, source);
    return addObject(found, { ...place, complete }, members, add);
  }
  const scalar = readScalar(node, source);
  found.push({ ...place, ...(scalar ?? { value: null, type: "null", problem: whyNot(node) }) });
  return scalar?.value;
}

function withoutParentheses(node: Node): Node {
  if (node.name !== "ParenthesizedExpression") return node;
  const inner = children(node);
  return inner.length === 3 ? withoutParentheses(inner[1]) : node;
}

function dictMembers(node: Node, source: string): { members: [string, Node][]; complete: boolean } {
  const members: [string, Node][] = [];
  let complete = true;
  const nodes = children(node);
  for (const [i, { name }] of nodes.entries()) {
    if (name === "**") complete = false;
    if (name !== ":") continue;
    const key = readScalar(withoutParentheses(nodes[i - 1]), source);
    if (key?.type === "string") members.push([key.value as string, nodes[i + 1]]);
    else complete = false;
  }
  return { members, complete };
}

type Scalar = Pick<Found, "value" | "type">;

function readScalar(node: Node, source: string): Scalar | undefined {
  const text = source.slice(node.from, node.to);
  switch (node.name) {
    case "Boolean":
      return { value: text === "True", type: "bool" };
    case "None":
      return { value: null, type: "null" };
    case "String":
    case "ContinuedString":
      return readString(node, source);
    case "Number":
    case "UnaryExpression": {
      const value = readNumber(node, source);
      if (value === undefined) return undefined;
      if (typeof value === "number") return { value, type: "float" };
      return { value: integer(value), type: "int" };
    }
    case "CallExpression": {
      const [, name] = /^float\s*\(\s*["']([-+]?(?:nan|inf|infinity))["']\s*\)$/i.exec(text) ?? [];
      if (name === undefined) return undefined;
      const size = /nan/i.test(name) ? NaN : Infinity;
      return { value: name.startsWith("-") ? -size : size, type: "float" };
    }
  }
}

function readString(node: Node, source: string): Scalar | undefined {
  const nodes = node.name === "String" ? [node] : children(node);
  const parts = nodes.map((part) => readPythonString(source.slice(part.from, part.to)));
  const bytes = parts.filter((part) => /b/i.test(part?.prefix ?? "")).length;
  if (parts.includes(undefined) || (bytes > 0 && bytes < parts.length)) return undefined;
  const value = parts.map((part) => part?.value).join("");
  return { value, type: bytes > 0 ? "bytes" : "string" };
}

const INTEGER = /^(?:0x(?:_?[\da-f])+|0o(?:_?[0-7])+|0b(?:_?[01])+|0(?:_?0)*|[1-9](?:_?\d)*)$/i;
const FLOAT = /^(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:e[+-]?\d(?:_?\d)*)?$/i;

/** Reads an integer as a bigint, a float as a number. */
function readNumber(node: Node, source: string): bigint | number | undefined {
  if (node.name === "Number") {
    const text = source.slice(node.from, node.to);
    const digits = text.replaceAll("_", "");
    if (INTEGER.test(text)) return BigInt(digits);
    return FLOAT.test(text) && /[.e]/i.test(text) ? Number(digits) : undefined;
  }
  // In Python a boolean is a number, `-True` is -1.
  if (node.name === "Boolean") return source[node.from] === "T" ? 1n : 0n;
  if (node.name !== "UnaryExpression") return undefined;
  const [operator, operand] = children(node);
  const value = readNumber(withoutParentheses(operand), source);
  if (value === undefined) return undefined;
  switch (source.slice(operator.from, operator.to)) {
    case "-":
      return -value;
    case "+":
      return value;
    case "~":
      return typeof value === "bigint" ? ~value : undefined;
  }
}

function whyNot(node: Node): string {
  if (node.name === "FormatString") return "it is an f-string";
  if (/String$/.test(node.name)) return "it is a string that is more than plain text";
  return "it is an expression, not a plain value";
}
