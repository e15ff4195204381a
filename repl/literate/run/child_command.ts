/**
 * How the process of a document is started.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ENGINE_PERMISSIONS, runtimeCommand } from "../../session/runtime_command.ts";

/**
 * The command that starts the process of a document on this runtime.
 *
 * @param document Absolute path of the document.
 * @param permissions Deno's permissions, such as `read` or `net=example.com`; null for all.
 * @param coverage Directory for V8's coverage, on Deno; on Node a variable names it.
 */
export function childCommand(
  document: string,
  permissions: readonly string[] | null,
  coverage: string | null = null,
): { readonly file: string; readonly args: readonly string[] } {
  const entry = entryPath();
  const flags: string[] = [];
  if ("Deno" in globalThis) { if (coverage !== null) flags.push(`--coverage=${coverage}`); }
  else if (entry.endsWith(".ts")) flags.push("--enable-source-maps");
  const allowed = permissions && [...ENGINE_PERMISSIONS, ...permissions];
  return runtimeCommand(entry, { document, permissions: allowed, flags });
}

/** The `runlit` that is running, as a shell script: for the shell examples of documents. */
export function runlitScript(): string {
  const source = fileURLToPath(new URL("../../../scripts/runlit.ts", import.meta.url));
  const entry = existsSync(source)
    ? source
    : fileURLToPath(new URL("./scripts/runlit.js", distUrl()));
  const flags = process.versions.deno === undefined
    ? entry.endsWith(".ts") ? process.execArgv.map(absoluteLoader) : []
    : ["run", "--quiet", "-A"];
  const words = [process.execPath, ...flags, entry].map((word) =>
    `'${word.replaceAll("'", "'\\''")}'`
  );
  return `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`;
}

/** A loader is found from here, and not from where the document runs. */
function absoluteLoader(arg: string): string {
  return /^[a-z@][\w@/.-]*$/i.test(arg) && !arg.startsWith("-") ? import.meta.resolve(arg) : arg;
}

/** The child's module: beside this one in the sources, in a bundle under a name of its own. */
function entryPath(): string {
  const source = fileURLToPath(new URL("./document_child.ts", import.meta.url));
  if (existsSync(source)) return source;
  return fileURLToPath(new URL("./repl/literate/run/document_child.js", distUrl()));
}

function distUrl(): URL {
  const at = import.meta.url.lastIndexOf("/dist/");
  return new URL(import.meta.url.slice(0, at + "/dist/".length));
}
