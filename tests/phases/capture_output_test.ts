import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  type CaptureOptions,
  captureOutput,
  type CommandProgress,
} from "../../lib/phases/capture_output.ts";
import { readIndex, withDir } from "./_helpers.ts";

type Chunk = readonly [stream: 0 | 1, text: string | Uint8Array];

/** What is in the files after each chunk, and at the end. */
async function capture(chunks: readonly Chunk[], options: CaptureOptions = {}) {
  const steps: string[] = [];
  let text = "";
  let streams = "";
  let summary = { bytes: -1, lines: -1 };
  await withDir((dir) => {
    const [path, index] = [join(dir, "out"), join(dir, "out.index")];
    const target = captureOutput(path, index, options);
    for (const [stream, chunk] of chunks) {
      target.write(typeof chunk === "string" ? Buffer.from(chunk) : chunk, stream, 1e12);
      steps.push(readFileSync(path, "latin1"));
    }
    summary = target.close(1e12);
    text = readFileSync(path, "latin1");
    streams = readIndex(index).map((line) => line.stream).join("");
  });
  return { steps, text, streams, summary };
}

test("captureOutput() writes what arrives at once, unfinished lines too", async () => {
  const { steps, streams } = await capture([[0, "a"], [0, "b\nc"], [0, "d\n"]]);
  assert.deepEqual(steps, ["a", "ab\nc", "ab\ncd\n"]);
  assert.equal(streams, "00");
});

test("captureOutput() does not tear a line that the other stream interrupts", async () => {
  const { steps, streams } = await capture([
    [0, "loss: "],
    [1, "warning: "],
    [0, "0.1\nloss: "],
    [1, "hot\n"],
    [0, "0.2\n"],
  ]);
  assert.deepEqual(steps, [
    "loss: ",
    "loss: warning: ",
    "loss: 0.1\nwarning: loss: ",
    "loss: 0.1\nwarning: hot\nloss: ",
    "loss: 0.1\nwarning: hot\nloss: 0.2\n",
  ]);
  assert.equal(streams, "010");
});

test("captureOutput() keeps the order in which lines are finished", async () => {
  const { text, streams } = await capture([[0, "1\n"], [1, "2\n3\n"], [0, "4\n"], [1, "5\n"]]);
  assert.equal(text, "1\n2\n3\n4\n5\n");
  assert.equal(streams, "01101");
});

test("captureOutput() gives an unterminated last line a record", async () => {
  assert.deepEqual((await capture([[0, "a\nb"]])).summary, { bytes: 3, lines: 2 });
  assert.equal((await capture([[0, "a\n"], [1, "b"]])).streams, "01");
  assert.deepEqual((await capture([])).summary, { bytes: 0, lines: 0 });
  // Two unterminated lines are one line of the file.
  const both = await capture([[1, "b"], [0, "a"]]);
  assert.deepEqual([both.text, both.streams], ["ba", "0"]);
});

test("captureOutput() keeps blank lines", async () => {
  const chunks: Chunk[] = [[0, "\n"], [0, "\n\na\n \n\r\n"], [0, "\r  5%|x\r 10%|y\n\n"]];
  for (const progress of [true, false, "tqdm"] as const) {
    const { text, streams } = await capture(chunks, { progress });
    const last = progress === false ? "\r  5%|x\r 10%|y" : " 10%|y";
    assert.equal(text, `\n\n\na\n \n\r\n${last}\n\n`);
    assert.equal(streams, "00000000");
  }
});

test("captureOutput() writes big-endian times and the stream to the index", async () => {
  await withDir((dir) => {
    const target = captureOutput(join(dir, "out"), join(dir, "out.index"));
    target.write(Buffer.from("x\n"), 1, 0x01a1f88528af);
    target.close();
    assert.equal(readFileSync(join(dir, "out.index"), "hex"), "000001a1f88528af01");
  });
});

test("captureOutput() writes many records of one chunk", async () => {
  const { summary, streams } = await capture([[0, "\n".repeat(20_000)], [1, "\n".repeat(9000)]]);
  assert.equal(summary.lines, 29_000);
  assert.equal(streams, "0".repeat(20_000) + "1".repeat(9000));
});

test("captureOutput() tears only what is longer than 64 KiB", async () => {
  const long = "x".repeat(64 * 1024);
  const kept = await capture([[0, long], [1, "!\n"], [0, "y\n"]]);
  assert.equal(kept.text, `!\n${long}y\n`);
  const torn = await capture([[0, long], [0, "x"], [1, "!\n"], [0, "y\n"]]);
  assert.equal(torn.text, `${long}x!\ny\n`);
  assert.equal(torn.streams, "10");
});

test("captureOutput() tears nothing before the line that is too long", async () => {
  const long = "x".repeat(64 * 1024 + 1);
  const { text, streams } = await capture([[1, "half"], [0, long], [0, "z\n"], [1, " done\n"]]);
  assert.equal(text, `${long}z\nhalf done\n`);
  assert.equal(streams, "01");
});

test("captureOutput() keeps the last state of a redrawn line", async () => {
  const bars = Array.from({ length: 101 }, (_, i) => `\r${i}%|${"#".repeat(i)}|`);
  const { text, steps, streams } = await capture([
    [1, "start\n"],
    ...bars.map((bar): Chunk => [1, bar]),
    [1, "\nend\n"],
  ]);
  assert.equal(text, `start\n100%|${"#".repeat(100)}|\nend\n`);
  assert.equal(streams, "111");
  assert.equal(steps[5], "start\n4%|####|");
  assert.equal(steps[2], "start\n1%|#|");
});

test("captureOutput() shortens the file when a redrawn line gets shorter", async () => {
  const { steps } = await capture([[0, "a\nlong state"], [0, "\rshort"], [0, "\rx\n"]]);
  assert.deepEqual(steps, ["a\nlong state", "a\nshort", "a\nx\n"]);
});

test("captureOutput() collapses whole redrawn lines in one chunk", async () => {
  const { text } = await capture([[0, "a\r\n1\r2\r3\nb\r\nc\r4\r\r\nlast\r"]]);
  assert.equal(text, "a\r\n3\nb\r\n4\r\r\nlast\r");
});

test("captureOutput() keeps CRLF, also when a chunk ends within", async () => {
  const { text, streams } = await capture([[0, "a\r"], [0, "\nb\r\n"], [0, "c\r\r"], [0, "\n"]]);
  assert.equal(text, "a\r\nb\r\nc\r\r\n");
  assert.equal(streams, "000");
});

test("captureOutput() redraws a line next to the other stream's", async () => {
  const { text, streams, steps } = await capture([
    [0, "half "],
    [1, "\r 1%|"],
    [1, "\r 2%|"],
    [0, "line\n"],
    [1, "\r100%|\n"],
  ]);
  assert.equal(steps[2], "half  2%|");
  assert.equal(text, "half line\n100%|\n");
  assert.equal(streams, "01");
});

test("captureOutput() stores every byte with progress: false", async () => {
  const { text } = await capture([[0, "a\rb\r"], [0, "c\n"]], { progress: false });
  assert.equal(text, "a\rb\rc\n");
});

test("captureOutput() does not take binary data for progress", async () => {
  const bytes = new Uint8Array(100_000);
  let seed = 7;
  for (let i = 0; i < bytes.length; i++) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    bytes[i] = seed >>> 16;
  }
  const chunks: Chunk[] = [];
  for (let at = 0; at < bytes.length; at += 777) chunks.push([0, bytes.subarray(at, at + 777)]);
  const { text } = await capture(chunks);
  assert.ok(Buffer.from(bytes).equals(Buffer.from(text, "latin1")));
});

test("captureOutput() reports percentages of redrawn lines", async () => {
  const seen: CommandProgress[] = [];
  const onProgress = (progress: CommandProgress) => void seen.push(progress);
  await capture([
    [1, "50% of all lines have no progress\n"],
    [1, "\r  0%|          | 0/10"],
    [1, "\rtrain:  40%|####      | 4/10\r\x1b[1mtrain:  50%|#####     | 5/10\x1b[0m"],
    [1, "\rsaving\n"],
    [0, "12.5 %\r"],
  ], { onProgress });
  assert.deepEqual(seen, [
    { percent: 0, text: "0%|          | 0/10", stream: 1 },
    { percent: 50, text: "train:  50%|#####     | 5/10", stream: 1 },
  ]);
  seen.length = 0;
  await capture([[0, "12.5 %\r13 %\r"], [0, "14%|x\r"]], { onProgress, progress: "tqdm" });
  assert.deepEqual(seen.map((progress) => progress.percent), [14]);
});

test("captureOutput() goes on after a disk error and says so", {
  skip: existsSync("/dev/full") ? false : "needs /dev/full",
}, async () => {
  await withDir((dir) => {
    const target = captureOutput("/dev/full", join(dir, "out.index"));
    target.write(Buffer.from("a\n"), 0);
    target.write(Buffer.from("b\n"), 0);
    const { error, ...summary } = target.close();
    assert.deepEqual(summary, { bytes: 4, lines: 2 });
    assert.match(error!, /^Cannot write output to '\/dev\/full': .*no space left/i);
  });
});

test("captureOutput() names the file that it cannot create", async () => {
  await withDir((dir) => {
    const path = join(dir, "missing", "out");
    assert.throws(() => captureOutput(path, join(dir, "i")), {
      message: new RegExp(`^Cannot write output to '${path}': ENOENT`),
    });
  });
});

test("captureOutput() agrees with a simple model on any chunks", async () => {
  let seed = 20261120;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor(seed / 2 ** 32 * below);
  };
  const pieces = ["a", "bc", "\n", "\r\n", "\r", "xyz", "\n\n", " 7%|", "\r\r", "\u00e9"];
  for (let round = 0; round < 300; round++) {
    const whole: [string, string] = ["", ""];
    const chunks: Chunk[] = [];
    for (let i = random(30); i > 0; i--) {
      const stream = random(3) === 0 ? 1 : 0;
      let chunk = "";
      for (let j = random(8); j >= 0; j--) chunk += pieces[random(pieces.length)];
      chunks.push([stream, chunk]);
      whole[stream] += Buffer.from(chunk).toString("latin1");
    }
    const progress = random(2) === 0;
    const { text, streams } = await capture(chunks, { progress });
    const wanted = whole.map((all) => progress ? model(all) : all);
    // Every stream's lines are there, in order; so are the unterminated ones, at the end.
    const lines = text.split(/(?<=\n)/);
    const ended = lines.filter((line) => line.endsWith("\n"));
    for (const stream of [0, 1]) {
      const own = ended.filter((_, i) => streams[i] === String(stream)).join("");
      assert.equal(own, wanted[stream].slice(0, wanted[stream].lastIndexOf("\n") + 1));
    }
    const rest = wanted.map((all) => all.slice(all.lastIndexOf("\n") + 1));
    const last = lines.filter((line) => !line.endsWith("\n")).join("");
    assert.ok([rest[0] + rest[1], rest[1] + rest[0]].includes(last), JSON.stringify(chunks));
    assert.equal(streams.length, ended.length + (last === "" ? 0 : 1));
  }
});

/** What is left of text when each line is what a terminal would show last. */
function model(text: string): string {
  return text.split("\n").map((line) => line.replace(/^.*\r(?=[^\r])/s, "")).join("\n");
}
