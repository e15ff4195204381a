/**
 * What esbuild has to be told about this house.
 *
 * @module
 */

import type { OnLoadResult, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from "esbuild";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { ROOT } from "../house/root.ts";
import { findWholes } from "./wholes.ts";

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

/** Keeps what is loaded together in one chunk, bundles two packages, and makes siblings findable. */
export function bundlePlugin(): Plugin {
  const wholes = findWholes();
  return {
    name: "runlit",
    setup(build: PluginBuild) {
      build.onResolve({ filter: /\.ts$/ }, toSource);
      build.onResolve({ filter: /^(commander|smol-toml)$/ }, toBundled);
      build.onResolve({ filter: /^node:/ }, toBuiltin);
      build.onResolve({ filter: /^whole:/ }, ({ path }) => ({
        path: path.slice("whole:".length),
        namespace: "whole",
      }));
      // Whatever is loaded by itself, at the start or later, loads the wholes of its parts first.
      build.onLoad({ filter: /.*/, namespace: "entry" }, ({ path }) => {
        const file = JSON.stringify(`./${relative(ROOT, path)}`);
        const imports = wholes.of(relative(ROOT, path)).map((name) => `import "whole:${name}";\n`);
        return { contents: `${imports.join("")}export * from ${file};\n`, resolveDir: ROOT };
      });
      build.onLoad({ filter: /.*/, namespace: "whole" }, ({ path }) => {
        const imports = wholes.parts(path).map((file) => `import "./${file}";\n`);
        return { contents: imports.join(""), resolveDir: ROOT };
      });
      build.onLoad({ filter: /.*/, namespace: "builtin" }, loadBuiltin);
      build.onLoad({ filter: /\.ts$/ }, loadSource);
    },
  };
}

/** Everything counts as having effects, so that no part is left out of a whole. */
function toSource({ resolveDir, path, kind }: OnResolveArgs): OnResolveResult {
  const namespace = kind === "entry-point" || kind === "dynamic-import" ? "entry" : "file";
  const file = resolve(resolveDir, path);
  if (!existsSync(file)) return { errors: [{ text: `there is no '${relative(ROOT, file)}'` }] };
  return { path: file, namespace, sideEffects: true };
}

/** Bundled because most commands need them: ten files less, and 6 of the 12 ms commander takes. */
function toBundled({ path }: OnResolveArgs): OnResolveResult {
  const file = path === "commander" ? "index.js" : "dist/index.js";
  return { path: join(ROOT, "node_modules", path, file) };
}

/** Commander is CommonJS, and a bundle that is a module has no `require`. */
function toBuiltin({ path, kind }: OnResolveArgs): OnResolveResult | undefined {
  return kind === "require-call" ? { path, namespace: "builtin" } : undefined;
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
