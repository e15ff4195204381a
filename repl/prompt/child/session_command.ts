/**
 * How the process of a session is started.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A program and its arguments. */
export interface SessionCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/** The command that starts the process of a session on this runtime, with this one's permissions. */
export function sessionCommand(writable: readonly string[]): SessionCommand {
  const entry = entryPath();
  const file = process.execPath;
  if (process.versions.deno === undefined) {
    // From the sources, this process was itself started with what makes Node read TypeScript.
    const loader = entry.endsWith(".ts") ? process.execArgv.map(absoluteLoader) : [];
    return { file, args: [...loader, entry] };
  }
  return { file, args: ["run", "--quiet", "--no-prompt", ...grantedFlags(writable), entry] };
}

interface DenoPermissions {
  querySync(what: { name: string; path?: string }): { state: string };
}

const PERMISSIONS = ["read", "write", "net", "env", "run", "sys", "ffi", "import"];

/**
 * Flags for what this process may do, as far as it can be found out: what is granted as a whole,
 * and of what is granted in part reading and writing the places that a session knows.
 */
function grantedFlags(paths: readonly string[]): string[] {
  const { permissions } =
    (globalThis as unknown as { Deno: { permissions: DenoPermissions } }).Deno;
  const granted = (what: { name: string; path?: string }) => {
    try {
      return permissions.querySync(what).state === "granted";
    } catch {
      return false;
    }
  };
  const whole = PERMISSIONS.filter((name) => granted({ name }));
  if (whole.length === PERMISSIONS.length) return ["-A"];
  const partly = ["read", "write"].filter((name) => !whole.includes(name)).flatMap((name) => {
    const allowed = paths.filter((path) => granted({ name, path }));
    return allowed.length === 0 ? [] : [`--allow-${name}=${allowed.join(",")}`];
  });
  return [...whole.map((name) => `--allow-${name}`), ...partly];
}

/** A loader is found from here, and not from where the session runs. */
function absoluteLoader(arg: string): string {
  return /^[a-z@][\w@/.-]*$/i.test(arg) && !arg.startsWith("-") ? import.meta.resolve(arg) : arg;
}

/** The child's module: beside this one in the sources, in a bundle under a name of its own. */
function entryPath(): string {
  const source = fileURLToPath(new URL("./session_child.ts", import.meta.url));
  if (existsSync(source)) return source;
  const dist = import.meta.url.lastIndexOf("/dist/") + "/dist/".length;
  const path = "repl/prompt/child/session_child.js";
  return fileURLToPath(new URL(`./${path}`, import.meta.url.slice(0, dist)));
}
