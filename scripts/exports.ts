#!/usr/bin/env -S deno run --allow-read --allow-write
/**
 * Keeps `mod.ts`, the `exports` of `package.json` and `deno.json`, and the names that sessions know
 * equal to what is public.
 *
 *     npm run exports               writes them
 *     npm run exports -- --check    names what is stale, and fails
 *
 * @module
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMain } from "./house/is_main.ts";
import { publicModules } from "./house/public_modules.ts";
import { ROOT } from "./house/root.ts";
import { sessionNames } from "./house/session_names.ts";

/** The rest of `mod.ts`, from this line on, is written by this script. */
const MARKER = "// Every public file of lib/ (npm run exports).\n";

/** What these files should hold, and which of them do not. */
export interface ExportsState {
  /** New text by file, for the stale ones only. */
  readonly stale: ReadonlyMap<string, string>;
}

/** Compares `mod.ts`, `package.json` and `deno.json` with the public files of the checkout. */
export function compareExports(): ExportsState {
  const modules = publicModules();
  const stale = new Map<string, string>();
  function expect(file: string, change: (text: string) => string): void {
    const before = readFileSync(join(ROOT, file), "utf8");
    const after = change(before);
    if (after !== before) stale.set(file, after);
  }
  expect("mod.ts", (text) => {
    const at = text.indexOf(MARKER);
    if (at < 0) throw new Error(`Cannot update 'mod.ts': the line '${MARKER.trim()}' is missing`);
    const files = modules.map((m) => m.file).filter((file) => file.startsWith("lib/")).sort();
    return text.slice(0, at) + MARKER +
      files.map((file) => `export * from "./${file}";\n`).join("");
  });
  expect("repl/helpers/session_names.ts", () => sessionNames());
  expect("package.json", (text) =>
    withExports(
      text,
      Object.fromEntries(
        modules.map(({ subpath, file }) => {
          const base = `./dist/${file.slice(0, -".ts".length)}`;
          return [subpath, { types: `${base}.d.ts`, default: `${base}.js` }];
        }).concat([["./package.json", "./package.json" as never]]),
      ),
    ));
  expect("deno.json", (text) =>
    withExports(
      text,
      Object.fromEntries([
        ...modules.map(({ subpath, file }) => [subpath, `./${file}`]),
        ["./cli", "./scripts/runlit.ts"],
      ]),
    ));
  return { stale };
}

/** Replaces the value of `"exports"` and leaves every other byte as it is. */
function withExports(text: string, exports: Record<string, unknown>): string {
  const lines = Object.entries(exports).map(([subpath, target]) => {
    const value = JSON.stringify(target).replace(/([{,:])"/g, '$1 "').replace(/}$/, " }");
    return `    ${JSON.stringify(subpath)}: ${value}`;
  });
  const block = `"exports": {\n${lines.join(",\n")}\n  }`;
  const pattern = /"exports": (?:\{[^]*?\n {2}\}|"[^"]*")/;
  if (!pattern.test(text)) throw new Error(`Cannot update "exports": the key is missing`);
  return text.replace(pattern, () => block);
}

if (isMain(import.meta.url)) {
  const { stale } = compareExports();
  const check = process.argv.includes("--check");
  for (const [file, text] of stale) {
    if (check) console.log(`'${file}' does not list what is public: npm run exports`);
    else {
      writeFileSync(join(ROOT, file), text);
      console.log(`wrote ${file}`);
    }
  }
  process.exitCode = check && stale.size > 0 ? 1 : 0;
}
