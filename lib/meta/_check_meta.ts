/**
 * Values that meta cannot hold, whatever its layout.
 *
 * @module
 */

import type { OpCmd } from "../types.ts";

/** What no operating system can execute is refused whatever the layout. */
export function checkCommand({ args, env }: OpCmd): void {
  const nul = (typeof args === "string" ? [args] : args).find((arg) => arg.includes("\0"));
  if (nul !== undefined) {
    throw new RangeError(`Cannot record argument ${JSON.stringify(nul)}: it has a NUL character`);
  }
  for (const [name, value] of Object.entries(env)) {
    if (name === "" || /[=\0]/.test(name)) {
      throw new RangeError(
        `Cannot record variable ${
          JSON.stringify(name)
        }: a name is not empty and has neither '=' nor NUL`,
      );
    }
    if (typeof value !== "string" || value.includes("\0")) {
      throw new RangeError(
        `Cannot record variable '${name}': its value has to be a string without NUL`,
      );
    }
  }
}

/** An attribute becomes a file of its name. */
export function checkAttributeName(name: string, kind: string): void {
  // deno-lint-ignore no-control-regex
  const bad = name === "" || name.startsWith(".") || /[/\\\x00-\x1f\x7f]/.test(name) ||
    /\.tmp$/.test(name) ||
    new TextEncoder().encode(name).length > 200;
  if (bad) {
    throw new RangeError(
      `Cannot record ${kind} attribute ${
        JSON.stringify(name)
      }: its name has to be usable as that of a file`,
    );
  }
}
