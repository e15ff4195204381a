/**
 * Python's syntax, for who looks for more in it than config.
 *
 * @internal
 * @module
 */

import type { JsonValue } from "../types.ts";
import type { ConfigType } from "./config_entry.ts";
import type { Found } from "./_found.ts";
import { maskUnknown } from "./_python.ts";
import { addValue, children, type Node } from "./_python_value.ts";

export { children };

/** A node of the tree. */
export type PythonNode = Node;

/** Parses a module. What is no Python is an error node; nothing is thrown. */
export async function parsePython(source: string): Promise<PythonNode> {
  const { parser } = await import("@lezer/python");
  return parser.parse(maskUnknown(source)).topNode;
}

/** Value and type of an expression that is a plain value; undefined for any other. */
export function pythonValue(
  node: PythonNode,
  source: string,
): { readonly value: JsonValue; readonly type: ConfigType } | undefined {
  const found: Found[] = [];
  const value = addValue("", node, source, found);
  return value === undefined ? undefined : { value, type: found[0].type };
}
