/**
 * Prints what a run has printed.
 *
 * @module
 */

import { OUTPUT_INDEX_RECORD } from "../../lib/meta/output_index.ts";
import { readOutputChunks } from "../../lib/meta/read_output.ts";
import type { Run } from "../../lib/types.ts";

/** Stream of a line, as the index of an output has it. */
export type Stream = 0 | 1;

/**
 * Hands a run's output over in pieces, each with the stream that the command wrote it to, however
 * long it is. A line whose stream is not known counts as standard output.
 */
export async function replayOutput(
  run: Run,
  pass: (piece: Uint8Array, stream: Stream) => void | Promise<void>,
): Promise<void> {
  const nextStream = streamsOf(run);
  let stream: Stream | undefined;
  for await (const chunk of readOutputChunks(run, "40_run")) {
    let start = 0;
    for (let at = 0; at < chunk.length;) {
      const next: Stream = stream ?? await nextStream();
      stream = next;
      const feed = chunk.indexOf(10, at);
      if (feed === -1) break;
      at = feed + 1;
      stream = await nextStream();
      if (stream === next) continue;
      await pass(chunk.subarray(start, at), next);
      start = at;
    }
    if (start < chunk.length) await pass(chunk.subarray(start), stream ?? 0);
  }
}

/** Makes a function that returns the streams of a run's lines, one after the other. */
function streamsOf(run: Run): () => Promise<Stream> {
  const chunks = readOutputChunks(run, "40_run.index")[Symbol.asyncIterator]();
  let chunk: Uint8Array = new Uint8Array(0);
  let at = 0;
  return async () => {
    while (chunk.length - at < OUTPUT_INDEX_RECORD) {
      const next = await chunks.next().catch(() => ({ done: true as const, value: undefined }));
      if (next.done) return 0;
      chunk = Buffer.concat([chunk.subarray(at), next.value]);
      at = 0;
    }
    at += OUTPUT_INDEX_RECORD;
    return chunk[at - 1] === 1 ? 1 : 0;
  };
}
