/**
 * Runs a module of these tests in a process of its own.
 *
 * @module
 */

import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runtimeCommand } from "../../repl/session/runtime_command.ts";

/** How a process ended. */
export interface Ended {
  readonly output: string;
  readonly code: number | null;
  readonly signal: string | null;
}

/** Starts `./name`; its output and its errors are one text, told as it comes. */
export function start(
  name: string,
  args: readonly string[] = [],
  onOutput: (output: string, child: ChildProcess) => void = () => {},
): Promise<Ended> {
  const command = runtimeCommand(fileURLToPath(new URL(name, import.meta.url)));
  return new Promise((resolve, reject) => {
    // One pipe for both, so that the order is that of writing.
    const argv = ["-c", 'exec "$@" 2>&1', "sh", command.file, ...command.args, ...args];
    const child = spawn("/bin/sh", argv, {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, NO_COLOR: "1", NODE_EXTRA_CA_CERTS: "" },
    });
    let output = "";
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (text: string) => {
      output += text;
      onOutput(output, child);
    });
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ output, code, signal }));
  });
}
