/**
 * Config of TOML 1.1.
 *
 * @module
 */

import type { AST } from "toml-eslint-parser";
import type { JsonValue } from "../types.ts";
import { addList, addObject, type Found, integer, syntaxError } from "./_found.ts";

/** Finds the values of all tables. The elements of an array of tables are keys by their position. */
export async function scan(source: string): Promise<Found[]> {
  const { parseTOML } = await import("toml-eslint-parser");
  const found: Found[] = [];
  for (const node of parse(source, parseTOML).body[0].body) {
    if (node.type === "TOMLKeyValue") addKeyValue("", node, source, found);
    else {
      const table = node.resolvedKey.join(".");
      for (const member of node.body) addKeyValue(table, member, source, found);
    }
  }
  return found;
}

function parse(
  source: string,
  parseTOML: (source: string) => AST.TOMLProgram,
): AST.TOMLProgram {
  try {
    return parseTOML(source);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const { message, lineNumber } = cause as SyntaxError & { lineNumber?: number };
    throw syntaxError(message, lineNumber ?? 1, cause);
  }
}

function addKeyValue(
  table: string,
  node: AST.TOMLKeyValue,
  source: string,
  found: Found[],
): void {
  const name = keyName(node);
  addValue(table === "" ? name : `${table}.${name}`, node.value, source, found);
}

function keyName(node: AST.TOMLKeyValue): string {
  return keyNames(node).join(".");
}

function keyNames(node: AST.TOMLKeyValue): string[] {
  return node.key.keys.map((key) => key.type === "TOMLBare" ? key.name : key.value);
}

function addValue(
  key: string,
  node: AST.TOMLContentNode,
  source: string,
  found: Found[],
): JsonValue {
  const place = { key, start: node.range[0], end: node.range[1] };
  if (node.type === "TOMLArray") {
    const add = (key: string, item: AST.TOMLContentNode) => addValue(key, item, source, found);
    // All that TOML has is values.
    return addList(found, place, node.elements, add) as JsonValue;
  }
  if (node.type === "TOMLInlineTable") return addInlineTable(place, node, source, found);
  const scalar = readScalar(node);
  found.push({ ...place, ...scalar });
  return scalar.value;
}

function addInlineTable(
  place: Pick<Found, "key" | "start" | "end">,
  node: AST.TOMLInlineTable,
  source: string,
  found: Found[],
): JsonValue {
  const index = found.length;
  const values: [string[], JsonValue][] = [];
  const members = node.body.map((member) => [keyName(member), member] as const);
  addObject(found, place, members, (key, member) => {
    const value = addValue(key, member.value, source, found);
    values.push([keyNames(member), value]);
    return value;
  });
  // Dotted names in it are tables within.
  const value = nest(values);
  found[index] = { ...found[index], value };
  return value;
}

function nest(members: (readonly [names: string[], value: JsonValue])[]): JsonValue {
  const groups = new Map<string, (readonly [string[], JsonValue])[]>();
  for (const [[name, ...rest], value] of members) {
    groups.set(name, [...(groups.get(name) ?? []), [rest, value]]);
  }
  return Object.fromEntries(
    Array.from(
      groups,
      ([name, group]) => [name, group[0][0].length === 0 ? group[0][1] : nest(group)],
    ),
  );
}

function readScalar(node: AST.TOMLValue): Pick<Found, "value" | "type"> {
  switch (node.kind) {
    case "string":
      return { value: node.value, type: "string" };
    case "integer":
      return { value: integer(node.bigint), type: "int" };
    case "float":
      return { value: node.value, type: "float" };
    case "boolean":
      return { value: node.value, type: "bool" };
    default:
      return { value: node.datetime, type: "date" };
  }
}

export { writeToml as write } from "./_toml_write.ts";
