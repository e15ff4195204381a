/**
 * How the process of a document is started.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A program and its arguments. */
export interface ChildCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * The command that starts the process of a document on this runtime.
 *
 * @param permissions Deno's permissions, such as `read` or `net=example.com`; null for all.
 * @param coverage Directory for V8's coverage, on Deno; on Node a variable names it.
 */
export function childCommand(
  permissions: readonly string[] | null,
  coverage: string | null = null,
): ChildCommand {
  const entry = entryPath();
  if (process.versions.deno === undefined) {
    // From the sources, this process was itself started with what makes Node read TypeScript.
    const loader = entry.endsWith(".ts") ? process.execArgv.map(absoluteLoader) : [];
    const maps = loader.length > 0 ? ["--enable-source-maps"] : [];
    return { file: process.execPath, args: [...loader, ...maps, entry] };
  }
  const allow = permissions === null
    ? ["-A"]
    : [...OWN_PERMISSIONS, ...permissions.map((permission) => `--allow-${permission}`)];
  const cover = coverage === null ? [] : [`--coverage=${coverage}`];
  return {
    file: process.execPath,
    args: ["run", "--quiet", "--no-prompt", ...allow, ...cover, entry],
  };
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

/** The engine's own needs: the inspector, the document, the file that takes the output. */
const OWN_PERMISSIONS = ["--allow-sys", "--allow-read", "--allow-env"];

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
