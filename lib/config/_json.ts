/**
 * Config of JSON, with comments and trailing commas.
 *
 * @module
 */

import type { Node } from "jsonc-parser";
import type { JsonValue } from "../types.ts";
import { addList, addObject, type Found, integer, isBigInteger, syntaxError } from "./_found.ts";
import { literal, type LiteralStyle, numberText } from "./_literals.ts";

/** Finds the values below the top. A file without any value has none. */
export async function scan(source: string): Promise<Found[]> {
  const root = await parseJson(source);
  const found: Found[] = [];
  if (root) addValue("", root, source, found);
  // The whole file has no key.
  return found.slice(1);
}

/** Parses JSON with comments; undefined if there is nothing but comments. */
export async function parseJson(source: string): Promise<Node | undefined> {
  // CommonJS: Node shows the names of its bundle at `default` only.
  const module = await import("jsonc-parser");
  const { parseTree, printParseErrorCode } = module.default ?? module;
  const errors: Parameters<typeof parseTree>[1] = [];
  const root = parseTree(source, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (!error || (!root && errors.every((each) => printParseErrorCode(each.error) === NO_VALUE))) {
    return root;
  }
  const name = printParseErrorCode(error.error).replace(/(?<=.)[A-Z]/g, (char) => ` ${char}`);
  const line = source.slice(0, error.offset).split("\n").length;
  throw syntaxError(`${name.toLowerCase()} in JSON`, line);
}

const NO_VALUE = "ValueExpected";

function addValue(
  key: string,
  node: Node,
  source: string,
  found: Found[],
): JsonValue | undefined {
  const place = { key, start: node.offset, end: node.offset + node.length };
  const nodes = node.children ?? [];
  const add = (key: string, item: Node) => addValue(key, item, source, found);
  if (node.type === "array") return addList(found, place, nodes, add);
  if (node.type === "object") {
    const members = nodes.map(({ children: [name, value] = [] }) => [name.value, value] as const);
    return addObject(found, place, members, add);
  }
  const scalar = readScalar(node, source.slice(place.start, place.end));
  found.push({ ...place, ...scalar });
  return scalar.value;
}

function readScalar(node: Node, text: string): Pick<Found, "value" | "type"> {
  switch (node.type) {
    case "string":
      return { value: node.value, type: "string" };
    case "boolean":
      return { value: node.value, type: "bool" };
    case "number":
      if (/[.e]/i.test(text)) return { value: node.value, type: "float" };
      if (Number.isSafeInteger(node.value)) return { value: node.value + 0, type: "int" };
      return { value: integer(BigInt(text)), type: "int" };
    default:
      return { value: null, type: "null" };
  }
}

/** Spells a value as JSON, lists and objects on one line. */
export function write(value: JsonValue, found: Found): string {
  const isNumber = found.type === "int" || found.type === "float";
  if (isNumber && isBigInteger(value)) return value;
  const style: LiteralStyle = {
    null: () => "null",
    bool: String,
    number: (number) => {
      if (Number.isFinite(number)) return numberText(number, found.type === "float");
      throw new TypeError(`JSON has no ${number}`);
    },
    string: (text) => JSON.stringify(text),
    list: (items) => `[${items.join(", ")}]`,
    object: (members) =>
      `{${members.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(", ")}}`,
  };
  return literal(value, style);
}
