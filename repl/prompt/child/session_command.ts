/**
 * How the process of a session is started.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runtimeCommand } from "../../session/runtime_command.ts";

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
  return runtimeCommand(entryPath(), { document, permissions: grantedPermissions(paths) });
}

interface DenoPermissions {
  querySync(what: { name: string; path?: string }): { state: string };
}

const PERMISSIONS = ["read", "write", "net", "env", "run", "sys", "ffi", "import"];

/**
 * What this process may do, as far as it can be found out: what is granted as a whole, and of what
 * is granted in part, reading and writing the places that a session knows. Null for everything.
 */
function grantedPermissions(paths: readonly string[]): string[] | null {
  const { Deno } = globalThis as { Deno?: { permissions: DenoPermissions } };
  if (Deno === undefined) return null;
  const granted = (what: { name: string; path?: string }) => {
    try {
      return Deno.permissions.querySync(what).state === "granted";
    } catch {
      return false;
    }
  };
  const whole = PERMISSIONS.filter((name) => granted({ name }));
  if (whole.length === PERMISSIONS.length) return null;
  const partly = ["read", "write"].filter((name) => !whole.includes(name)).flatMap((name) => {
    const allowed = paths.filter((path) => granted({ name, path }));
    return allowed.length === 0 ? [] : [`${name}=${allowed.join(",")}`];
  });
  return [...whole.filter((name) => !["read", "env", "sys"].includes(name)), ...partly];
}

/** The child's module: beside this one in the sources, in a bundle under a name of its own. */
function entryPath(): string {
  const source = fileURLToPath(new URL("./session_child.ts", import.meta.url));
  if (existsSync(source)) return source;
  const dist = import.meta.url.lastIndexOf("/dist/") + "/dist/".length;
  const path = "repl/prompt/child/session_child.js";
  return fileURLToPath(new URL(`./${path}`, import.meta.url.slice(0, dist)));
}
