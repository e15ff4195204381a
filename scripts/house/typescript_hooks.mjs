/**
 * The hook of `typescript.mjs`, which runs in the thread of Node's loader.
 *
 * Tests start hundreds of processes, and tsx takes half a second of each. A module of the checkout
 * that was transpiled once is read from a file by all later ones.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CACHE = fileURLToPath(new URL("../../.cache/typescript/", import.meta.url));

const OPTIONS = {
  loader: "ts",
  format: "esm",
  target: "node20.12",
  sourcemap: "inline",
  tsconfigRaw: { compilerOptions: { target: "es2022", verbatimModuleSyntax: true } },
};

/** Node's hook that loads a module. */
export async function load(url, context, next) {
  if (!/^file:[^?#]*\.m?ts(?:[?#]|$)/.test(url)) return await next(url, context);
  const path = fileURLToPath(url);
  const text = readFileSync(path, "utf8");
  const source = path.startsWith(ROOT) ? await cached(path, text) : await transpile(path, text);
  return { format: "module", source, shortCircuit: true };
}

/** A file for each module: its last line says what it was made from. */
async function cached(path, text) {
  const file = `${CACHE}${sha1(path.slice(ROOT.length))}.js`;
  const mark = `\n// ${sha1(JSON.stringify([OPTIONS, path, text]))}\n`;
  try {
    const source = readFileSync(file, "utf8");
    if (source.endsWith(mark)) return source;
  } catch {
    // It is not there yet.
  }
  const source = await transpile(path, text) + mark;
  try {
    mkdirSync(CACHE, { recursive: true });
    // Another process may read the file, or write the same, at this moment.
    const partial = `${file}.${process.pid}`;
    writeFileSync(partial, source);
    renameSync(partial, file);
  } catch {
    // Tests that became another user may not write there.
  }
  return source;
}

async function transpile(path, text) {
  const { transform } = await import("esbuild");
  return (await transform(text, { ...OPTIONS, sourcefile: path })).code;
}

function sha1(text) {
  return createHash("sha1").update(text).digest("hex");
}
