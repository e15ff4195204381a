/**
 * How a process of ours is started on the runtime that we are on.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Options of {@linkcode runtimeCommand}. */
export interface RuntimeCommandOptions {
  /** Absolute path of a document: on Deno, the `deno.json` next above it holds. Default: none. */
  readonly document?: string;
  /**
   * Permissions on Deno, such as `read`, `net=example.com` or `deny-run=rm`. The engine itself needs
   * {@linkcode ENGINE_PERMISSIONS}. Default: null, all.
   */
  readonly permissions?: readonly string[] | null;
  /** Further arguments for the runtime. Default: none. */
  readonly flags?: readonly string[];
}

/** The engine's own needs: the inspector takes `sys`, paths and variables the others. */
export const ENGINE_PERMISSIONS: readonly string[] = ["sys", "read", "env"];

/**
 * The command that runs a module of ours in a process of its own.
 *
 * On Node it is loaded as this process was, when that is from the sources. On Deno packages come
 * from `node_modules`, those of the document as well as ours, and questions about permissions are
 * answered with no.
 */
export function runtimeCommand(
  entry: string,
  options: RuntimeCommandOptions = {},
): { readonly file: string; readonly args: string[] } {
  const { document, permissions = null, flags = [] } = options;
  if (!("Deno" in globalThis)) {
    const loaders = entry.endsWith(".ts") ? process.execArgv.map(absoluteLoader) : [];
    return { file: process.execPath, args: [...loaders, ...flags, entry] };
  }
  const config = document === undefined ? null : findDenoConfig(dirname(document));
  const allow = permissions === null
    ? ["-A"]
    : permissions.map((each) => each.startsWith("deny-") ? `--${each}` : `--allow-${each}`);
  const args = [
    "run",
    "--quiet",
    "--no-prompt",
    "--no-lock",
    "--no-check",
    // Else the packages of a configuration elsewhere would hide those of ours.
    "--node-modules-dir=manual",
    ...(config === null ? ["--no-config"] : ["--config", config]),
    ...allow,
    ...flags,
    entry,
  ];
  return { file: process.execPath, args };
}

/** A loader is found from here, and not from where the process will be. */
function absoluteLoader(arg: string): string {
  return /^[a-z@][\w@/.-]*$/i.test(arg) ? import.meta.resolve(arg) : arg;
}

function findDenoConfig(dir: string): string | null {
  for (const name of ["deno.json", "deno.jsonc"]) {
    if (existsSync(join(dir, name))) return join(dir, name);
  }
  const parent = dirname(dir);
  return parent === dir ? null : findDenoConfig(parent);
}
