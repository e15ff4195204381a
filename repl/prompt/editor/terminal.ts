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
  write(text: string): void;
  /** Gives keys to somebody, those that nobody wanted so far first; null to keep them waiting. */
  listen(onKey: ((key: Key) => void) | null): void;
  /** Puts keys back that were taken too many. */
  putBack(keys: readonly Key[]): void;
  onResize(listener: () => void): void;
  offResize(listener: () => void): void;
  /** Whoever draws is told when the terminal is left by Ctrl-Z, and when it is theirs again. */
  onSuspend(hooks: SuspendHooks | null): void;
  /** Leaves the terminal to another program until the promise is settled. */
  lend<T>(use: () => Promise<T>): Promise<T>;
  close(): void;
}

/** What to do around a suspension. */
export interface SuspendHooks {
  readonly before: () => void;
  readonly after: () => void;
}

/** Milliseconds after which it is clear that nobody suspends us: no shell waits for us. */
const SUSPEND_MS = 100;
/** Milliseconds after which an Escape is one, and not the beginning of a sequence. */
const ESCAPE_MS = 50;
const PASTE_ON = "\x1b[?2004h";
const PASTE_OFF = "\x1b[?2004l";

/** Puts the terminal into raw mode. */
export function openTerminal(onHangup: () => void): Terminal {
  const { stdin, stdout } = process;
  const decoder = keyDecoder();
  const queue: Key[] = [];
  let listener: ((key: Key) => void) | null = null;
  let timer: NodeJS.Timeout | undefined;
  let onStatus: (() => void) | null = null;
  let hooks: SuspendHooks | null = null;
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
    hooks?.before();
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
    if (suspended || now - resumedAt > 1000) hooks?.after();
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
    stdout.write(PASTE_OFF);
    stdin.setRawMode(false);
  }

  function start(): void {
    isOurs = true;
    stdin.setRawMode(true);
    stdin.resume();
    stdout.write(PASTE_ON);
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
    write: (text) => void stdout.write(text),
    listen(onKey) {
      listener = onKey;
      deliver();
    },
    putBack: (keys) => void queue.unshift(...keys),
    onResize: (resized) => void stdout.on("resize", resized),
    offResize: (resized) => void stdout.off("resize", resized),
    onSuspend(given) {
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
        stdout.write("\x1b[5n");
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
