/**
 * Programs that a scope denies by name.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { basename, isAbsolute, join } from "node:path";
import { resolveLinks } from "./bwrap/resolve_links.ts";
import { PROGRAM_DIRS } from "./bwrap/system_paths.ts";
import type { Scope } from "./scope.ts";
import { ScopeError } from "./scope_error.ts";

/** One file that is many programs: whoever hides it under one name hides them all. */
const MANY = /^(busybox|toybox|coreutils)\b/;

/**
 * Lists the files of programs that are denied, wherever a name is found.
 *
 * @param path The `PATH`.
 *
 * @throws {ScopeError} One of them is others, too.
 */
export function deniedPrograms({ run, phase }: Scope, path = ""): string[] {
  const dirs = new Set([...path.split(":").filter(isAbsolute), ...PROGRAM_DIRS]);
  return run.deny.flatMap((name) => {
    const files = name.includes("/") ? [name] : [...dirs].map((dir) => join(dir, name));
    const found = files.filter((file) => isAbsolute(file) && existsSync(file));
    const many = found.find((file) => MANY.test(basename(resolveLinks(file).real ?? file)));
    if (many === undefined) return found;
    throw new ScopeError(
      `Cannot deny program '${name}' in phase '${phase}': '${many}' is other programs, too; ` +
        `list those that may be started in permissions.${phase}.run`,
      `permissions.${phase}.run.deny`,
      phase,
    );
  });
}
