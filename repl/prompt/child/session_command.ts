/**
 * How the process of a session is started.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runtimeCommand } from "../../session/runtime_command.ts";
import { grantedPermissions } from "./granted_permissions.ts";

/**
 * The command that starts the process of a session on this runtime, on Deno with what this process
 * may do.
 *
 * @param document Absolute path of the document that inputs are imported from.
 * @param paths What the session knows, which may be what this process may read or write.
 */
export function sessionCommand(
  document: string,
  paths: readonly string[],
): { readonly file: string; readonly args: readonly string[] } {
  const permissions = "Deno" in globalThis ? grantedPermissions(paths) : null;
  return runtimeCommand(entryPath(), { document, permissions });
}

/** The child's module: beside this one in the sources, in a bundle under a name of its own. */
function entryPath(): string {
  const source = fileURLToPath(new URL("./session_child.ts", import.meta.url));
  if (existsSync(source)) return source;
  const dist = import.meta.url.lastIndexOf("/dist/") + "/dist/".length;
  const path = "repl/prompt/child/session_child.js";
  return fileURLToPath(new URL(`./${path}`, import.meta.url.slice(0, dist)));
}
