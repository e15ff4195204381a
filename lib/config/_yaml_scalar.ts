/**
 * Values and types of YAML's scalars.
 *
 * @module
 */

import type { Scalar } from "yaml";
import type { JsonValue } from "../types.ts";
import { type Found, integer } from "./_found.ts";

type Value = Pick<Found, "value" | "type" | "problem">;

/** Reads a scalar that the parser has resolved. */
export function readYamlScalar(node: Scalar, source: string): Value {
  const { value } = node;
  const [start, end] = node.range as [number, number, number];
  const text = source.slice(start, end);
  if (value instanceof Date) return { value: text, type: "date" };
  if (typeof value !== "number") return typed(value as JsonValue);
  const isInteger = Number.isInteger(value) && /^[-+]?(?:0[xob][\da-f_]+|[\d_]+)$/i.test(text);
  if (!isInteger) return { value, type: "float" };
  if (Number.isSafeInteger(value)) return { value, type: "int" };
  const digits = text.replaceAll("_", "").replace(/^[-+]/, "");
  const size = BigInt(digits);
  return { value: integer(text.startsWith("-") ? -size : size), type: "int" };
}

/** Gives a value its type; undefined is none. */
export function typed(value: JsonValue | undefined): Value {
  switch (typeof value) {
    case "string":
      return { value, type: "string" };
    case "boolean":
      return { value, type: "bool" };
    case "number":
      return { value, type: Number.isInteger(value) ? "int" : "float" };
    case "object":
      if (value === null) return { value, type: "null" };
      return { value, type: Array.isArray(value) ? "list" : "object" };
    default:
      return { value: null, type: "null", problem: "it is not a plain value" };
  }
}
