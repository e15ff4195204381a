/**
 * Random identifiers, as cheap as each runtime has them.
 *
 * On Node the global `crypto` loads all of Web Crypto, which takes 3 ms at the first use; on Deno
 * `node:crypto` takes 17 ms to import.
 *
 * @module
 * @internal
 */

/** Returns a random UUID (version 4): 36 characters, lower case. */
export function randomUuid(): string {
  const { getBuiltinModule } = process as { getBuiltinModule?: (name: string) => unknown };
  if ("Deno" in globalThis || getBuiltinModule === undefined) return globalThis.crypto.randomUUID();
  return (getBuiltinModule("node:crypto") as { randomUUID(): string }).randomUUID();
}
