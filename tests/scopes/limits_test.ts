import assert from "node:assert/strict";
import { test } from "node:test";
import { canMakeCgroup } from "../../lib/phases/scope/cgroup.ts";
import { runCommand } from "../../lib/phases/run_command.ts";
import { planLimits } from "../../lib/phases/scope/limit_plan.ts";
import { parsePermissions } from "../../lib/phases/scope/parse_permissions.ts";
import { planScope } from "../../lib/phases/scope/plan_scope.ts";
import { attempt, type Attempted } from "./_attempt.ts";
import { asUser, USERS } from "./_users.ts";
import { skip } from "./_skip.ts";
import { makeWorld } from "./_world.ts";

/** Attempts under limits. */
function limited(limits: object, ...command: string[]): Promise<Attempted> {
  return limitedFor(undefined, limits, ...command);
}

/** The same for another user, where there is one: the kernel counts root's processes otherwise. */
function limitedForNobody(limits: object, ...command: string[]): Promise<Attempted> {
  return limitedFor(USERS.nobody, limits, ...command);
}

async function limitedFor(
  uid: number | undefined,
  limits: object,
  ...command: string[]
): Promise<Attempted> {
  const world = makeWorld(uid);
  try {
    const request = { world, permissions: { limits }, command };
    return uid === undefined ? await attempt(request) : asUser(uid, request);
  } finally {
    world.remove();
  }
}

test("a limit of memory ends who takes more", { skip }, async () => {
  const take = 'my $x = "x" x (400 << 20); print length $x';
  const { output } = await limitedForNobody({ memory: "200MiB" }, "perl", "-e", take);
  assert.doesNotMatch(output, /419430400/);
  const enough = await limited({ memory: "2GiB" }, "perl", "-e", take);
  assert.match(enough.output, /419430400/);
});

test("a limit of processes stops a fork bomb", { skip }, async () => {
  const bomb = "my $n = 0; for (1 .. 500) { my $p = fork; last unless defined $p; " +
    "if (!$p) { sleep 600 } $n++ } print $n";
  const { output, result } = await limitedForNobody({ processes: 50 }, "perl", "-e", bomb);
  assert.ok(Number(output) > 10 && Number(output) <= 50, `${output} ${JSON.stringify(result)}`);
});

test("a limit of processes counts the command's alone", { skip }, async () => {
  for (
    const [limit, command, ok] of [[1, "exec true", true], [
      1,
      "true; /bin/true; true",
      false,
    ]] as const
  ) {
    const { result, output } = await limitedForNobody({ processes: limit }, "sh", "-c", command);
    // A control group counts a few more than it is told to. That user can make none.
    const isExact = USERS.nobody !== undefined || !canMakeCgroup({ processes: 1 });
    if (ok || isExact) assert.equal(result.ok, ok, output);
  }
  assert.ok((await limitedForNobody({ processes: 1 }, "true")).result.ok);
});

test("a limit of the size of files holds", { skip }, async () => {
  const { output } = await limited(
    { "file-size": "1MB" },
    "sh",
    "-c",
    "head -c 5000000 /dev/zero > x; wc -c < x",
  );
  assert.match(output, /^1000000$/m);
});

test("a limit of time ends the command", { skip }, async () => {
  const { result } = await limited({ time: "500ms", grace: "200ms" }, "sleep", "600");
  assert.equal(result.reason, "timeout");
  assert.ok(result.durationMs < 10_000);
});

test("a limit of output ends the command", { skip }, async () => {
  const { result } = await limited({ output: "1MB", grace: "1s" }, "yes");
  assert.equal(result.reason, "output-limit");
});

test("a limit of the disk ends the command", { skip }, async () => {
  const fill = "head -c 8000000 /dev/zero > a; sleep 600";
  const { result } = await limited({ disk: "5MB", grace: "1s" }, "sh", "-c", fill);
  assert.equal(result.reason, "disk-limit");
  assert.match(result.message!, /was ended: its run directory takes \d+ bytes, over 5000000/);
});

test("a limit of files ends the command", { skip }, async () => {
  const fill = "for i in $(seq 200); do : > $i; done; sleep 600";
  const { result } = await limited({ files: 100, grace: "1s" }, "sh", "-c", fill);
  assert.equal(result.reason, "disk-limit");
  assert.match(result.message!, /was ended: its run directory holds \d+ files, over 100/);
});

test("a limit of the disk is that of the private tmp, too", { skip }, async () => {
  const { output } = await limited(
    { disk: "5MB" },
    "sh",
    "-c",
    "head -c 8000000 /dev/zero > /tmp/x",
  );
  assert.match(output, /No space left/);
});

test("no core file is left of a crash", { skip }, async () => {
  const { output } = await limited({}, "sh", "-c", "ulimit -c");
  assert.equal(output, "0\n");
});

test("planLimits() says which limits hold, and by what", () => {
  const limits = { time: 1000, memory: 5, processes: 5, fileSize: 5, output: 5, disk: 5, files: 5 };
  const facts = { isSandboxed: true, isRoot: false, hasCgroup: () => false, isPosix: true };
  const names = (list: readonly { permission: string }[]) =>
    list.map(({ permission }) => permission.replace("limits.", "")).join(" ");
  const all = planLimits(limits, facts);
  assert.equal(names(all.enforced), "memory processes file-size time output disk files");
  assert.match(all.enforced[0].but!, /each process/);
  assert.equal(names(planLimits(limits, { ...facts, isRoot: true }).unenforced), "processes");
  assert.equal(names(planLimits(limits, { ...facts, isSandboxed: false }).unenforced), "processes");
  const windows = planLimits(limits, { ...facts, isSandboxed: false, isPosix: false });
  assert.equal(names(windows.unenforced), "memory processes file-size");
  const grouped = planLimits(limits, { ...facts, isRoot: true, hasCgroup: () => true });
  assert.deepEqual([grouped.unenforced, grouped.cgroup], [[], { memory: 5, processes: 5 }]);
  assert.deepEqual(planLimits({ time: null }, facts).enforced, []);
});

test("a process that was killed for its memory is told of, also where the command succeeds", {
  skip: skip || (canMakeCgroup({ memory: 1e9 }) ? false : "no control groups here"),
}, async () => {
  const world = makeWorld();
  try {
    const told: string[] = [];
    const plan = await planScope({
      phase: "run",
      run: { runDir: world.run },
      permissions: [parsePermissions({ limits: { memory: "100MB" } })],
      onWarning: (message) => void told.push(message),
    });
    const command = `perl -e 'my $x = "x" x (300 << 20)' & wait; echo done`;
    const env = { PATH: process.env.PATH! };
    const wrap = plan.wrapper!;
    assert.ok((await runCommand(command, { cwd: world.run, env, wrap })).ok);
    assert.deepEqual(told, [
      "A process of phase 'run' took too much memory and was killed: " +
      "permissions.run.limits.memory is 100000000 bytes",
    ]);
  } finally {
    world.remove();
  }
});

test("control groups limit all processes of a command together", {
  skip: skip || (canMakeCgroup({ memory: 1e9, processes: 100 }) ? false : "no control groups here"),
}, async () => {
  const world = makeWorld();
  try {
    // Four of 100 MB each: no one is over the limit alone.
    const take =
      "my @p; for (1 .. 4) { my $p = fork; if (!$p) { my $x = 'x' x (100 << 20); sleep 3; exit 0 } " +
      "push @p, $p } my $killed = 0; for (@p) { waitpid $_, 0; $killed++ if $? } print qq($killed\\n); exit $killed";
    const { output } = await attempt({
      world,
      permissions: { limits: { memory: "200MB" } },
      command: ["perl", "-e", take],
    });
    assert.match(output, /^[1-4]$/m);
  } finally {
    world.remove();
  }
});
