/**
 * Descriptors that this process would pass on without knowing.
 *
 * @module
 * @internal
 */

import { readdirSync, readFileSync } from "node:fs";

const O_CLOEXEC = 0o2000000;

/**
 * Lists the descriptors above 2 that a new process would inherit: those that whoever started this
 * process left open, such as those of `make -j` or of a script's `exec 7<file`. One of a directory
 * would lead out of every sandbox. Node closes the first of them, Deno none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { closeSync, openSync } from "node:fs";
 * import { inheritedFds } from "runlit/inherited-fds";
 *
 * const own = openSync("/", "r");
 * assert.ok(!inheritedFds().includes(own));
 * closeSync(own);
 * ```
 */
export function inheritedFds(): readonly number[] {
  return known ??= look();
}

/** Node has closed the first 16 for its children when it started: only Deno has to be helped. */
const FIRST = "Deno" in globalThis ? 3 : 16;

/** Never more than at first: what the runtimes open themselves is not passed on. */
let known: readonly number[] | undefined;

function look(): readonly number[] {
  const found: number[] = [];
  for (const name of list("/proc/self/fdinfo")) {
    const fd = Number(name);
    if (fd >= FIRST && (flags(fd) & O_CLOEXEC) === 0) found.push(fd);
  }
  return found.sort((a, b) => a - b);
}

/** Its flags; those of a descriptor that is gone by now keep it from being listed. */
function flags(fd: number): number {
  try {
    const text = readFileSync(`/proc/self/fdinfo/${fd}`, "latin1");
    return parseInt(/^flags:\s*(\d+)$/m.exec(text)?.[1] ?? "2000000", 8);
  } catch {
    return O_CLOEXEC;
  }
}

function list(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
