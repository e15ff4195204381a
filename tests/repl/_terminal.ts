/**
 * A prompt on a real terminal, which tmux makes.
 *
 * @module
 */

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProcesses } from "../../repl/processes/find_processes.ts";
import { RUNLIT } from "../../scripts/house/tools.ts";

/** Why these tests cannot run here; false when they can. */
export const skip: string | false = spawnSync("tmux", ["-V"]).status === 0
  ? false
  : "there is no tmux";

/** The runtime that the tests run on. */
export const runtime: "node" | "deno" = "Deno" in globalThis ? "deno" : "node";

/** A terminal with a prompt. */
export interface TestTerminal {
  /** Project that the prompt is started in. */
  readonly dir: string;
  /** Types text as it is. */
  type(text: string): void;
  /** Presses keys by the names that tmux has for them. */
  press(...keys: string[]): void;
  /** Types a line and Enter, and waits for something on the screen, or for the next prompt. */
  enter(line: string, wait?: RegExp): Promise<string>;
  paste(text: string): void;
  screen(): string;
  /** Waits until the screen matches. */
  until(wait: RegExp): Promise<string>;
  /** Clears the screen, and waits for the empty prompt. */
  clear(): Promise<void>;
  resize(columns: number, rows: number): void;
  /** Writes all that the terminal is sent from now on to a file. */
  record(file: string): void;
  /** Starts the prompt, again after it has ended. */
  start(...args: string[]): Promise<void>;
  close(): void;
}

/** Milliseconds after which a test fails; nothing takes as long, however busy the machine is. */
const MOST_MS = 60_000;
let count = 0;

/** Opens a terminal with a prompt in a new project. */
export async function openTerminal(
  options: {
    columns?: number;
    rows?: number;
    runlit?: readonly string[];
    env?: NodeJS.ProcessEnv;
  } = {},
): Promise<TestTerminal> {
  const { columns = 100, rows = 40, runlit = RUNLIT[runtime] } = options;
  const base = realpathSync(mkdtempSync(join(tmpdir(), "runlit-terminal-")));
  const dir = join(base, "project");
  mkdirSync(join(dir, ".runlit"), { recursive: true });
  writeFileSync(join(dir, "runlit.toml"), '[hello]\nexec = "echo hi"\n');
  const socket = `runlit-${process.pid}-${++count}`;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: base,
    TERM: "xterm-256color",
    NO_COLOR: "1",
    EDITOR: join(dir, "editor"),
    ...options.env,
  };
  for (const name of ["TMUX", "NODE_EXTRA_CA_CERTS", "NODE_OPTIONS", "NODE_TEST_CONTEXT"]) {
    delete env[name];
  }
  const tmux = (...args: string[]) =>
    execFileSync("tmux", ["-L", socket, "-f", "/dev/null", ...args], { env, encoding: "utf8" });
  tmux("new-session", "-d", "-x", `${columns}`, "-y", `${rows}`, "-c", dir, "/bin/sh");

  const terminal: TestTerminal = {
    dir,
    type: (text) => void tmux("send-keys", "-l", text),
    press: (...keys) => void tmux("send-keys", ...keys),
    async enter(line, wait) {
      // On an empty screen nothing scrolls away.
      if (wait === undefined) await terminal.clear();
      terminal.type(line);
      terminal.press("Enter");
      return await poll((screen) =>
        wait === undefined
          ? prompts(screen) > 1 && /^>>>$/m.test(lastLine(screen))
          : wait.test(screen)
      );
    },
    paste(text) {
      // Not as an argument: there it may not be long.
      const file = join(base, "paste");
      writeFileSync(file, text);
      tmux("load-buffer", "-b", "p", file);
      tmux("paste-buffer", "-p", "-r", "-b", "p");
    },
    screen: () => tmux("capture-pane", "-p"),
    until: (wait) => poll((screen) => wait.test(screen), wait),
    async clear() {
      terminal.press("C-l");
      await poll((screen) => /^>>>$/.test(screen.trim()));
    },
    record: (file) => void tmux("pipe-pane", `cat > '${file}'`),
    resize: (columns, rows) => void tmux("resize-window", "-x", `${columns}`, "-y", `${rows}`),
    async start(...args) {
      const words = [...runlit, "repl", ...args].map((word) => `'${word}'`).join(" ");
      terminal.type(`clear; ${words}; echo "ended $?"`);
      terminal.press("Enter");
      await poll((screen) => /^>>>$/m.test(lastLine(screen)));
    },
    close() {
      spawnSync("tmux", ["-L", socket, "kill-server"], { env });
      waitForEnd(`HOME=${base}`);
      rmSync(base, { recursive: true, force: true });
    },
  };

  async function poll(fits: (screen: string) => boolean, wait?: RegExp): Promise<string> {
    const end = Date.now() + MOST_MS;
    while (true) {
      const screen = terminal.screen();
      if (fits(screen)) return screen;
      if (Date.now() > end) assert.fail(`The screen never became ${wait ?? "ready"}:\n${screen}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  try {
    await terminal.start();
  } catch (error) {
    terminal.close();
    throw error;
  }
  return terminal;
}

function prompts(screen: string): number {
  return screen.match(/^>>>/gm)?.length ?? 0;
}

function lastLine(screen: string): string {
  return screen.trimEnd().split("\n").at(-1) ?? "";
}

/** When the terminal is closed the prompt ends, and its session: they write to the directory. */
function waitForEnd(mark: string): void {
  const end = Date.now() + MOST_MS;
  for (let left = findProcesses({ mark }); left.length > 0; left = findProcesses({ mark })) {
    if (Date.now() > end) assert.fail(`Processes ${left} go on without their terminal`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}
