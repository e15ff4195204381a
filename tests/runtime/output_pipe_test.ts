import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { makePipes, type Pipe } from "../../lib/runtime/make_pipes.ts";
import { type OutputPipe, outputPipes } from "../../lib/runtime/output_pipe.ts";
import { userCacheDir } from "../../lib/runtime/user_cache_dir.ts";
import { inTemp } from "./_in_temp.ts";

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
  await withoutPipes((place) =>
    onPath("", async () => {
      const pipes = outputPipes(place);
      assert.deepEqual(pipes.map((pipe) => pipe.stdio), ["pipe", "pipe"]);
      assert.equal(await read(pipes, "echo out; echo err >&2"), "out\n|err\n");
    })
  );
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

test("makePipes() leaves pipes for others, and takes none that another has", {
  skip: windows,
}, async () => {
  await inTemp(tmpdir(), async (temp) => {
    // Several programs that want all there are, again and again, and write their numbers into them.
    const script = join(temp, "taker.mts");
    const url = new URL("../../lib/runtime/make_pipes.ts", import.meta.url).href;
    writeFileSync(
      script,
      `import { makePipes } from ${JSON.stringify(url)};
import { readSync, writeSync } from "node:fs";
const taken = Array.from({ length: 60 }, () => makePipes(${JSON.stringify(temp)})).flat();
for (const { writeFd } of taken) writeSync(writeFd, String(process.pid));
await new Promise((resolve) => process.stdin.once("data", resolve));
const buffer = Buffer.alloc(100);
for (const { readFd } of taken) {
  const text = buffer.toString("utf8", 0, readSync(readFd, buffer));
  if (text !== String(process.pid)) throw new Error("another has " + text);
}
process.exit();
`,
    );
    const takers = ["1", "2", "3"].map(() => {
      const args = "Deno" in globalThis ? ["run", "-A", "--no-check"] : ["--import", "tsx"];
      const stdio = ["pipe", "ignore", "pipe"] as const;
      return spawn(process.execPath, [...args, script], { stdio: [...stdio] });
    });
    const ends = takers.map(async (taker) => {
      let errors = "";
      taker.stderr!.on("data", (chunk) => errors += chunk);
      const [code] = await once(taker, "close");
      return `${code} ${errors}`;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const taker of takers) taker.stdin!.end("go");
    assert.deepEqual(await Promise.all(ends), ["0 ", "0 ", "0 "]);
    const names = readdirSync(join(userCacheDir(temp), "pipes"));
    assert.ok(names.length > 0 && names.length < 32, names.join());
  });
});

test("makePipes() removes what is no pipe, and does not believe a directory of others", {
  skip: windows,
}, async () => {
  await withoutPipes((place) => {
    const dir = join(userCacheDir(place), "pipes");
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    writeFileSync(join(dir, "file"), "not a pipe");
    const first = makePipes(place)!;
    assert.equal(readdirSync(dir).length, 30);
    assert.ok(!readdirSync(dir).includes("file"));
    chmodSync(userCacheDir(place), 0o755);
    const second = makePipes(place)!;
    assert.equal(readdirSync(dir).length, 30);
    close([...first, ...second], false);
  });
});

/** Runs `action` when no pipe is left that was used, with a place where none waits. */
async function withoutPipes(action: (place: string) => unknown): Promise<void> {
  const taken: Pipe[] = [];
  try {
    await inTemp(tmpdir(), async (place) => {
      await onPath("", () => {
        for (let pipes = makePipes(place); pipes !== null; pipes = makePipes(place)) {
          taken.push(...pipes);
        }
      });
      await action(place);
    });
  } finally {
    close(taken, false);
  }
}

async function onPath(path: string, action: () => unknown): Promise<void> {
  const { PATH } = process.env;
  process.env.PATH = path;
  try {
    await action();
  } finally {
    process.env.PATH = PATH;
  }
}
