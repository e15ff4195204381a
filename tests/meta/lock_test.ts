import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { acquireLock, LockError } from "../../lib/meta/lock.ts";
import { lockState, readLock } from "../../lib/meta/lock_state.ts";
import { bootId, processStartTime } from "../../lib/runtime/process_identity.ts";
import { TYPESCRIPT_FLAGS } from "../../scripts/house/tools.ts";
import { inTempDir, writeTree } from "./_tools.ts";

const HERE = {
  host: hostname(),
  boot: bootId(),
  pidSpace: readLinkOf("/proc/self/ns/pid"),
  nonce: "1",
};
const WITHOUT_PROC = processStartTime(process.pid) === null && "there is no /proc";

function readLinkOf(path: string): string | null {
  return existsSync(path) ? readlinkSync(path) : null;
}

/** The ID of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn("true");
  await once(child, "exit");
  return child.pid!;
}

function lockAs(metaDir: string, pid: number | string, holder?: object): void {
  writeTree(metaDir, {
    "proc/lock": String(pid),
    ...(holder === undefined
      ? {}
      : { "proc/lock.json": JSON.stringify({ pid, ...HERE, ...holder }) }),
  });
}

test("a lock holds a process ID and nothing else, as Gage reads it", async () => {
  await inTempDir(async (metaDir) => {
    const run = { runDir: "", metaDir };
    const lock = await acquireLock(run);
    assert.equal(readFileSync(join(metaDir, "proc", "lock"), "utf8"), String(process.pid));
    lock.update(4321);
    assert.equal(readFileSync(join(metaDir, "proc", "lock"), "utf8"), "4321");
    assert.equal(lockState(run), "alive", "the one who took it counts");
    lock.release();
    assert.deepEqual(readdirSync(join(metaDir, "proc")), []);
    lock.release();
  });
});

test("acquireLock() refuses a lock that is held, and says by whom", async () => {
  await inTempDir(async (metaDir) => {
    const run = { runDir: "", metaDir };
    const lock = await acquireLock(run);
    await assert.rejects(acquireLock(run), (error: LockError) => {
      assert.equal(error.name, "LockError");
      assert.equal(error.pid, process.pid);
      assert.match(
        error.message,
        /^Cannot lock '.*': process \d+ on '.*' executes a phase of the run$/,
      );
      return true;
    });
    assert.equal(lockState(run), "alive");
    lock.release();
    (await acquireLock(run)).release();
  });
});

test("acquireLock() takes over the lock of a process that is gone, and logs it", async () => {
  await inTempDir(async (metaDir) => {
    const pid = await deadPid();
    lockAs(metaDir, pid, { startTime: 1 });
    assert.equal(lockState(metaDir), "dead");
    const lock = await acquireLock({ runDir: "", metaDir });
    assert.equal(readLock(metaDir)?.holder?.pid, process.pid);
    assert.deepEqual(readdirSync(join(metaDir, "proc")).sort(), ["lock", "lock.json"]);
    assert.match(
      readFileSync(join(metaDir, "log", "runner"), "utf8"),
      new RegExp(` Taking over the lock of process ${pid}, which is gone\n$`),
    );
    lock.release();
  });
});

test("acquireLock() does not make meta anew that was sealed meanwhile", async () => {
  await inTempDir(async (runsDir) => {
    for (const metaDir of [join(runsDir, "a.meta"), join(runsDir, "a.meta.zip")]) {
      await assert.rejects(acquireLock({ runDir: "", metaDir }), { code: "ENOENT" });
    }
    assert.deepEqual(readdirSync(runsDir), []);
  });
});

test("a lock of Gage's is as alive as its process", async () => {
  await inTempDir(async (metaDir) => {
    lockAs(metaDir, process.pid);
    assert.equal(lockState(metaDir), "alive");
    lockAs(metaDir, `${process.pid}\n`);
    assert.equal(lockState(metaDir), "alive");
    lockAs(metaDir, await deadPid());
    assert.equal(lockState(metaDir), "dead");
    (await acquireLock({ runDir: "", metaDir })).release();
    assert.equal(lockState(metaDir), "free");
  });
});

test(
  "a process that got a dead one's ID does not hold its lock",
  { skip: WITHOUT_PROC },
  async () => {
    await inTempDir((metaDir) => {
      lockAs(metaDir, process.pid, { startTime: processStartTime(process.pid) });
      assert.equal(lockState(metaDir), "alive");
      lockAs(metaDir, process.pid, { startTime: processStartTime(process.pid)! - 1 });
      assert.equal(lockState(metaDir), "dead");
    });
  },
);

test("a zombie does not hold a lock", { skip: WITHOUT_PROC }, async () => {
  await inTempDir(async (metaDir) => {
    // The shell starts a command that ends at once, and becomes one that never waits for it.
    const shell = spawn("sh", ["-c", "sh -c 'echo $$' & exec sleep 60"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    try {
      const pid = Number(await firstLine(shell));
      const state = () => readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]![0];
      while (state() !== "Z") await new Promise((resolve) => setTimeout(resolve, 5));
      lockAs(metaDir, pid);
      assert.equal(lockState(metaDir), "dead");
    } finally {
      shell.kill("SIGKILL");
      await once(shell, "exit");
    }
  });
});

async function firstLine(child: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of child.stdout!) {
    text += chunk;
    if (text.includes("\n")) break;
  }
  return text;
}

test(
  "a lock from before the machine was started is dead",
  { skip: HERE.boot === null },
  async () => {
    await inTempDir((metaDir) => {
      lockAs(metaDir, process.pid, { startTime: null, boot: "another" });
      assert.equal(lockState(metaDir), "dead");
    });
  },
);

test("a lock of another host or container is foreign, and never taken over", async () => {
  await inTempDir(async (metaDir) => {
    const pid = await deadPid();
    for (const elsewhere of [{ host: "elsewhere" }, { pidSpace: "pid:[1]" }]) {
      lockAs(metaDir, pid, elsewhere);
      assert.equal(lockState(metaDir), "foreign");
      await assert.rejects(acquireLock({ runDir: "", metaDir }), /if it has, remove 'proc\/lock'$/);
    }
  });
});

test("a lock with anything else in it is taken over once it is old", async () => {
  await inTempDir(async (metaDir) => {
    const run = { runDir: "", metaDir };
    for (const text of ["", "garbage", "-1", "99999999999999"]) {
      lockAs(metaDir, text);
      assert.equal(lockState(run), "unreadable");
      await assert.rejects(
        acquireLock(run),
        /is being written, or damaged; try again, or remove it$/,
      );
      const path = join(metaDir, "proc", "lock");
      utimesSync(path, 1, 1);
      (await acquireLock(run)).release();
      assert.equal(lockState(run), "free");
    }
    lockAs(metaDir, process.pid);
    writeFileSync(join(metaDir, "proc", "lock.json"), "{ garbage");
    assert.equal(lockState(run), "alive", "then the process ID counts");
  });
});

test("a claim to take over that was left by a dead process does not stand in the way", async () => {
  await inTempDir(async (metaDir) => {
    const pid = await deadPid();
    lockAs(metaDir, pid, { startTime: 1 });
    const claim = JSON.stringify({ pid, ...HERE, startTime: 1 });
    writeTree(metaDir, { "proc/lock-claim-1.tmp": claim, "proc/lock-claim-2.tmp": claim });
    (await acquireLock({ runDir: "", metaDir })).release();
    assert.deepEqual(readdirSync(join(metaDir, "proc")), []);
  });
});

test("a claim to take over that is held is respected", async () => {
  await inTempDir(async (metaDir) => {
    lockAs(metaDir, await deadPid(), { startTime: 1 });
    writeTree(metaDir, {
      "proc/lock-claim-1.tmp": JSON.stringify({
        pid: process.pid,
        ...HERE,
        startTime: processStartTime(process.pid),
      }),
    });
    await assert.rejects(acquireLock({ runDir: "", metaDir }), LockError);
    assert.equal(existsSync(join(metaDir, "proc", "lock")), true);
  });
});

test("release() leaves a lock that another has taken over", async () => {
  await inTempDir(async (metaDir) => {
    const run = { runDir: "", metaDir };
    const lock = await acquireLock(run);
    for (const name of readdirSync(join(metaDir, "proc"))) unlinkSync(join(metaDir, "proc", name));
    const other = await acquireLock(run);
    lock.release();
    assert.equal(lockState(run), "alive");
    other.release();
  });
});

test("of several processes that find a stale lock one gets it", async () => {
  await inTempDir(async (dir) => {
    const metaDir = join(dir, "a.meta");
    mkdirSync(metaDir);
    const script = join(dir, "taker.mts");
    const url = new URL("../../lib/meta/lock.ts", import.meta.url).href;
    // Each that gets the lock writes its ID, which must not mix with others', and gives the lock
    // back.
    writeFileSync(
      script,
      `import { acquireLock } from ${JSON.stringify(url)};
import { mkdirSync, rmdirSync } from "node:fs";
let got = 0;
while (got < 5) {
  let lock;
  try {
    lock = await acquireLock({ runDir: "", metaDir: process.argv[2] });
  } catch (error) {
    if (error.name !== "LockError") throw error;
    await new Promise((resolve) => setTimeout(resolve, 1));
    continue;
  }
  mkdirSync(process.argv[2] + "/alone");
  got++;
  rmdirSync(process.argv[2] + "/alone");
  // One in three dies with the lock in its hands.
  if (got === 5 && process.argv[3] === "die") process.kill(process.pid, "SIGKILL");
  lock.release();
}
`,
    );
    lockAs(metaDir, await deadPid(), { startTime: 1 });
    const takers = ["die", "live", "live"].map((how) => {
      const child = spawn(process.execPath, [...runtimeArgs(), script, metaDir, how], {
        stdio: ["ignore", "ignore", "pipe"],
      });
      let errors = "";
      child.stderr.on("data", (chunk) => errors += chunk);
      return once(child, "close").then(([code, signal]) => ({ code, signal, errors }));
    });
    const ends = await Promise.all(takers);
    assert.deepEqual(ends.map(({ code, signal, errors }) => signal ?? `${code} ${errors}`), [
      "SIGKILL",
      "0 ",
      "0 ",
    ]);
  });
});

/** What runs TypeScript on the runtime that runs the tests. */
function runtimeArgs(): readonly string[] {
  return "Deno" in globalThis ? ["run", "-A", "--no-check", "--quiet"] : TYPESCRIPT_FLAGS;
}
