/**
 * Runs the shell examples of a document.
 *
 * @module
 */

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

/** How a shell example ended. */
export interface ShellResult {
  /** 128 and the number of the signal when one ended it; null when the time was up. */
  readonly exitCode: number | null;
}

/** Options of {@linkcode runShell}. */
export interface RunShellOptions {
  /**
   * Whether the command leads a process group of its own, which is killed when its time is up.
   * Without, what it leaves in the background stays in the group of this process. Default: true.
   */
  readonly ownGroup?: boolean;
}

/**
 * Runs a command with `/bin/sh`, in the current directory and environment of this process. What it
 * prints goes where this process prints. The directory and the exported variables that it leaves
 * are those of the process afterwards, so that `cd` and `export` hold for the examples that follow.
 *
 * After `timeout` milliseconds the command and all its processes are killed.
 */
export async function runShell(
  command: string,
  timeout: number,
  options: RunShellOptions = {},
): Promise<ShellResult> {
  const dir = mkdtempSync(join(tmpdir(), "runlit-shell-"));
  const state = join(dir, "state");
  try {
    const exitCode = await execute(command, state, timeout, options.ownGroup ?? true);
    adopt(state);
    return { exitCode };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/**
 * The shell says at its end where it is and what it exports; `exit` does not keep it from that. In
 * the line of the command itself, so that the shell's messages have the right numbers.
 */
const PROLOGUE =
  `trap '__code=$?; { pwd; env -0; } > "$__RUNLIT_STATE" 2>/dev/null; exit $__code' EXIT; `;

function execute(
  command: string,
  state: string,
  timeout: number,
  ownGroup: boolean,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn("/bin/sh", ["-c", PROLOGUE + command], {
      stdio: ["ignore", 1, 2],
      detached: ownGroup,
      env: { ...process.env, __RUNLIT_STATE: state },
    });
    let late = false;
    const timer = timeout > 0
      ? setTimeout(() => {
        late = true;
        endGroup(child.pid);
      }, timeout)
      : undefined;
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      if (late) return resolve(null);
      resolve(code ?? 128 + (constants.signals[signal!] ?? 0));
    });
  });
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It has just ended.
  }
}

/** Takes over the directory and the variables that the shell had at its end. */
function adopt(state: string): void {
  let text: string;
  try {
    text = readFileSync(state, "utf8");
  } catch {
    return; // Killed, or replaced by another program with `exec`.
  }
  const at = text.indexOf("\n");
  const dir = text.slice(0, at);
  if (dir !== process.cwd()) process.chdir(dir);
  const env = new Map<string, string>();
  for (const item of text.slice(at + 1).split("\0")) {
    const equals = item.indexOf("=");
    if (equals > 0) env.set(item.slice(0, equals), item.slice(equals + 1));
  }
  for (const own of ["__RUNLIT_STATE", "_", "SHLVL"]) env.delete(own);
  for (const name of Object.keys(process.env)) {
    if (!env.has(name) && name !== "_" && name !== "SHLVL") delete process.env[name];
  }
  for (const [name, value] of env) if (process.env[name] !== value) process.env[name] = value;
}
