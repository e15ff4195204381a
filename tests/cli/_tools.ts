/**
 * What the tests of the command share.
 *
 * @module
 */

import { join } from "node:path";
import { type ProgramResult, runProgram } from "../../scripts/house/run_program.ts";
import { OWN_RUNLIT } from "../../scripts/house/tools.ts";
import { inTempDir, writeTree } from "../meta/_tools.ts";

/** `runlit` as a word of a shell. */
export const RUNLIT_WORD: string = OWN_RUNLIT.map((word) => `'${word}'`).join(" ");

/** A project in which commands are called. */
export interface CliProject {
  readonly dir: string;
  /** Calls `runlit` in the project. */
  runlit(...args: string[]): Promise<ProgramResult>;
  /** Runs a shell script in the project; `runlit` is a function of it. */
  shell(script: string): Promise<ProgramResult>;
  /** What `runlit list --json` says, newest first. */
  list(): Promise<ListedRun[]>;
}

/** A line of `runlit list --json`. */
export interface ListedRun {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly status: string;
}

/** Variables that would lead to other runs. */
const ENV = {
  RUNLIT_RUNS: undefined,
  GAGE_RUNS: undefined,
  RUNS_DIR: undefined,
  RUNLIT_DURABILITY: "fast",
};

/** Calls a function with a project, which is removed afterwards. */
export async function inCliProject(
  files: Readonly<Record<string, string>>,
  use: (project: CliProject) => Promise<void>,
): Promise<void> {
  await inTempDir(async (temp) => {
    const dir = join(temp, "demo");
    writeTree(dir, files);
    const runlit = (...args: string[]) =>
      runProgram([...OWN_RUNLIT, ...args], { cwd: dir, env: ENV, seconds: 60 });
    const shell = (script: string) =>
      runProgram(["/bin/bash", "-c", `runlit() { ${RUNLIT_WORD} "$@"; }\n${script}`], {
        cwd: dir,
        env: ENV,
        seconds: 60,
      });
    await use({
      dir,
      runlit,
      shell,
      list: async () => {
        const { stdout } = await runlit("list", "--all", "--json");
        return stdout.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
      },
    });
  });
}
