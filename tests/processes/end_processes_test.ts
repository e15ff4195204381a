import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { isGroupAlive } from "../../lib/phases/kill_group.ts";
import {
  endProcesses,
  processesGone,
  signalProcesses,
} from "../../repl/processes/end_processes.ts";
import { bootClock, findProcesses } from "../../repl/processes/find_processes.ts";

function shell(script: string, mark?: string): ChildProcess {
  const env = { ...process.env, ...(mark ? { RUNLIT_TEST_MARK: mark } : {}) };
  return spawn("/bin/sh", ["-c", script], { detached: true, stdio: "ignore", env });
}

async function count(pid: number, wanted: number): Promise<void> {
  while (findProcesses({ ancestor: pid }).length < wanted) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test("endProcesses() ends descendants in sessions of their own", async () => {
  const leader = shell("setsid sh -c 'sleep 1001 & sleep 1001' & wait");
  const exited = once(leader, "exit");
  await count(leader.pid!, 3);
  await endProcesses({ ancestor: leader.pid! });
  assert.deepEqual(findProcesses({ ancestor: leader.pid! }), []);
  await exited;
});

test("endProcesses() ends what a process left that is gone", async () => {
  const mark = `left-${process.pid}-${Date.now()}`;
  const leader = shell("setsid sleep 1001 & sleep 1001 & sleep 0.1", mark);
  await once(leader, "exit");
  assert.equal(findProcesses({ mark: `RUNLIT_TEST_MARK=${mark}` }).length, 2);
  assert.equal(findProcesses({ group: leader.pid! }).length, 1);
  await endProcesses({ group: leader.pid!, mark: `RUNLIT_TEST_MARK=${mark}` });
  assert.deepEqual(findProcesses({ mark: `RUNLIT_TEST_MARK=${mark}` }), []);
});

test("endProcesses() loses none of a tree that grows at that moment", async () => {
  for (let trial = 0; trial < 10; trial++) {
    const mark = `grows-${process.pid}-${Date.now()}`;
    const grow = "n=0; while [ $n -lt 50 ]; do n=$((n+1)); (sleep 1001 & wait) & done; wait";
    const leader = shell(grow, mark);
    const exited = once(leader, "exit");
    await count(leader.pid!, 1 + 3 * trial);
    signalProcesses({ ancestor: leader.pid!, group: leader.pid! }, "SIGKILL");
    await exited;
    const wanted = { mark: `RUNLIT_TEST_MARK=${mark}` };
    assert(await processesGone(wanted, 5000), `${findProcesses(wanted).length} are left`);
  }
});

test("endProcesses() loses nothing that is started while its parent is stopped", async () => {
  // A process with much memory is within `fork()` most of the time.
  const grow = 'my $size = 2e8; my $memory = "." x $size; ' +
    'for (1 .. 50) { exec "sleep", "1001" if !(fork // last) } sleep 1001';
  for (let trial = 0; trial < 3; trial++) {
    const mark = `slow-${process.pid}-${Date.now()}`;
    const leader = shell(`exec perl -e '${grow}'`, mark);
    const exited = once(leader, "exit");
    await count(leader.pid!, 1);
    signalProcesses({ ancestor: leader.pid!, group: leader.pid! }, "SIGKILL");
    await exited;
    const wanted = { mark: `RUNLIT_TEST_MARK=${mark}` };
    const isGone = await processesGone(wanted, 5000);
    const left = findProcesses(wanted);
    await endProcesses(wanted);
    assert(isGone, `${left.length} are left`);
  }
});

test("findProcesses() and isGroupAlive() do not lose processes that live for a moment", async () => {
  // Each process starts the next one, and ends.
  const leader = shell("exec perl -e 'for (1 .. 500) { exit if fork } sleep 1001'");
  const exited = once(leader, "exit");
  const group = leader.pid!;
  try {
    for (let trial = 0; trial < 50; trial++) {
      assert(isGroupAlive(group), "the session is not over");
      assert(!await processesGone({ group }, 0), "the group is not gone");
    }
  } finally {
    await endProcesses({ group });
  }
  assert(!isGroupAlive(group));
  await exited;
});

test("signalProcesses() leaves alone what was started before", async () => {
  const script = "sleep 1001 & read line; sleep 1001 & wait";
  const parent = spawn("/bin/sh", ["-c", script], { detached: true, stdio: ["pipe", "ignore", 2] });
  await count(parent.pid!, 1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const since = bootClock();
  parent.stdin!.end("\n");
  while (findProcesses({ ancestor: parent.pid!, since }).length !== 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.equal(signalProcesses({ ancestor: parent.pid!, since }, "SIGTERM"), 1);
  const exited = once(parent, "exit");
  await endProcesses({ group: parent.pid! });
  await exited;
});
