/**
 * How the output of a child process reaches us, as fast as the runtime can.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { closeSync } from "node:fs";
import { Socket } from "node:net";
import type { Readable } from "node:stream";
import { makePipes, type Pipe } from "./make_pipes.ts";

/** Called with each chunk. Its bytes are valid until the call returns. */
export type OnChunk = (chunk: Uint8Array) => void;

/** The reading end of a child's output. */
export interface OutputPipe {
  /** What `spawn` has to be given for the descriptor. */
  readonly stdio: "pipe" | number;
  /** Reads until the end, or until `stop`. `stream` is the child's, if `stdio` is `"pipe"`. */
  start(stream: Readable | null, onChunk: OnChunk, onEnd: () => void): void;
  pause(): void;
  resume(): void;
  /** Stops reading, although someone may still write. `onEnd` is called once, as always. */
  stop(): void;
  /** Frees a pipe that is not going to be started. */
  discard(): void;
}

/**
 * Makes the pipes for standard output and standard error of one child process.
 *
 * @param place Where pipes wait: see `makePipes`.
 */
export function outputPipes(place?: string): [OutputPipe, OutputPipe] {
  // Deno's own are pipes, and its sockets do not take a FIFO.
  const pipes = "Deno" in globalThis ? null : makePipes(place);
  return pipes === null ? [streamPipe(), streamPipe()] : [fifoPipe(pipes[0]), fifoPipe(pipes[1])];
}

function streamPipe(): OutputPipe {
  let source: Readable | null = null;
  return {
    stdio: "pipe",
    start(stream, onChunk, onEnd) {
      source = stream;
      if (stream === null) return onEnd();
      stream.on("data", onChunk).once("close", onEnd).on("error", () => {});
    },
    pause: () => void source?.pause(),
    resume: () => void source?.resume(),
    stop: () => void source?.destroy(),
    discard: () => {},
  };
}

function fifoPipe(pipe: Pipe): OutputPipe {
  let socket: Socket | null = null;
  let ended = false;
  return {
    stdio: pipe.writeFd,
    start(_stream, onChunk, onEnd) {
      // The child has the writing end now; while we hold it there is no end of file.
      closeSync(pipe.writeFd);
      // One buffer for all reads: twice as fast as a new one for each.
      const onread = {
        buffer: Buffer.allocUnsafeSlow(64 * 1024),
        callback(length: number, buffer: Uint8Array): boolean {
          onChunk(buffer.subarray(0, length));
          return true;
        },
      };
      const options = { fd: pipe.readFd, readable: true, writable: false, onread };
      socket = new Socket(options);
      socket.once("end", () => ended = true).on("error", () => {}).resume();
      socket.once("close", () => {
        pipe.release(ended);
        onEnd();
      });
    },
    pause: () => void socket?.pause(),
    resume: () => void socket?.resume(),
    stop: () => void socket?.destroy(),
    discard() {
      closeSync(pipe.writeFd);
      closeSync(pipe.readFd);
      pipe.release(false);
    },
  };
}
