/**
 * The output of a running command: from its pipes to the capture and to who listens.
 *
 * @module
 */

import type { ChildProcess } from "node:child_process";
import { type OutputPipe, outputPipes } from "../runtime/output_pipe.ts";
import type { CaptureSummary, OutputCapture, OutputStream } from "./capture_output.ts";

/** How long nothing has to arrive until a pipe counts as empty, in milliseconds. */
const QUIET = 50;
/** How long a pipe is read that someone outside of the command keeps writing to. */
const AT_MOST = 1000;

/** What is done with output. */
export interface OutputHandlers {
  readonly capture: OutputCapture | null;
  readonly limit: number;
  readonly onLimit: () => void;
  /** Called with a copy. Reading waits for a promise that it returns. */
  readonly onOutput?: (chunk: Uint8Array, stream: OutputStream) => void | Promise<void>;
  /** A handler has thrown. */
  readonly onError: (error: unknown) => void;
}

/** Reads both pipes of one command. Owns them until they have ended. */
export class CommandOutput {
  readonly pipes: readonly [OutputPipe, OutputPipe] = outputPipes();
  /** Resolves when nobody can write any more, or after `drain`. */
  readonly ended: Promise<void>;
  readonly #handlers: OutputHandlers;
  #resolve: () => void = () => {};
  #open = 2;
  #bytes = 0;
  /** Whether `onOutput` is still at work. */
  #busy = false;
  /** What arrived meanwhile: a paused stream may have one more chunk. */
  #queue: [chunk: Uint8Array, stream: OutputStream][] = [];

  constructor(handlers: OutputHandlers) {
    this.#handlers = handlers;
    this.ended = new Promise((resolve) => this.#resolve = resolve);
  }

  /** Starts to read. */
  start(child: ChildProcess): void {
    const onEnd = () => {
      this.#open--;
      this.#next();
    };
    this.pipes[0].start(child.stdout, (chunk) => this.#take(chunk, 0), onEnd);
    this.pipes[1].start(child.stderr, (chunk) => this.#take(chunk, 1), onEnd);
  }

  /** Whether all ended within `ms` milliseconds. */
  endsWithin(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), ms);
      this.ended.then(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }

  /**
   * Reads what is left in the pipes of a command that is gone. True: a process that is not the
   * command's, such as a daemon, had them open, and what it writes from now on is lost.
   */
  async drain(): Promise<boolean> {
    const start = performance.now();
    for (let before = -1; this.#busy || before !== this.#bytes;) {
      before = this.#bytes;
      if (await this.endsWithin(QUIET)) return false;
      if (!this.#busy && performance.now() - start > AT_MOST) break;
    }
    for (const pipe of this.pipes) pipe.stop();
    await this.ended;
    return true;
  }

  /** Frees the pipes of a command that did not start. */
  discard(): void {
    for (const pipe of this.pipes) pipe.discard();
  }

  /** Closes the capture. */
  close(): CaptureSummary {
    return { lines: 0, ...this.#handlers.capture?.close(), bytes: this.#bytes };
  }

  #take(chunk: Uint8Array, stream: OutputStream): void {
    if (this.#busy) {
      this.#queue.push([new Uint8Array(chunk), stream]);
      return;
    }
    const { capture, limit, onLimit, onOutput, onError } = this.#handlers;
    const left = limit - this.#bytes;
    const wanted = chunk.length > left ? chunk.subarray(0, Math.max(0, left)) : chunk;
    this.#bytes += chunk.length;
    try {
      capture?.write(wanted, stream);
      if (onOutput !== undefined && wanted.length > 0) {
        const done = onOutput(new Uint8Array(wanted), stream);
        // An arrow such as `(chunk) => text += chunk` returns what is no promise.
        if (done !== undefined) this.#wait(Promise.resolve(done));
      }
    } catch (error) {
      onError(error);
    }
    if (this.#bytes > limit) onLimit();
  }

  #wait(done: Promise<void>): void {
    this.#busy = true;
    for (const pipe of this.pipes) pipe.pause();
    done.catch(this.#handlers.onError).then(() => {
      this.#busy = false;
      this.#next();
      if (!this.#busy) { for (const pipe of this.pipes) pipe.resume(); }
    });
  }

  #next(): void {
    while (!this.#busy && this.#queue.length > 0) this.#take(...this.#queue.shift()!);
    if (!this.#busy && this.#open === 0) this.#resolve();
  }
}
