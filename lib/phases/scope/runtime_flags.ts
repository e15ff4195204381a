/**
 * The second layer: flags of the runtime that executes a phase.
 *
 * @module
 * @internal
 */

import { basename, dirname, join } from "node:path";
import type { SpawnSpec } from "../command_wrapper.ts";
import { readHead } from "./bwrap/read_head.ts";
import { findProgram } from "./bwrap/find_program.ts";
import { resolveLinks } from "./bwrap/resolve_links.ts";
import { denoFlags, type FlagFacts } from "./deno_flags.ts";
import { nodeFlags } from "./node_flags.ts";

export type { FlagFacts } from "./deno_flags.ts";

/** A command with flags of its runtime. */
export interface FlaggedSpec {
  readonly spec: SpawnSpec;
  /** Which flags were added; null if none were. */
  readonly layer: "deno flags" | "node flags" | null;
}

/**
 * Adds flags to a command that is `deno run …` or `node …`, as a list or as a shell's text without
 * anything but words. Other commands stay as they are.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parsePermissions } from "runlit/parse-permissions";
 * import { resolveScope } from "runlit/resolve-scope";
 * import { runtimeFlags } from "runlit/runtime-flags";
 *
 * const dirs = { run: "/r/1", runs: "/r", home: "/h", tmp: "/tmp", cache: "/h/.cache" };
 * const scope = resolveScope([parsePermissions({ net: false })], "run", dirs);
 * const facts = { scope, hidden: [], readable: [], writable: ["/r/1"], alone: false };
 * const spec = { file: "/bin/sh", args: ["-c", "deno run -A train.ts"], cwd: "/r/1", env: {} };
 * const flagged = runtimeFlags(spec, facts);
 * assert.deepEqual(flagged.spec.args, ["-c", "deno run -A --deny-net --cached-only train.ts"]);
 * ```
 */
export function runtimeFlags(spec: SpawnSpec, facts: FlagFacts): FlaggedSpec {
  const words = wordsOfShell(spec);
  const [file, ...args] = words ?? [spec.file, ...spec.args];
  const flagged = addFlags(file, args, spec, facts);
  const isSame = flagged?.length === args.length && flagged.every((arg, i) => arg === args[i]);
  if (flagged === null || isSame) return { spec, layer: null };
  const layer = basename(file) === "deno" ? "deno flags" : "node flags";
  const env = layer === "deno flags" ? spec.env : withoutWarnings(spec.env);
  if (words === null) return { spec: { ...spec, args: flagged, env }, layer };
  const text = [file, ...flagged].map(quote).join(" ");
  return { spec: { ...spec, args: ["-c", text], env }, layer };
}

/**
 * Node warns of what its flags allow, which would be in the output of the command. Its child
 * processes get the flags by this variable as well, and would warn again.
 */
function withoutWarnings(env: SpawnSpec["env"]): SpawnSpec["env"] {
  const options = [env.NODE_OPTIONS, "--disable-warning=SecurityWarning"].filter(Boolean);
  return { ...env, NODE_OPTIONS: options.join(" ") };
}

/** Whether a command is one that may get flags: nothing has to be known of its scope for that. */
export function isRuntime(spec: Pick<SpawnSpec, "file" | "args">): boolean {
  return ["deno", "node"].includes(basename(wordsOfShell(spec)?.[0] ?? spec.file));
}

/** The words of a command that is a shell's text. */
function wordsOfShell({ file, args }: Pick<SpawnSpec, "file" | "args">): string[] | null {
  return args.length === 2 && args[0] === "-c" && basename(file) === "sh"
    ? plainWords(args[1])
    : null;
}

function addFlags(
  file: string,
  args: readonly string[],
  spec: SpawnSpec,
  facts: FlagFacts,
): string[] | null {
  if (basename(file) === "deno" && args[0] === "run") return denoFlags(args, facts);
  if (basename(file) !== "node" || facts.scope.read.all) return null;
  const version = nodeVersion(file, spec);
  return version === null ? null : nodeFlags(args, version, facts);
}

/** The words of a shell's text, or null where the shell would do more than to split it. */
function plainWords(text: string): string[] | null {
  return /^[\w@%+=:,./\s-]+$/.test(text) && !text.trim().includes("\n")
    ? text.trim().split(/\s+/)
    : null;
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * The version of Node, without executing it: a program of that name may be anyone's, and nothing
 * of a phase runs outside of its scope.
 */
function nodeVersion(file: string, { cwd, env }: SpawnSpec): string | null {
  const found = findProgram(file, env.PATH, { cwd });
  if (found === null) return null;
  const { real } = resolveLinks(found);
  if (real === null) return null;
  if (real === resolveLinks(process.execPath).real && !("Deno" in globalThis)) {
    return process.versions.node;
  }
  const header = readHead(join(dirname(dirname(real)), "include/node/node_version.h"), 4096);
  const parts = ["MAJOR", "MINOR", "PATCH"].map((name) =>
    new RegExp(`^#define NODE_${name}_VERSION (\\d+)`, "m").exec(header)?.[1]
  );
  return parts.includes(undefined) ? null : parts.join(".");
}
