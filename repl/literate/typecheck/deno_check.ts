/**
 * Checks types with `deno check`.
 *
 * @module
 */

import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { linkPackages } from "./_link_packages.ts";
import { scopeTypes } from "./scope_types.ts";
import type { TypeDiagnostic } from "./type_diagnostic.ts";

const FOUND = /TS(\d+) \[ERROR\]: ([^]*?)\n[^]*?\bat file:\/\/\S*?\/([\w.]+):(\d+):(\d+)/g;

/**
 * Checks a module in a temporary directory, with the configuration of the document's project and
 * the packages that the document sees.
 */
export async function denoCheck(path: string, module: string): Promise<TypeDiagnostic[]> {
  const temp = mkdtempSync(join(tmpdir(), "runlit-check-"));
  try {
    const packages = linkPackages(temp, path);
    writeFileSync(join(temp, "scope.ts"), scopeTypes(module, packages.scope));
    // On the last line, so that the lines above stay where they are.
    const scope = JSON.stringify(join(temp, "scope.ts"));
    const file = join(packages.dir, "module.ts");
    writeFileSync(file, `${module}import ${scope};\n`);
    const config = findConfig(dirname(path));
    const args = [
      "check",
      "--quiet",
      ...(packages.any ? ["--node-modules-dir=manual"] : []),
      ...(config === null ? ["--no-config"] : ["--config", config]),
    ];
    const { code, text } = await run([...args, file], temp);
    const all = [...text.matchAll(FOUND)];
    if (code !== 0 && all.length === 0) throw new Error(`Cannot check types: ${text.trim()}`);
    return all.filter(([, , message, name]) =>
      // Whether there is such a package is seen when the document runs.
      name === "module.ts" && (packages.any || !message.includes("not a dependency"))
    ).map(
      ([, number, message, , line, column]) => ({
        line: Number(line),
        column: Number(column),
        message: `TS${number}: ${message}`,
      }),
    );
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

function findConfig(from: string): string | null {
  for (let dir = from;; dir = dirname(dir)) {
    for (const name of ["deno.json", "deno.jsonc"]) {
      if (existsSync(join(dir, name))) return join(dir, name);
    }
    if (dir === dirname(dir)) return null;
  }
}

function run(args: readonly string[], cwd: string): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      // Deno looks from there too for the types of Node's built-ins.
      { cwd, env: { ...process.env, NO_COLOR: "1" } },
      (error, _out, text) => {
        resolve({ code: error === null ? 0 : 1, text: stripVTControlCharacters(text) });
      },
    );
  });
}
