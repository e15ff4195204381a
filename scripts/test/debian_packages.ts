/**
 * Programs that some tests need and a bare machine lacks.
 *
 * @module
 */

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { runProgram } from "../house/run_program.ts";

/** Debian's package by the program that tests look for. */
const PACKAGES: Readonly<Record<string, string>> = {
  bwrap: "bubblewrap",
  fish: "fish",
  git: "git",
  python3: "python3",
  strace: "strace",
  tmux: "tmux",
  unzip: "unzip",
  zsh: "zsh",
};

/**
 * Installs what is missing where that is possible: as root, with `apt-get`, and unless
 * `RUNLIT_NO_APT` is set. Returns a line for each program that is missing nevertheless; the tests
 * that need it say that they are skipped.
 */
export async function installDebianPackages(): Promise<string[]> {
  const missing = missingPrograms();
  if (missing.length === 0) return [];
  if (process.env.RUNLIT_NO_APT) {
    return missing.map((name) => explain(name, "RUNLIT_NO_APT is set"));
  }
  if (process.getuid?.() !== 0) return missing.map((name) => explain(name, "not root"));
  if (!hasProgram("apt-get")) return missing.map((name) => explain(name, "no apt-get"));
  const packages = missing.map((name) => PACKAGES[name]);
  console.log(`installing ${packages.join(", ")} for the tests`);
  const install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", ...packages];
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  let result = await runProgram(install, { env, seconds: 120 });
  if (!result.ok) {
    // The lists of packages may be missing or old.
    await runProgram(["apt-get", "update", "-qq"], { env, seconds: 60 });
    result = await runProgram(install, { env, seconds: 120 });
  }
  const reason = result.output.trim().split("\n").at(-1) ?? "";
  return missingPrograms().map((name) => explain(name, `apt-get failed: ${reason}`));
}

function missingPrograms(): string[] {
  return Object.keys(PACKAGES).filter((name) => !hasProgram(name));
}

function explain(name: string, reason: string): string {
  return `'${name}' is missing (Debian: ${PACKAGES[name]}) and was not installed: ${reason}`;
}

/** Says whether a program is found by its name. */
function hasProgram(name: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
