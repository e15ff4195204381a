/**
 * What esbuild has to be told about this house.
 *
 * @module
 */

import type { OnLoadResult, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from "esbuild";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ROOT } from "../house/root.ts";

/** How a source names a file beside it that is started or read, not imported. */
const SIBLING = /new URL\(\s*("\.{1,2}\/[^"]+"),\s*import\.meta\.url,?\s*\)/g;

/**
 * Finds the files that sources name by `new URL("./x", import.meta.url)`: programs for child
 * processes, which are entry points of their own, and data. Paths are relative to the checkout.
 */
export function siblingFiles(sources: readonly string[]): string[] {
  const found = new Set<string>();
  for (const source of sources) {
    for (const [, literal] of readFileSync(join(ROOT, source), "utf8").matchAll(SIBLING)) {
      found.add(join(dirname(source), JSON.parse(literal)));
    }
  }
  return [...found].sort();
}

/** Makes one module of the library, commander part of the bundle, and siblings findable. */
export function bundlePlugin(): Plugin {
  return {
    name: "runlit",
    setup(build: PluginBuild) {
      build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, toLibrary);
      build.onResolve({ filter: /^commander$/ }, toCommander);
      build.onResolve({ filter: /^node:/ }, toBuiltin);
      build.onLoad({ filter: /.*/, namespace: "builtin" }, loadBuiltin);
      build.onLoad({ filter: /\/(lib|repl|scripts)\/.*\.ts$/ }, loadSource);
    },
  };
}

/**
 * Imports of the library from outside it go through `mod.ts`, and nothing of it is left out: so
 * that esbuild makes one chunk of it, and not one for each set of commands that use the same files.
 */
function toLibrary(args: OnResolveArgs): OnResolveResult | undefined {
  if (args.kind !== "import-statement" && args.kind !== "dynamic-import") return undefined;
  const path = join(args.resolveDir, args.path);
  const file = relative(ROOT, path);
  if (!file.startsWith("lib/") || file === "lib/version.ts") return undefined;
  const importer = relative(ROOT, args.importer);
  const outside = importer.startsWith("scripts/") || importer.startsWith("repl/");
  return { path: outside ? join(ROOT, "mod.ts") : path, sideEffects: true };
}

/** Bundled because that saves 6 of the 12 ms it takes to load on Node. */
function toCommander(args: OnResolveArgs): OnResolveResult {
  return { path: join(ROOT, "node_modules", args.path, "index.js") };
}

/** Commander is CommonJS, and a bundle that is a module has no `require`. */
function toBuiltin(args: OnResolveArgs): OnResolveResult | undefined {
  return args.kind === "require-call" ? { path: args.path, namespace: "builtin" } : undefined;
}

/** Commander needs `node:fs`, `node:path` and `node:child_process` for commands that are files. */
function loadBuiltin({ path }: { path: string }): OnLoadResult {
  switch (path) {
    case "node:events":
      return { contents: `export * from "${path}";` };
    case "node:process":
      return { contents: "module.exports = process;" };
    default:
      return { contents: "module.exports = {};" };
  }
}

/** Chunks do not lie where their sources do: URLs of siblings are made from `dist/` on. */
function loadSource({ path }: { path: string }): OnLoadResult | undefined {
  const text = readFileSync(path, "utf8");
  if (!text.includes("import.meta.url")) return undefined;
  const contents = text.replace(SIBLING, (_, literal: string) => {
    const file = join(dirname(relative(ROOT, path)), JSON.parse(literal)).replace(/\.ts$/, ".js");
    return `new URL(${JSON.stringify(file)}, ` +
      `import.meta.url.slice(0, import.meta.url.lastIndexOf("/dist/") + "/dist/".length))`;
  });
  return { contents, loader: "ts" };
}
