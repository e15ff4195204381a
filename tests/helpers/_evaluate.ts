/**
 * Runs code with the helpers in a process of its own, since they print to descriptor 1.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { TYPESCRIPT_FLAGS } from "../../scripts/house/tools.ts";

const SELF = fileURLToPath(import.meta.url);

/** What the code prints; the helpers are in `h`. */
export function printed(code: string, umask = 0o022): string {
  const args = "Deno" in globalThis
    ? ["run", "-A", "--no-check", SELF]
    : [...TYPESCRIPT_FLAGS, SELF];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    env: { ...process.env, RUNLIT_TEST_CODE: code, RUNLIT_TEST_UMASK: String(umask) },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

if (process.env.RUNLIT_TEST_CODE !== undefined) {
  process.umask(Number(process.env.RUNLIT_TEST_UMASK));
  const helpers = await import("../../repl/helpers/mod.ts");
  await new Function("h", `return (async () => {${process.env.RUNLIT_TEST_CODE}})()`)(helpers);
}
