/**
 * A scope in the flags of `deno run`.
 *
 * @module
 * @internal
 */

import type { Scope } from "./scope.ts";

/** What flags are made from. */
export interface FlagFacts {
  readonly scope: Scope;
  /** Paths that are hidden or denied, and hold nothing that the phase needs. */
  readonly hidden: readonly string[];
  /** Paths that may be read, where only some may. */
  readonly readable: readonly string[];
  /** Paths that may be written. */
  readonly writable: readonly string[];
  /** Whether nothing else enforces the scope. */
  readonly alone: boolean;
}

/** Flags whose value is the next argument. */
const WITH_VALUE = new Set([
  "-c",
  "--config",
  "--import-map",
  "--cert",
  "--location",
  "--seed",
  "--ext",
  "-L",
  "--log-level",
  "--lock",
  "--tunnel",
]);

/**
 * Adds a scope to the arguments of `deno`, of which the first is `run`. Never allows more than they
 * do already: what is denied is denied once more, where Deno's own error is the clearer one. Where
 * nothing else enforces the scope, `-A` and `--allow-write` become what the scope allows.
 *
 * What Deno cannot express (a path with a comma) is left out.
 */
export function denoFlags(args: readonly string[], facts: FlagFacts): string[] {
  const { scope, hidden } = facts;
  const end = scriptIndex(args);
  const given = args.slice(1, end);
  const added: string[] = [];
  const has = (name: string) => given.some((arg) => arg === name || arg.startsWith(`${name}=`));
  if (!scope.net.all) {
    if (!has("--deny-net")) added.push("--deny-net");
    if (!has("--cached-only")) added.push("--cached-only");
  }
  const denied = [...hidden].filter(isExpressible);
  if (denied.length > 0 && !has("--deny-read")) added.push(`--deny-read=${denied.join(",")}`);
  const locked = scope.write.deny.filter(isExpressible);
  if (locked.length > 0 && !has("--deny-write")) added.push(`--deny-write=${locked.join(",")}`);
  if (!scope.run.all && scope.run.allow.length === 0 && !has("--deny-run")) {
    added.push("--deny-run");
  }
  const kept = facts.alone ? given.flatMap((arg) => narrowed(arg, facts)) : given;
  return [args[0], ...kept, ...added, ...args.slice(end)];
}

/** Where the script is: after all flags, and after their values. */
function scriptIndex(args: readonly string[]): number {
  let index = 1;
  while (index < args.length && args[index].startsWith("-") && args[index] !== "-") {
    index += WITH_VALUE.has(args[index]) ? 2 : 1;
  }
  return index;
}

function narrowed(arg: string, facts: FlagFacts): string[] {
  const { scope } = facts;
  const write = scope.write.all ? "--allow-write" : list("--allow-write", facts.writable);
  const read = scope.read.all ? "--allow-read" : list("--allow-read", facts.readable);
  const run = scope.run.all ? "--allow-run" : list("--allow-run", scope.run.allow);
  if (arg === "-W" || arg === "--allow-write") return [write].filter(Boolean);
  if (arg === "-R" || arg === "--allow-read") return [read].filter(Boolean);
  if (arg === "--allow-run") return [run].filter(Boolean);
  if (arg !== "-A" && arg !== "--allow-all") return [arg];
  const rest = ["--allow-env", "--allow-sys", "--allow-ffi", "--allow-import"];
  if (scope.net.all) rest.push("--allow-net");
  return [read, write, run, ...rest].filter(Boolean);
}

function list(flag: string, values: readonly string[]): string {
  const usable = values.filter(isExpressible);
  return usable.length === 0 ? "" : `${flag}=${usable.join(",")}`;
}

function isExpressible(path: string): boolean {
  return !path.includes(",") && !/[*?]/.test(path);
}
