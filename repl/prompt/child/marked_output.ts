/**
 * Output of a session, divided by the marks at the ends of evaluations.
 *
 * @module
 */

import { StringDecoder } from "node:string_decoder";

/** Collects what a session prints. */
export interface MarkedOutput {
  /** Adds what came on a stream: 0 for standard output, 1 for standard error. */
  add(stream: 0 | 1, chunk: Uint8Array): void;
  /** Begins an evaluation; resolves with what was printed until its mark came on both streams. */
  begin(): Promise<string>;
  /** No mark will come any more. */
  end(): void;
  close(stream: 0 | 1): void;
}

/** What is kept of the output of one evaluation for documents, in characters. */
const MOST_KEPT = 1_000_000;

/** Hands output on as it comes, without the marks. */
export function markedOutput(mark: string, onOutput: (text: string) => void): MarkedOutput {
  const streams = [0, 1].map(() => ({
    decoder: new StringDecoder("utf8"),
    held: "",
    marked: true,
  }));
  let printed = "";
  let finish: ((printed: string) => void) | null = null;

  function pass(text: string): void {
    if (text === "") return;
    if (printed.length < MOST_KEPT) printed += text;
    onOutput(text);
  }

  function done(): void {
    if (finish === null || !streams.every((stream) => stream.marked)) return;
    const resolve = finish;
    finish = null;
    resolve(printed);
  }

  return {
    add(index, chunk) {
      const stream = streams[index];
      stream.held += stream.decoder.write(Buffer.from(chunk));
      const at = stream.held.indexOf(mark);
      if (at >= 0) {
        pass(stream.held.slice(0, at));
        stream.held = stream.held.slice(at + mark.length);
        stream.marked = true;
      }
      // The beginning of a mark waits for the rest of it.
      const start = stream.held.lastIndexOf(mark[0]);
      const isMark = start >= 0 && mark.startsWith(stream.held.slice(start));
      pass(isMark ? stream.held.slice(0, start) : stream.held);
      stream.held = isMark ? stream.held.slice(start) : "";
      done();
    },
    begin() {
      printed = "";
      for (const stream of streams) stream.marked = false;
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
    end() {
      for (const stream of streams) stream.marked = true;
      done();
    },
    close(index) {
      streams[index].marked = true;
      done();
    },
  };
}
