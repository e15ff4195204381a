/**
 * JavaScript's and TypeScript's syntax, for who looks for more in it than config.
 *
 * @internal
 * @module
 */

import type { JsonValue } from "../types.ts";
import type { ConfigType } from "./config_entry.ts";
import { configFormat } from "./config_format.ts";
import type { Found } from "./_found.ts";
import { parse, PLUGINS } from "./_javascript.ts";
import { addValue, type Node } from "./_javascript_value.ts";

/** A statement of the tree. */
export type JavascriptStatement = Awaited<ReturnType<typeof parse>>[number];

/** An expression of the tree. */
export type JavascriptNode = Node;

/**
 * Parses a module whose language its path tells.
 *
 * @throws {SyntaxError} It cannot be parsed; `line` says where.
 */
export async function parseJavascript(
  source: string,
  path: string,
): Promise<readonly JavascriptStatement[]> {
  return await parse(source, PLUGINS[configFormat(path) ?? "javascript"] ?? PLUGINS.javascript);
}

/** Value and type of an expression that is a plain value; undefined for any other. */
export function javascriptValue(
  node: JavascriptNode,
  source: string,
): { readonly value: JsonValue; readonly type: ConfigType } | undefined {
  const found: Found[] = [];
  const value = addValue("", node, source, found);
  return value === undefined ? undefined : { value, type: found[0].type };
}
