import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import {
  bootId,
  isProcessAlive,
  processStartTime,
  processStat,
} from "../../lib/runtime/process_identity.ts";

const noProc = existsSync("/proc/self/stat") ? false : "needs /proc";

test("isProcessAlive() sees this process", () => {
  assert.equal(isProcessAlive(process.pid), true);
  assert.equal(isProcessAlive(process.pid, processStartTime(process.pid)), true);
});

test("isProcessAlive() is false for what no process can have as its ID", () => {
  for (const pid of [0, -1, 1.5, NaN, Infinity, 2 ** 31 - 1]) {
    assert.equal(isProcessAlive(pid), false, String(pid));
  }
});

test("isProcessAlive() tells a process from an earlier one with its ID", { skip: noProc }, () => {
  const started = processStartTime(process.pid);
  assert.ok(started !== null && started > 0);
  assert.equal(isProcessAlive(process.pid, started + 1), false);
});

test("isProcessAlive() is false after the end of a process", async () => {
  const child = spawn("true");
  await once(child, "exit");
  assert.equal(isProcessAlive(child.pid!), false);
});

test("isProcessAlive() is false for a zombie", { skip: noProc }, async () => {
  // A program that never waits for its child, which is then a zombie for as long as it lives.
  const script =
    'my $p = fork() // die; exit 0 unless $p; print "$p\\n"; $| = 1; print ""; <STDIN>;';
  const parent = spawn("perl", ["-e", script], { stdio: ["pipe", "pipe", "inherit"] });
  const [chunk] = await once(parent.stdout, "data");
  const pid = Number(String(chunk).trim());
  const deadline = Date.now() + 10_000;
  while (processStat(pid)?.state !== "Z" && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  process.kill(pid, 0); // the ID still answers
  assert.equal(isProcessAlive(pid), false);
  parent.stdin.end();
  await once(parent, "close");
});

test("processStat() reads past a program name with parentheses", { skip: noProc }, async () => {
  const script = '$0 = "a) Z 1 (b"; $| = 1; print "ready\\n"; <STDIN>;';
  const child = spawn("perl", ["-e", script], { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout, "data");
  assert.match(readFileSync(`/proc/${child.pid}/stat`, "utf8"), /\(a\) Z 1 \(b\)/);
  const stat = processStat(child.pid!);
  assert.match(stat!.state, /^[RS]$/);
  assert.equal(isProcessAlive(child.pid!), true);
  child.stdin.end();
  await once(child, "close");
});

test("bootId() is a UUID", { skip: noProc }, () => {
  assert.match(bootId()!, /^[0-9a-f-]{36}$/);
});
