/**
 * Where the account of this process has its home, whatever `HOME` says.
 *
 * @module
 * @internal
 */

import { readFileSync } from "node:fs";

/**
 * Returns the home that `/etc/passwd` has for whoever executes this; null where that is not said there.
 * Not by `os.userInfo()`, for which Deno would want one more permission.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { accountHome } from "runlit/account-home";
 *
 * const passwd = "root:x:0:0:root:/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\n";
 * assert.equal(accountHome(1000, passwd), "/home/ada");
 * assert.equal(accountHome(1001, passwd), null);
 * ```
 */
export function accountHome(
  uid: number | undefined = process.getuid?.(),
  passwd: string = readPasswd(),
): string | null {
  if (uid === undefined) return null;
  const fields = passwd.split("\n").map((line) => line.split(":"));
  const home = fields.find((field) => field[2] === String(uid))?.[5];
  return home?.startsWith("/") ? home : null;
}

function readPasswd(): string {
  try {
    return readFileSync("/etc/passwd", "utf8");
  } catch {
    return "";
  }
}
