/**
 * A command on a real terminal, which tmux makes.
 *
 * @module
 */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** What a test does with it. */
export interface CommandTerminal {
  /** Types text, or presses keys by the names that tmux has for them. */
  press(...keys: string[]): void;
  /** Waits until the screen shows something. */
  shows(wanted: RegExp): Promise<void>;
}

/** Milliseconds after which a test fails; nothing takes as long, however busy the machine is. */
const MOST_MS = 60_000;

/** Starts a command on a terminal of 120 columns, and closes the terminal afterwards. */
export async function onTerminal(
  command: readonly string[],
  { cwd, env }: { cwd: string; env?: NodeJS.ProcessEnv },
  use: (terminal: CommandTerminal) => Promise<void>,
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "runlit-tmux-"));
  const tmux = (...args: string[]) =>
    spawnSync("tmux", ["-S", join(dir, "socket"), "-f", "/dev/null", ...args], {
      encoding: "utf8",
      env: env ?? process.env,
    });
  const started = tmux(...["new-session", "-d", "-x", "120", "-y", "40", "-c", cwd], ...command);
  assert.equal(started.status, 0, started.stderr);
  try {
    await use({
      press: (...keys) => void tmux("send-keys", ...keys),
      async shows(wanted) {
        const end = Date.now() + MOST_MS;
        for (let screen = ""; !wanted.test(screen); await setTimeout(50)) {
          if (Date.now() > end) assert.fail(`The terminal never showed ${wanted}, but:\n${screen}`);
          screen = tmux("capture-pane", "-p").stdout;
        }
      },
    });
  } finally {
    tmux("kill-server");
    rmSync(dir, { recursive: true, force: true });
  }
}
