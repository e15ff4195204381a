/**
 * Runs the programs of the tool chain.
 *
 * @module
 */

import { spawn } from "node:child_process";
import { ROOT } from "./root.ts";

/** Options of {@link runProgram}. */
export interface RunProgramOptions {
  /** Working directory. Default: the checkout. */
  cwd?: string;
  /** Variables to add, or with `undefined` to take away. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Seconds after which the program and its process group are killed. Default: 1800. */
  seconds?: number;
}

/** How a program ended. */
export interface ProgramResult {
  /** Whether it ended with 0. */
  ok: boolean;
  code: number | null;
  signal: string | null;
  /** Whether it was killed because it took too long. */
  late: boolean;
  /** stdout and stderr, in the order in which they came. */
  output: string;
  stdout: string;
  stderr: string;
}

/**
 * Variables that change what is measured or tested are not handed on: on Node 20 the first costs
 * 37 ms of each start, the second could load anything, with the third `node --test` thinks that it
 * was started by another, with the fourth Deno ends its messages with empty backtraces.
 */
const UNWANTED = [
  "NODE_EXTRA_CA_CERTS",
  "NODE_OPTIONS",
  "NODE_TEST_CONTEXT",
  "RUST_BACKTRACE",
  "FORCE_COLOR",
  "RUN_ID",
  "RUN_DIR",
];

/** The environment that all programs of the house tools run in. */
export function programEnv(
  changes: Readonly<Record<string, string | undefined>> = {},
): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NO_COLOR: "1",
    DENO_NO_UPDATE_CHECK: "1",
    ...changes,
  };
  for (const name of UNWANTED) if (!(name in changes)) delete env[name];
  for (const name of Object.keys(changes)) if (changes[name] === undefined) delete env[name];
  return env;
}

/**
 * Runs a program without stdin and waits for it; it never rejects.
 *
 * Not with `spawnSync`: that of Deno 2.9 hands on variables that were left out of `env`.
 */
export function runProgram(
  argv: readonly string[],
  options: RunProgramOptions = {},
): Promise<ProgramResult> {
  const { cwd = ROOT, env = {}, seconds = 1800 } = options;
  return new Promise((resolve) => {
    // A group of its own, so that whatever it started ends with it.
    const child = spawn(argv[0], argv.slice(1), {
      cwd,
      env: programEnv(env),
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let output = "";
    let stdout = "";
    let stderr = "";
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      output += `\nkilled after ${seconds} s\n`;
      try {
        process.kill(-child.pid!, "SIGKILL");
      } catch {
        // It has just ended.
      }
    }, seconds * 1000);
    child.stdout.setEncoding("utf8").on("data", (text) => (output += text, stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (output += text, stderr += text));
    child.on("error", (error) => {
      clearTimeout(timer);
      resolve({ ok: false, code: null, signal: null, late, output: error.message, stdout, stderr });
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ ok: code === 0, code, signal, late, output, stdout, stderr });
    });
  });
}
