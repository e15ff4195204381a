import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { closeSync, readSync, writeSync } from "node:fs";
import { test } from "node:test";
import { makePipes, type Pipe } from "../../lib/runtime/make_pipes.ts";
import { type OutputPipe, outputPipes } from "../../lib/runtime/output_pipe.ts";

const windows = process.platform === "win32" ? "has no FIFOs" : false;

test("makePipes() makes two pipes that are not connected", { skip: windows }, () => {
  const pipes = makePipes()!;
  pipes.forEach(({ writeFd }, i) => writeSync(writeFd, `pipe ${i}`));
  pipes.forEach(({ readFd, writeFd }, i) => {
    const buffer = Buffer.alloc(100);
    assert.equal(buffer.toString("utf8", 0, readSync(readFd, buffer)), `pipe ${i}`);
    closeSync(writeFd);
    assert.equal(readSync(readFd, buffer), 0);
    closeSync(readFd);
  });
});

test("outputPipes() reads a child's output where there is no mkfifo", async () => {
  await withoutPrograms(async () => {
    const pipes = outputPipes();
    assert.deepEqual(pipes.map((pipe) => pipe.stdio), ["pipe", "pipe"]);
    assert.equal(await read(pipes, "echo out; echo err >&2"), "out\n|err\n");
  });
});

test("outputPipes() reads a child's output to its end", async () => {
  for (let i = 0; i < 20; i++) {
    assert.equal(
      await read(outputPipes(), "echo out; echo err >&2; echo more"),
      "out\nmore\n|err\n",
    );
  }
});

test("outputPipes() can be given back", () => {
  for (const pipe of outputPipes()) pipe.discard();
});

/** Runs a shell command, and resolves with what arrived on each pipe. */
async function read(pipes: readonly [OutputPipe, OutputPipe], command: string): Promise<string> {
  const stdio: ("ignore" | "pipe" | number)[] = ["ignore", pipes[0].stdio, pipes[1].stdio];
  const child = spawn("/bin/sh", ["-c", command], { stdio });
  const parts = await Promise.all([0, 1].map((i) => {
    let text = "";
    const stream = i === 0 ? child.stdout : child.stderr;
    return new Promise<string>((resolve) => {
      pipes[i].start(stream, (chunk) => text += String(Buffer.from(chunk)), () => resolve(text));
    });
  }));
  return parts.join("|");
}

/** Runs `action` when no program can be found, and no spare pipe is left. */
async function withoutPrograms(action: () => Promise<void>): Promise<void> {
  const { PATH } = process.env;
  const taken: Pipe[] = [];
  process.env.PATH = "";
  try {
    for (let pipes = makePipes(); pipes !== null; pipes = makePipes()) taken.push(...pipes);
    await action();
  } finally {
    process.env.PATH = PATH;
    for (const { readFd, writeFd } of taken) {
      closeSync(readFd);
      closeSync(writeFd);
    }
  }
}
