/**
 * The terminal that the prompt is on.
 *
 * @module
 */

import type { Key } from "./decode_keys.ts";
import { keyDecoder } from "./decode_keys.ts";

/** A terminal in raw mode. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  /** Whether it knows no escape sequences. */
  readonly isPlain: boolean;
  write(text: string): void;
  /** Writes lines above what somebody is entering. */
  print(text: string): void;
  /** Gives keys to somebody, those that nobody wanted so far first; null to keep them waiting. */
  listen(onKey: ((key: Key) => void) | null): void;
  /** Puts keys back that were taken too many. */
  putBack(keys: readonly Key[]): void;
  onResize(listener: () => void): void;
  offResize(listener: () => void): void;
  /** What is to be done by whoever draws when others want the terminal. */
  share(hooks: ShareHooks | null): void;
  /** Leaves the terminal to another program until the promise is settled. */
  lend<T>(use: () => Promise<T>): Promise<T>;
  close(): void;
}

/** What somebody does who draws on the terminal, and shares it. */
export interface ShareHooks {
  /** Takes away what was drawn. */
  readonly hide: () => void;
  /** Leaves it there, and goes to the line below. */
  readonly leave: () => void;
  /** Draws it anew, where the cursor is. */
  readonly draw: () => void;
}

/** Milliseconds after which it is clear that nobody suspends us: no shell waits for us. */
const SUSPEND_MS = 100;
/** Milliseconds after which an Escape is one, and not the beginning of a sequence. */
const ESCAPE_MS = 50;
const PASTE_ON = "\x1b[?2004h";
const PASTE_OFF = "\x1b[?2004l";

/** What shows text on a terminal: standard output, or something that stands in for it. */
export interface TerminalOutput {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
  on(event: "resize", listener: () => void): unknown;
  off(event: "resize", listener: () => void): unknown;
}

/** Puts the terminal into raw mode. */
export function openTerminal(
  onHangup: () => void,
  stdout: TerminalOutput = process.stdout,
): Terminal {
  const { stdin } = process;
  const isPlain = process.env.TERM === "dumb";
  const decoder = keyDecoder();
  const queue: Key[] = [];
  let listener: ((key: Key) => void) | null = null;
  let timer: NodeJS.Timeout | undefined;
  let onStatus: (() => void) | null = null;
  let hooks: ShareHooks | null = null;
  /** Whether the terminal is ours. */
  let isOurs = true;
  let suspended = false;
  let resumedAt = 0;

  function deliver(): void {
    while (queue.length > 0 && listener !== null) {
      const key = queue.shift()!;
      if (key.name === "ctrl-z") suspend();
      else listener(key);
    }
  }

  /** Stops our process group, as the terminal itself does where it is not in raw mode. */
  function suspend(): void {
    if (suspended) return;
    suspended = true;
    hooks?.leave();
    leave();
    try {
      process.kill(0, "SIGTSTP");
    } catch {
      // Not on this system: we go on at once.
    }
    setTimeout(() => suspended && resume(), SUSPEND_MS);
  }

  /** After a stop, whoever caused it, the shell may have left the terminal in another mode. */
  function resume(): void {
    if (!isOurs) return;
    stdin.setRawMode(false);
    start();
    // By the signal or by the clock, whichever comes first: drawn once.
    const now = performance.now();
    if (suspended || now - resumedAt > 1000) hooks?.draw();
    suspended = false;
    resumedAt = now;
  }

  function receive(chunk: string): void {
    if (onStatus !== null && chunk.includes("\x1b[0n")) {
      chunk = chunk.replace("\x1b[0n", "");
      onStatus();
    }
    clearTimeout(timer);
    queue.push(...decoder.decode(chunk));
    if (decoder.waiting && !decoder.pasting) {
      timer = setTimeout(() => {
        queue.push(...decoder.flush());
        deliver();
      }, ESCAPE_MS);
    }
    deliver();
  }

  function leave(): void {
    if (!isPlain) stdout.write(PASTE_OFF);
    stdin.setRawMode(false);
  }

  function start(): void {
    isOurs = true;
    stdin.setRawMode(true);
    stdin.resume();
    if (!isPlain) stdout.write(PASTE_ON);
  }

  stdin.setEncoding("utf8");
  stdin.on("data", receive);
  stdin.on("end", onHangup);
  stdin.on("error", onHangup);
  process.on("SIGCONT", resume);
  start();

  return {
    get columns() {
      return stdout.columns || 80;
    },
    get rows() {
      return stdout.rows || 24;
    },
    isPlain,
    write: (text) => void stdout.write(text),
    listen(onKey) {
      listener = onKey;
      deliver();
    },
    putBack: (keys) => void queue.unshift(...keys),
    onResize: (resized) => void stdout.on("resize", resized),
    offResize: (resized) => void stdout.off("resize", resized),
    print(text) {
      if (hooks === null) return void stdout.write(text);
      hooks.hide();
      stdout.write(text.endsWith("\n") ? text : `${text}\r\n`);
      hooks.draw();
    },
    share(given) {
      hooks = given;
    },
    async lend(use) {
      // Deno has a read under way that cannot be called off: an answer of the terminal ends it.
      if ("Deno" in globalThis) {
        const answered = new Promise<void>((resolve) => {
          onStatus = () => {
            stdin.pause();
            resolve();
          };
          setTimeout(resolve, 500);
        });
        if (!isPlain) stdout.write("\x1b[5n");
        await answered;
        onStatus = null;
      }
      stdin.pause();
      isOurs = false;
      leave();
      try {
        return await use();
      } finally {
        start();
      }
    },
    close() {
      listener = null;
      isOurs = false;
      clearTimeout(timer);
      process.off("SIGCONT", resume);
      stdin.off("data", receive);
      stdin.pause();
      leave();
      stdin.unref?.();
    },
  };
}
