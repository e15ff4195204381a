/**
 * Names of properties, for completion.
 *
 * @module
 */

/** Names of a value's properties, its own before inherited ones; indices and symbols left out. */
export function propertyNames(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  const names = new Set<string>();
  let at: object | null = Object(value);
  for (let depth = 0; at !== null && depth < 20; depth++) {
    for (const name of ownNames(at)) if (!/^\d+$/.test(name)) names.add(name);
    at = prototypeOf(at);
  }
  return [...names];
}

/** A proxy may refuse, or run code that throws. */
function ownNames(value: object): string[] {
  try {
    return Object.getOwnPropertyNames(value);
  } catch {
    return [];
  }
}

function prototypeOf(value: object): object | null {
  try {
    return Object.getPrototypeOf(value);
  } catch {
    return null;
  }
}
