/**
 * Where the output of a command goes: one file for both streams, and an index of its lines.
 *
 * At any time the file holds every byte that has arrived. What the index covers is final. After
 * that come the unfinished lines, at most one of each stream: they move back when the other stream
 * finishes a line first, so that no line is torn, and change while a progress bar is redrawn.
 * Whoever follows a file that is being written shows as many lines as the index has records.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { IndexWriter } from "./_index_writer.ts";
import { LatchingFile } from "./_latching_file.ts";
import { parsePercent } from "./_parse_percent.ts";
import { collapseRedraws, looksBinary, redraws } from "./_redraws.ts";
import { scanChunk } from "./_scan_chunk.ts";

/** Longest unfinished line, in bytes, that is kept whole. A longer one may be torn. */
const LONGEST = 64 * 1024;

/** Which stream a chunk is from: 0 standard output, 1 standard error. */
export type OutputStream = 0 | 1;

/** How far a command says it has come. */
export interface CommandProgress {
  /** As the command prints it, mostly 0 to 100. */
  readonly percent: number;
  /** What its progress line shows. */
  readonly text: string;
  readonly stream: OutputStream;
}

/** Options of {@link captureOutput}. */
export interface CaptureOptions {
  /**
   * Whether only the last state of a line that is redrawn after `\r` is stored, as a terminal would
   * show it. Never applied to output with control characters that no text has. `"tqdm"` takes only
   * tqdm's lines for progress. False stores every byte. Default: true.
   */
  progress?: boolean | "tqdm";
  /** Called when a progress line shows a percentage, at most once a chunk. */
  onProgress?: (progress: CommandProgress) => void;
}

/** What was captured. */
export interface CaptureSummary {
  /** Bytes that arrived. */
  readonly bytes: number;
  /** Lines, and so index records; an unterminated last line counts. */
  readonly lines: number;
  /** Why the output on disk is not complete, if it is not: what came after this was dropped. */
  readonly error?: string;
}

/** An unfinished line: its bytes, which are in the file too. */
interface Tail {
  readonly bytes: Buffer;
  length: number;
}

/** Takes the output of one command. Owns two open files until it is closed. */
export class OutputCapture {
  readonly #file: LatchingFile;
  readonly #indexFile: LatchingFile;
  readonly #index: IndexWriter;
  readonly #options: CaptureOptions;
  readonly #tails: readonly [Tail, Tail] = [newTail(), newTail()];
  /** Streams whose `\r` are not touched: they carry something other than text. */
  readonly #verbatim: [boolean, boolean] = [false, false];
  /** Offset of the first byte that may still move. */
  #final = 0;
  /** Stream of the unfinished line just before `#final`, which was too long to be kept. */
  #torn: OutputStream | null = null;
  /** Stream whose tail is last in the file. */
  #last: OutputStream = 0;
  #bytes = 0;
  #lines = 0;

  constructor(path: string, indexPath: string, options: CaptureOptions) {
    this.#options = options;
    this.#file = new LatchingFile(path);
    this.#indexFile = new LatchingFile(indexPath);
    this.#index = new IndexWriter(this.#indexFile);
    if (options.progress === false) this.#verbatim = [true, true];
  }

  /** Takes a chunk that arrived at `time`, in milliseconds since 1970. Never throws. */
  write(chunk: Uint8Array, stream: OutputStream, time: number = Date.now()): void {
    if (chunk.length === 0) return;
    this.#bytes += chunk.length;
    const { newlines, hasReturn } = scanChunk(chunk);
    const collapse = this.#mustCollapse(chunk, stream, hasReturn);
    if (!collapse && this.#tails[1 - stream].length === 0) this.#append(chunk, stream, newlines);
    else this.#rearrange(chunk, stream, newlines, collapse);
    // After the bytes: a record says that its line is there.
    this.#index.append(newlines, time, stream);
    this.#lines += newlines;
  }

  /** Ends the last line's record and closes both files. */
  close(time: number = Date.now()): CaptureSummary {
    const unfinished = this.#tails[0].length + this.#tails[1].length > 0;
    if (unfinished || this.#torn !== null) {
      this.#index.append(1, time, unfinished ? this.#last : this.#torn!);
      this.#lines++;
    }
    this.#file.close();
    this.#indexFile.close();
    const file = [this.#file, this.#indexFile].find((file) => file.error !== null);
    const error = file && `Cannot write output to '${file.path}': ${file.error!.message}`;
    return { bytes: this.#bytes, lines: this.#lines, ...(error === undefined ? {} : { error }) };
  }

  #mustCollapse(chunk: Uint8Array, stream: OutputStream, hasReturn: boolean): boolean {
    // The start of a line that was too long is out of reach.
    if (this.#verbatim[stream] || this.#torn === stream) return false;
    const tail = this.#tails[stream];
    const pending = tail.length > 0 && tail.bytes[tail.length - 1] === 13;
    if (!(hasReturn || pending) || !redraws(chunk, pending)) return false;
    if (looksBinary(chunk)) this.#verbatim[stream] = true;
    return !this.#verbatim[stream];
  }

  /** The usual case: the chunk goes to the end of the file, and nothing moves. */
  #append(chunk: Uint8Array, stream: OutputStream, newlines: number): void {
    const tail = this.#tails[stream];
    this.#file.write(chunk, this.#final + tail.length);
    const lineEnd = newlines > 0 ? chunk.lastIndexOf(10) + 1 : 0;
    const settled = this.#settled(tail.length + chunk.length, tail.length, lineEnd, stream);
    this.#settle(settled, settled - tail.length === lineEnd && lineEnd > 0, stream);
    const kept = chunk.subarray(Math.max(0, settled - tail.length));
    if (settled > 0) tail.length = 0;
    tail.bytes.set(kept, tail.length);
    tail.length += kept.length;
    this.#last = stream;
  }

  /** Puts finished lines before the other stream's unfinished one, or drops what was redrawn. */
  #rearrange(chunk: Uint8Array, stream: OutputStream, newlines: number, collapse: boolean): void {
    const tail = this.#tails[stream];
    const other = this.#tails[1 - stream];
    const end = this.#final + tail.length + other.length;
    let text: Uint8Array = Buffer.concat([tail.bytes.subarray(0, tail.length), chunk]);
    if (collapse) text = this.#collapse(text, stream);
    const lineEnd = newlines > 0 ? text.lastIndexOf(10) + 1 : 0;
    const settled = this.#settled(text.length, 0, lineEnd, stream);
    const kept = text.subarray(settled);
    const parts = [text.subarray(0, settled), other.bytes.subarray(0, other.length), kept];
    const all = Buffer.concat(parts);
    this.#file.write(all, this.#final);
    if (this.#final + all.length < end) this.#file.truncate(this.#final + all.length);
    this.#settle(settled, settled === lineEnd && lineEnd > 0, stream);
    tail.bytes.set(kept);
    tail.length = kept.length;
    if (tail.length > 0 || other.length === 0) this.#last = stream;
    else this.#last = stream === 0 ? 1 : 0;
  }

  /** How many of `length` bytes are final: the finished lines, or all if the rest is too long. */
  #settled(length: number, before: number, lineEnd: number, stream: OutputStream): number {
    const settled = lineEnd > 0 ? before + lineEnd : 0;
    if (lineEnd === 0 && this.#torn === stream) return length;
    return length - settled > LONGEST ? length : settled;
  }

  #settle(count: number, finished: boolean, stream: OutputStream): void {
    if (count === 0) return;
    this.#final += count;
    this.#torn = finished ? null : stream;
  }

  #collapse(text: Uint8Array, stream: OutputStream): Uint8Array {
    const collapsed = collapseRedraws(text);
    const { onProgress, progress } = this.#options;
    if (onProgress !== undefined && collapsed.state !== null) {
      const found = parsePercent(collapsed.state, progress === "tqdm");
      if (found !== null) onProgress({ ...found, stream });
    }
    return collapsed.text;
  }
}

function newTail(): Tail {
  return { bytes: Buffer.allocUnsafe(LONGEST), length: 0 };
}

/**
 * Opens the files that take a command's output. The caller hands over every chunk as it arrives and
 * closes the capture at the end. Disk errors do not throw: the summary tells them.
 *
 * @example Two streams in one file
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, readFileSync, rmSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { captureOutput } from "runlit/capture-output";
 *
 * const dir = mkdtempSync(join(tmpdir(), "capture-"));
 * const capture = captureOutput(join(dir, "40_run"), join(dir, "40_run.index"));
 * capture.write(Buffer.from("loss"), 0);
 * capture.write(Buffer.from("careful\n"), 1);
 * capture.write(Buffer.from(" 0.5\n"), 0);
 * assert.deepEqual(capture.close(), { bytes: 17, lines: 2 });
 * assert.equal(readFileSync(join(dir, "40_run"), "utf8"), "careful\nloss 0.5\n");
 * rmSync(dir, { recursive: true });
 * ```
 */
export function captureOutput(
  path: string,
  indexPath: string,
  options: CaptureOptions = {},
): OutputCapture {
  return new OutputCapture(path, indexPath, options);
}
