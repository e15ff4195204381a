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
  /** Leaves the terminal to another program until the promise is settled. */
  lend<T>(use: () => Promise<T>): Promise<T>;
  close(): void;
}

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

  function deliver(): void {
    while (queue.length > 0 && listener !== null) listener(queue.shift()!);
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

  function start(): void {
    stdin.setRawMode(true);
    stdin.resume();
    stdout.write(PASTE_ON);
  }

  stdin.setEncoding("utf8");
  stdin.on("data", receive);
  stdin.on("end", onHangup);
  stdin.on("error", onHangup);
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
      stdout.write(PASTE_OFF);
      stdin.setRawMode(false);
      try {
        return await use();
      } finally {
        start();
      }
    },
    close() {
      listener = null;
      clearTimeout(timer);
      stdin.off("data", receive);
      stdin.pause();
      stdin.setRawMode(false);
      stdout.write(PASTE_OFF);
      stdin.unref?.();
    },
  };
}
