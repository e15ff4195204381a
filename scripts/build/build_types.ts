/**
 * The declarations of `dist/`.
 *
 * @module
 */

import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../house/root.ts";
import { runProgram } from "../house/run_program.ts";
import { TSC } from "../house/tools.ts";

/** Writes the declarations of the public modules into `outdir`, and returns what went wrong. */
export async function buildTypes(outdir: string): Promise<string[]> {
  const { ok, output } = await runProgram(
    [...TSC, "-p", "tsconfig.build.json", "--outDir", outdir],
  );
  return ok ? [] : [output];
}

/** Asks publint whether `package.json` and what is built fit together; returns what it says. */
export async function lintPackage(): Promise<string[]> {
  // Packing would run the scripts of the package, of which this is one.
  const { messages } = await publint({ pkgDir: ROOT, pack: false, level: "warning" });
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  return messages.map((message) => {
    return `package.json: ${formatMessage(message, manifest, { color: false })}`;
  });
}
