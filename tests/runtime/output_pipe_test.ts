import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, readSync, writeSync } from "node:fs";
import { test } from "node:test";
import { makePipes, type Pipe } from "../../lib/runtime/make_pipes.ts";
import { type OutputPipe, outputPipes } from "../../lib/runtime/output_pipe.ts";

const windows = process.platform === "win32" ? "has no FIFOs" : false;

test("makePipes() makes two pipes that are not connected", { skip: windows }, () => {
  const pipes = makePipes()!;
  pipes.forEach(({ writeFd }, i) => writeSync(writeFd, `pipe ${i}`));
  pipes.forEach(({ readFd, writeFd, release }, i) => {
    const buffer = Buffer.alloc(100);
    assert.equal(buffer.toString("utf8", 0, readSync(readFd, buffer)), `pipe ${i}`);
    closeSync(writeFd);
    assert.equal(readSync(readFd, buffer), 0);
    closeSync(readFd);
    release(true);
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

const noProc = existsSync("/proc/self/fd") ? false : "has no /proc/self/fd";

test("makePipes() uses a pipe again that was read to its end", { skip: noProc }, () => {
  const used = makePipes()!;
  close(used, true);
  const again = makePipes()!;
  const buffer = Buffer.alloc(100);
  again.forEach(({ writeFd, readFd }, i) => {
    writeSync(writeFd, `new ${i}`);
    assert.equal(buffer.toString("utf8", 0, readSync(readFd, buffer)), `new ${i}`);
  });
  const descriptors = () => readdirSync("/proc/self/fd").length;
  const before = descriptors();
  for (let i = 0; i < 10; i++) close(makePipes()!, true);
  close(again, true);
  for (let i = 0; i < 10; i++) close(makePipes()!, true);
  assert(descriptors() <= before, `${descriptors()} descriptors are open, ${before} were`);
});

test(
  "makePipes() tells who still writes into a pipe that it was given up",
  { skip: noProc },
  () => {
    const [given, other] = makePipes()!;
    const writer = openSync(`/proc/self/fd/${given.writeFd}`, "w");
    close([given, other], false);
    assert.throws(() => writeSync(writer, "lost"), { code: "EPIPE" });
    closeSync(writer);
  },
);

function close(pipes: readonly Pipe[], ended: boolean): void {
  for (const { readFd, writeFd, release } of pipes) {
    closeSync(writeFd);
    closeSync(readFd);
    release(ended);
  }
}

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
    close(taken, false);
  }
}
