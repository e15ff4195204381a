/**
 * Keeps what V8 made of our code for the next start.
 *
 * @module
 */

import { makeUserCacheDir } from "../../lib/runtime/user_cache_dir.ts";

type Builtin = (name: string) => unknown;

/**
 * Saves a tenth of a command's time on Node 22 and later; Node 20 and Deno do not have it.
 *
 * Node's own place for it is in the directory of temporary files, under a name that all users share:
 * only the first of them gets anything, and could have the others execute what he puts there.
 */
export function enableCompileCache(): void {
  const { getBuiltinModule: builtin } = process as { getBuiltinModule?: Builtin };
  if (builtin === undefined || "Deno" in globalThis) return;
  const module = builtin("node:module") as { enableCompileCache?: (dir?: string) => unknown };
  if (module.enableCompileCache === undefined) return;
  // On Windows, each user has temporary files of his own.
  if (process.getuid === undefined) return void module.enableCompileCache();
  try {
    module.enableCompileCache(`${makeUserCacheDir()}/compiled`);
  } catch {
    // Every start compiles.
  }
}
