/**
 * What a Guild run records of its surroundings: installed packages, and the project's commit.
 *
 * @module
 */

import { execFile } from "node:child_process";

/** Prints what is installed, as `pip freeze` names it; without pip, which takes ten times as long. */
const PACKAGES = `from importlib.metadata import distributions
print("\\n".join({f"{d.metadata['Name']}=={d.version}" for d in distributions()}))
`;

/**
 * Lists the packages that a Python has, as `name==version`; null if there is no such Python, or
 * `NO_PIP_FREEZE` is set.
 */
export async function installedPackages(python: string): Promise<string[] | null> {
  if (process.env.NO_PIP_FREEZE === "1") return null;
  // Not where the project is: its files would stand for modules of Python's.
  const text = await output(python, ["-c", PACKAGES], "/");
  if (text === null) return null;
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("None==")).sort();
}

/**
 * Finds the commit that a project is at, as `git:<hash>`, with `*` if something was changed since;
 * null if it is not in Git, or `NO_VCS_COMMIT` is set.
 */
export async function projectCommit(projectDir: string): Promise<string | null> {
  if (process.env.NO_VCS_COMMIT === "1") return null;
  const git = (...args: string[]) =>
    output("git", ["--no-optional-locks", "-c", "core.fsmonitor=false", ...args], projectDir);
  const hash = (await git("rev-parse", "--verify", "-q", "HEAD"))?.trim();
  if (!hash) return null;
  const changes = await git("status", "--porcelain", "--ignore-submodules");
  return `git:${hash}${changes ? "*" : ""}`;
}

async function output(program: string, args: readonly string[], cwd: string) {
  return await new Promise<string | null>((resolve) => {
    const options = { cwd, timeout: 30_000, maxBuffer: 1 << 26, windowsHide: true };
    execFile(program, args, options, (error, stdout) => resolve(error === null ? stdout : null));
  });
}
