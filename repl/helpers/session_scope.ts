/**
 * What sessions have in scope: helpers, the library, and `$`.
 *
 * @module
 */

import type { LazyScope, SessionScope } from "../session/scope.ts";
import { bothSpellings, snakeCase } from "./both_spellings.ts";
import { HELPER_NAMES, LIBRARY_NAMES } from "./_names.ts";

/**
 * Makes the scope of documents and the REPL. Nothing of it is loaded before a source mentions it,
 * so that a session that needs nothing starts at once.
 */
export function sessionScope(): SessionScope {
  return {
    values: {},
    lazy: [
      lazily(HELPER_NAMES, async () => bothSpellings(await import("./mod.ts"))),
      lazily(LIBRARY_NAMES, async () => bothSpellings(await import("../../mod.ts"))),
      lazily(["$"], async () => ({ $: (await import("dax")).default })),
    ],
  };
}

const WORD = /[A-Za-z_$][\w$]*/g;

function lazily(
  camel: readonly string[],
  load: () => Promise<Readonly<Record<string, unknown>>>,
): LazyScope {
  const names = camel.flatMap((name) => [name, snakeCase(name) ?? []].flat());
  const known = new Set(names);
  return {
    names,
    mentionedIn: (source) => source.match(WORD)?.some((word) => known.has(word)) ?? false,
    load,
  };
}
