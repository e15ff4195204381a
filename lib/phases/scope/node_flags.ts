/**
 * A scope in the flags of `node`.
 *
 * @module
 * @internal
 */

import type { FlagFacts } from "./deno_flags.ts";

/**
 * Adds a scope to the arguments of `node`: its permission model, which knows lists of what may be
 * read and written but no exceptions, so that it is used only where a scope is a list.
 *
 * Programs, threads and native modules stay allowed: it is a layer for clear errors, and Node's
 * own documentation says that it does not protect against malicious code.
 *
 * @param version Such as `22.14.0`. Before 22.13 the model is an experiment that warns.
 */
export function nodeFlags(
  args: readonly string[],
  version: string,
  facts: FlagFacts,
): string[] {
  const { scope } = facts;
  const [major, minor] = version.split(".").map(Number);
  const isStable = major >= 24 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13);
  const isGiven = args.some((arg) => /^--(experimental-)?permission$/.test(arg));
  if (scope.read.all || scope.write.all || !isStable || isGiven) return [...args];
  const flags = [
    "--permission",
    "--allow-child-process",
    "--allow-worker",
    "--allow-addons",
    "--allow-wasi",
    ...facts.readable.map((path) => `--allow-fs-read=${path}`),
    ...facts.writable.map((path) => `--allow-fs-write=${path}`),
  ];
  if (major >= 25 && scope.net.all) flags.push("--allow-net");
  return [...flags, ...args];
}
