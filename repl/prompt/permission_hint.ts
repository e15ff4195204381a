/**
 * Which permission of Deno is missing.
 *
 * @module
 */

/**
 * What to do about an error that says that Deno does not permit something; null for other errors.
 *
 * The smallest set that the prompt works with: `--allow-read --allow-env --allow-sys --allow-run`,
 * and `--allow-write` for the project.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { permissionHint } from "runlit/permission-hint";
 *
 * const message = 'NotCapable: Requires net access to "example.com:443", run again with the --allow-net flag';
 * assert.match(permissionHint(message)!, /--allow-net=example.com:443/);
 * assert.equal(permissionHint("TypeError: x is not a function"), null);
 * ```
 */
export function permissionHint(error: string): string | null {
  const found = /Requires (\w+) access(?: to "?([^",]+)"?)?.*--allow-(\w+)/.exec(error);
  if (found === null) return null;
  const [, what, target, flag] = found;
  const scoped = target === undefined || target.startsWith("<") ? "" : `=${target}`;
  return `The session may not ${VERBS[what] ?? `use '${what}'`}: ` +
    `start it with --allow-${flag}, or only --allow-${flag}${scoped}`.replace(
      /, or only (--allow-\w+)$/,
      "",
    );
}

const VERBS: Readonly<Record<string, string>> = {
  read: "read that",
  write: "write that",
  net: "connect to that",
  env: "see that variable",
  run: "start that program",
  sys: "ask the system that",
  ffi: "load native libraries",
  import: "import from there",
};
