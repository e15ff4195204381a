/**
 * What sessions have in scope: helpers, the library, and `$`.
 *
 * @module
 */

import { DISPLAY } from "../session/format_value.ts";
import type { LazyScope, SessionScope } from "../session/scope.ts";
import { bothSpellings, snakeCase } from "./both_spellings.ts";
import { HELPER_NAMES, LIBRARY_NAMES } from "./session_names.ts";

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
      { names: ["$"], load: loadShell },
      {
        names: ["runs", "run", "start"],
        load: async () => (await import("./run_scope.ts")).runScope(),
      },
    ],
  };
}

function lazily(
  camel: readonly string[],
  load: () => Promise<Readonly<Record<string, unknown>>>,
): LazyScope {
  return { names: camel.flatMap((name) => [name, snakeCase(name) ?? []].flat()), load };
}

/** The `$` of dax, which runs commands. */
async function loadShell(): Promise<Record<string, unknown>> {
  const { $, CommandResult } = await import("dax");
  // What a command prints is seen as it runs; its result is not shown once more.
  Object.defineProperty(CommandResult.prototype, DISPLAY, { value: false });
  return { $ };
}
