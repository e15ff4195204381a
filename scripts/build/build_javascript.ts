/**
 * The JavaScript of `dist/`.
 *
 * @module
 */

import { build } from "esbuild";
import type { BuildOptions, Plugin } from "esbuild";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { listSources } from "../house/list_sources.ts";
import { parseSource } from "../house/parse_source.ts";
import { publicModules } from "../house/public_modules.ts";
import { ROOT } from "../house/root.ts";
import { bundlePlugin, siblingFiles } from "./bundle_plugin.ts";

/** What was built. */
export interface BuiltJavaScript {
  files: number;
  bytes: number;
  warnings: string[];
}

/**
 * Bundles the command line and the library into `outdir`, laid out like the sources.
 *
 * The library is two files, because Node takes 0.3 ms for each module it loads (a hundred: 30 ms,
 * one of the same size: 4). Each command is another, loaded when it is called. A public subpath is
 * a file of one line that exports its part of the library, so that all of them share its state.
 */
export async function buildJavaScript(outdir: string): Promise<BuiltJavaScript> {
  const siblings = siblingFiles(listSources(["lib", "repl", "scripts/cli", "scripts/commands"]));
  const library = publicModules().filter(({ file }) => file.startsWith("lib/"));
  const bundled = ["mod.ts", "scripts/cli/main.ts"].concat(
    publicModules().map(({ file }) => file).filter((file) => file.startsWith("repl/")),
    siblings.filter((file) => file.endsWith(".ts")),
  );
  const options: BuildOptions = {
    absWorkingDir: ROOT,
    outdir,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.12",
    charset: "utf8",
    legalComments: "none",
    packages: "external",
    logLevel: "silent",
  };
  const [result] = await Promise.all([
    build({
      ...options,
      entryPoints: bundled.map(entryPoint),
      splitting: true,
      chunkNames: "chunks/[name]-[hash]",
      metafile: true,
      plugins: [bundlePlugin()],
    }),
    // By itself, so that `--version` loads no second file.
    build({ ...options, entryPoints: [entryPoint("scripts/runlit.ts")], plugins: [startPlugin()] }),
  ]);
  const outputs = Object.values(result.metafile!.outputs);
  for (const file of siblings) {
    if (!file.endsWith(".ts")) copy(join(ROOT, file), join(outdir, file));
  }
  const exported = new Set(
    result.metafile!.outputs[relative(ROOT, join(outdir, "mod.js"))].exports,
  );
  const missing: string[] = [];
  for (const { file } of library) {
    const { values } = parseSource(readFileSync(join(ROOT, file), "utf8"));
    missing.push(...values.filter((name) => !exported.has(name)));
    writePart(outdir, file, values.filter((name) => exported.has(name)));
  }
  makeExecutable(join(outdir, "scripts/runlit.js"));
  writeLicenses(outdir, Object.keys(result.metafile!.inputs));
  return {
    files: 1 + outputs.length + library.length,
    bytes: outputs.reduce((sum, output) => sum + output.bytes, 0),
    warnings: missing.length === 0
      ? []
      : [`'mod.ts' does not export '${missing.join("', '")}' yet: npm run exports`],
  };
}

/** The licenses of what is bundled ask for their text to go with it. */
function writeLicenses(outdir: string, inputs: readonly string[]): void {
  const packages = new Set(
    inputs.flatMap((path) => /node_modules\/([^/]+)\//.exec(path)?.[1] ?? []),
  );
  const texts = [...packages].sort().map((name) => {
    return `# ${name}\n\n${readFileSync(join(ROOT, "node_modules", name, "LICENSE"), "utf8")}`;
  });
  writeFileSync(join(outdir, "LICENSES.md"), texts.join("\n"));
}

function entryPoint(file: string): { in: string; out: string } {
  return { in: file, out: file.slice(0, -".ts".length) };
}

/** Leaves the rest of the command line to the other build. */
function startPlugin(): Plugin {
  return {
    name: "start",
    setup(build) {
      build.onResolve({ filter: /\/cli\/main\.ts$/ }, ({ path }) => {
        return { path: path.replace(/\.ts$/, ".js"), external: true };
      });
    },
  };
}

/** Writes the module of a subpath: it exports its names from the library. */
function writePart(outdir: string, file: string, names: readonly string[]): void {
  const target = join(outdir, file.replace(/\.ts$/, ".js"));
  const up = "../".repeat(file.split("/").length - 1);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(
    target,
    names.length === 0 ? "export {};\n" : `export { ${names.join(", ")} } from "${up}mod.js";\n`,
  );
}

/** The sources' first line is for Deno; the built command is Node's. */
function makeExecutable(file: string): void {
  const text = readFileSync(file, "utf8").replace(/^#!.*\n/, "");
  writeFileSync(file, `#!/usr/bin/env node\n${text}`);
  chmodSync(file, 0o755);
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
