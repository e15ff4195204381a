/**
 * Types that documents and projects define: expressions by name, and functions of modules.
 *
 * @module
 */

import { parseRegex } from "./_regex.ts";
import { PatternError } from "./pattern_error.ts";
import type { PatternType } from "./pattern_type.ts";

/** Where types come from. */
export interface PatternTypeSources {
  /** Regular expressions by type name; the value is the text. They win over functions. */
  readonly expressions?: Readonly<Record<string, string>>;
  /** Namespaces of the modules that `parse-functions` names. */
  readonly modules?: readonly Readonly<Record<string, unknown>>[];
}

/** A function that makes a value from a field's text. */
interface ParseFunction {
  (text: string): unknown;
  readonly pattern?: unknown;
  readonly typeName?: unknown;
  readonly type_name?: unknown;
  readonly doc?: unknown;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Makes types from expressions, and from the exported functions that are called `parse_<type>` or
 * `parse<Type>`.
 *
 * A function gets the text and returns the value; an error it throws is why the text does not
 * match. Its property `pattern` is the expression (default: any text), `typeName` another name.
 *
 * @throws {PatternError} An expression is broken, or a name is none.
 */
export function collectPatternTypes(sources: PatternTypeSources): PatternType[] {
  const types: PatternType[] = [];
  for (const module of sources.modules ?? []) {
    for (const [exported, value] of Object.entries(module)) {
      const type = typeof value === "function"
        ? functionType(exported, value as ParseFunction)
        : null;
      if (type !== null) types.push(type);
    }
  }
  for (const [name, pattern] of Object.entries(sources.expressions ?? {})) {
    types.push({ name, doc: `text that matches ${pattern}`, pattern });
  }
  for (const { name, pattern } of types) {
    if (!NAME.test(name)) {
      throw new PatternError(
        `Cannot define type '${name}': a name has letters, digits and '_' only`,
      );
    }
    parseRegex(pattern as string);
  }
  return types;
}

function functionType(exported: string, convert: ParseFunction): PatternType | null {
  const snake = /^parse_(\w+)$/.exec(exported)?.[1];
  const camel = /^parse([A-Z]\w*)$/.exec(exported)?.[1];
  if (snake === undefined && camel === undefined) return null;
  const given = convert.typeName ?? convert.type_name;
  const name = typeof given === "string" ? given : snake ?? toSnake(camel!);
  const pattern = typeof convert.pattern === "string"
    ? convert.pattern
    : convert.pattern instanceof RegExp
    ? convert.pattern.source
    : ".+?";
  const doc = typeof convert.doc === "string" ? convert.doc : `value of ${exported}()`;
  return { name, doc, pattern, convert: (text) => convert(text) };
}

function toSnake(camel: string): string {
  return camel.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase();
}
