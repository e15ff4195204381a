#!/usr/bin/env -S deno run --allow-read --allow-write --allow-env --allow-run --allow-sys
/**
 * The command line of Runlit: `runlit <command> …`.
 *
 * This file loads nothing that `--version` does not need; `cli/main.ts` does the rest.
 *
 * @module
 */

import { VERSION } from "../lib/version.ts";

// On Deno the global `process` alone costs 11 ms; its own arguments are there already.
const args = (globalThis as { Deno?: { args: string[] } }).Deno?.args ?? process.argv.slice(2);
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  console.log(`runlit ${VERSION}`);
} else {
  const { main } = await import("./cli/main.ts");
  await main(args);
}
