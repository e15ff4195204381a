/**
 * The programs of the tool chain, as they are called.
 *
 * @module
 */

import { join } from "node:path";
import { ROOT } from "./root.ts";

/** The Deno that `npm ci` installed: the program itself, without npm's wrapper. */
export const DENO: string = join(ROOT, "node_modules/.bin/deno");

/** Node: the one this runs on, or on Deno that of the path. */
export const NODE: string = "Deno" in globalThis ? "node" : process.execPath;

/** What makes Node read TypeScript; named by its file, so that any working directory will do. */
export const TYPESCRIPT_FLAGS: readonly string[] = [
  "--import",
  new URL("./typescript.mjs", import.meta.url).href,
];

/** Node with TypeScript. */
export const NODE_TYPESCRIPT: readonly string[] = [NODE, ...TYPESCRIPT_FLAGS];

/** TypeScript's compiler. */
export const TSC: readonly string[] = [
  NODE,
  join(ROOT, "node_modules/typescript/bin/tsc"),
];

/** `runlit` as it is called: what was built on Node, the sources on Deno. */
export const RUNLIT: Readonly<Record<"node" | "deno", readonly string[]>> = {
  node: [NODE, join(ROOT, "dist/scripts/runlit.js")],
  deno: [DENO, "run", "--allow-all", join(ROOT, "scripts/runlit.ts")],
};

/** `runlit` on the runtime that this runs on. */
export const OWN_RUNLIT: readonly string[] = RUNLIT["Deno" in globalThis ? "deno" : "node"];
