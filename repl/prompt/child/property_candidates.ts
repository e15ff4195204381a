/**
 * Names of an expression's properties, for completion.
 *
 * @module
 */

import type { Evaluator } from "../../session/create_evaluator.ts";
import { propertyNames } from "../../session/property_names.ts";
import type { SessionScope } from "../../session/scope.ts";

/**
 * Finds the properties of what an expression is, as far as that has no side effects. Globals count
 * as having none: on Deno many are made when they are first asked for. What is in scope but not
 * loaded yet is loaded.
 */
export async function propertyCandidates(
  evaluator: Evaluator,
  scope: SessionScope,
  expression: string,
): Promise<readonly string[]> {
  const [first, ...rest] = expression.split(".");
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(first)) {
    return await evaluator.names(expression);
  }
  if (!(first in globalThis) && scope.lazy.some((group) => group.names.includes(first))) {
    await evaluator.evaluate(first);
  }
  let value: unknown = Reflect.get(globalThis, first);
  for (const name of rest) {
    const property = findProperty(value, name);
    if (property === undefined || !("value" in property)) return await evaluator.names(expression);
    value = property.value;
  }
  return propertyNames(value);
}

function findProperty(value: unknown, name: string): PropertyDescriptor | undefined {
  if (value === null || value === undefined) return undefined;
  for (let at: object | null = Object(value); at !== null; at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
