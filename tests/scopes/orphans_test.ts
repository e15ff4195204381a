import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { type Attempt, attempt, probeCommand } from "./_attempt.ts";
import { skip } from "./_skip.ts";
import { attemptProcess, USERS } from "./_users.ts";
import { makeWorld } from "./_world.ts";

/** Processes of this machine whose arguments hold a mark. */
function marked(mark: string): number[] {
  return readdirSync("/proc").map(Number).filter((pid) => {
    if (!Number.isInteger(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "latin1").includes(`sleep\0${mark}`);
    } catch {
      return false;
    }
  });
}

/** A test that fails leaves none of them either. */
function endMarked(mark: string): void {
  for (const pid of marked(mark)) process.kill(pid, "SIGKILL");
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; !condition() && i < 1000; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.ok(condition(), `never held: ${condition}`);
}

let marks = 0;
/** How long daemons sleep tells them from all others. */
function newMark(): string {
  return `${600 + process.pid % 100_000}.${++marks}`;
}

/** A command that leaves daemons behind in every way, and then does something itself. */
function leaving(mark: string, then: string): Omit<Attempt, "world"> {
  return { command: probeCommand("leave"), env: { P_MARK_TIME: mark, P_THEN: then } };
}

for (
  const [how, then, extra] of [
    ["exited", "exit 0", {}],
    ["failed", "exit 3", {}],
    ["killed itself", "kill 9, $$", {}],
    ["was ended at its time limit", "sleep 600", { limits: { time: 1, grace: 0.2 } }],
    [
      "was killed, for it did not want to end",
      "$SIG{TERM} = 'IGNORE'; sleep 600",
      { limits: { time: 1, grace: 0.2 } },
    ],
  ] as const
) {
  test(`nothing is left of a scoped command that ${how}`, { skip }, async () => {
    const world = makeWorld();
    const mark = newMark();
    try {
      const { result, output } = await attempt({
        world,
        ...leaving(mark, then),
        permissions: extra,
      });
      assert.deepEqual(marked(mark), [], `${JSON.stringify(result)}\n${output}`);
    } finally {
      endMarked(mark);
      world.remove();
    }
  });
}

test("a scoped command is asked to end before it is killed", { skip }, async () => {
  const world = makeWorld();
  try {
    const { result, output } = await attempt({
      world,
      permissions: { limits: { time: 0.5, grace: 20 } },
      command: ["perl", "-e", '$| = 1; $SIG{TERM} = sub { print "bye\\n"; exit 9 }; sleep 600'],
    });
    assert.equal(output, "bye\n");
    assert.deepEqual([result.reason, result.exitCode], ["timeout", 9]);
  } finally {
    world.remove();
  }
});

for (const [user, uid] of Object.entries(USERS)) {
  test(`nothing is left of a scoped command of ${user} when the toolkit itself is killed`, {
    skip,
  }, async () => {
    const world = makeWorld(uid);
    const mark = newMark();
    const { remove: _, ...places } = world;
    const request: Attempt = { world: places, ...leaving(mark, "sleep 600") };
    const { argv: [file, ...args], cwd, env, remove } = attemptProcess(request, uid);
    const toolkit = spawn(file, args, { stdio: "ignore", cwd, env });
    try {
      await until(() => marked(mark).length === 3);
      toolkit.kill("SIGKILL");
      await until(() => marked(mark).length === 0);
    } finally {
      toolkit.kill("SIGKILL");
      endMarked(mark);
      remove();
      world.remove();
    }
  });
}
