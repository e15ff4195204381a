/**
 * Names in both spellings, `makeRun` and `make_run`.
 *
 * @module
 */

/**
 * Adds to each name of a scope its snake_case spelling, and to those of the functions of an object
 * such as `runMeta`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bothSpellings } from "runlit/both-spellings";
 *
 * const scope = bothSpellings({ makeDir: (path: string) => path });
 * assert.deepEqual(Object.keys(scope), ["makeDir", "make_dir"]);
 * ```
 */
export function bothSpellings(
  scope: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const both: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(scope)) {
    both[name] = inSnakeCase(value);
    const snake = snakeCase(name);
    if (snake !== null && !(snake in scope)) both[snake] = both[name];
  }
  return both;
}

/** The snake_case spelling of a camelCase name: null for a class, a constant, or one word. */
export function snakeCase(name: string): string | null {
  if (!/^[a-z][a-z0-9]*[A-Z]/.test(name)) return null;
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** An object of functions, such as `runMeta`, answers to both spellings too. */
function inSnakeCase(value: unknown): unknown {
  const isGroup = isPlain(value) &&
    Object.values(value).every((item) => typeof item === "function");
  return isGroup ? bothSpellings(value) : value;
}

/**
 * Options given in either spelling, in camelCase: for functions whose last argument is options and
 * never data, whose keys are nobody's but the user's.
 */
export function camelOptions<T extends object>(options: T): T {
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => [
      key.replace(/(?<=[a-z])_([a-z])/g, (_, letter) => letter.toUpperCase()),
      value,
    ]),
  ) as T;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value));
}
