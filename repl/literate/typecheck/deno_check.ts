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
import type { TypeDiagnostic } from "./type_diagnostic.ts";

const FOUND = /TS(\d+) \[ERROR\]: ([^]*?)\n[^]*?\bat file:\/\/\S*?\/([\w.]+):(\d+):(\d+)/g;

/** Checks a module in a temporary directory, with the configuration of the document's project. */
export async function denoCheck(
  path: string,
  module: string,
  scope: string,
): Promise<TypeDiagnostic[]> {
  const dir = mkdtempSync(join(tmpdir(), "runlit-check-"));
  try {
    writeFileSync(join(dir, "scope.ts"), scope);
    // On the last line, so that the lines above stay where they are.
    writeFileSync(join(dir, "module.ts"), `${module}import "./scope.ts";\n`);
    const config = findConfig(dirname(path));
    const args = [
      "check",
      "--quiet",
      ...(config === null ? ["--no-config"] : ["--config", config]),
    ];
    const { code, text } = await run([...args, join(dir, "module.ts")]);
    const all = [...text.matchAll(FOUND)];
    if (code !== 0 && all.length === 0) throw new Error(`Cannot check types: ${text.trim()}`);
    return all.filter(([, , , file]) => file === "module.ts").map(
      ([, number, message, , line, column]) => ({
        line: Number(line),
        column: Number(column),
        message: `TS${number}: ${message}`,
      }),
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
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

function run(args: readonly string[]): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { env: { ...process.env, NO_COLOR: "1" } },
      (error, _out, text) => {
        resolve({ code: error === null ? 0 : 1, text: stripVTControlCharacters(text) });
      },
    );
  });
}
