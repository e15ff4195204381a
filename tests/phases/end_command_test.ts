import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { CommandWrapper } from "../../lib/phases/command_wrapper.ts";
import { isGroupAlive, killGroup } from "../../lib/phases/kill_group.ts";
import { runCommand } from "../../lib/phases/run_command.ts";
import { isProcessAlive } from "../../lib/runtime/process_identity.ts";
import { TYPESCRIPT_FLAGS } from "../../scripts/house/tools.ts";
import { ENV, record, until, withDir } from "./_helpers.ts";

const noProc = existsSync("/proc/self/stat") ? false : "needs /proc";

/** Reads a process ID that a command has written to a file. */
function pidIn(dir: string, name: string): number {
  const pid = Number(readFileSync(join(dir, name), "utf8"));
  assert.ok(pid > 1);
  return pid;
}

/** An `onOutput` that aborts at the first output. */
function atOutput(action: () => void): () => void {
  let first = true;
  return () => {
    if (first) action();
    first = false;
  };
}

test("runCommand() passes an interrupt on to all processes of the command", async () => {
  await withDir(async (dir) => {
    const { signal, controller } = aborter();
    const script =
      "sleep 60 & echo $! > inner; sh -c 'echo $$ > outer; sleep 60' & echo ready; wait";
    const onOutput = atOutput(async () => {
      await until(() =>
        existsSync(join(dir, "outer")) && readFileSync(join(dir, "outer")).length > 0
      );
      controller.abort("SIGTERM");
    });
    const { result } = await record(dir, script, { signal, onOutput });
    assert.equal(result.reason, "aborted");
    assert.equal(result.message, "was interrupted by SIGTERM");
    assert.equal(result.signal, "SIGTERM");
    assert.equal(result.ok, false);
    assert.equal(isProcessAlive(pidIn(dir, "inner")), false);
    assert.equal(isProcessAlive(pidIn(dir, "outer")), false);
  });
});

test("runCommand() passes SIGINT and SIGHUP on, and sends SIGTERM for all else", async () => {
  await withDir(async (dir) => {
    const script = "trap 'echo INT; exit 5' INT; trap 'echo TERM; exit 6' TERM; " +
      "trap 'echo HUP; exit 7' HUP; echo; while :; do sleep 0.01; done";
    const cases: [unknown, string, number][] = [
      ["SIGINT", "INT", 5],
      ["SIGHUP", "HUP", 7],
      ["SIGQUIT", "TERM", 6],
      [undefined, "TERM", 6],
      [Object.assign(new Error("stop"), { signal: "SIGINT" }), "INT", 5],
    ];
    for (const [reason, said, code] of cases) {
      const { signal, controller } = aborter();
      const onOutput = atOutput(() => controller.abort(reason));
      const { result, text } = await record(dir, script, { signal, onOutput });
      // The shell may also say that its 'sleep' was terminated.
      assert.equal(text.replace(/^(Terminated|Hangup)\n/m, ""), `\n${said}\n`);
      assert.deepEqual([result.reason, result.exitCode, result.ok], ["aborted", code, false]);
    }
  });
});

test("runCommand() kills what ignores the request to end", async () => {
  await withDir(async (dir) => {
    const { signal, controller } = aborter();
    const script = "trap '' TERM INT; echo; while :; do sleep 0.01; done";
    const onOutput = atOutput(() => controller.abort("SIGINT"));
    const { result } = await record(dir, script, { signal, onOutput, grace: 50 });
    assert.deepEqual([result.reason, result.signal], ["aborted", "SIGKILL"]);
    assert.equal(result.signalNumber, 9);
  });
});

test("runCommand() kills at once when told twice", async () => {
  await withDir(async (dir) => {
    const first = aborter();
    const second = aborter();
    const script = "trap 'echo no' TERM; echo; while :; do sleep 0.01; done";
    const onOutput = (chunk: Uint8Array) => {
      first.controller.abort("SIGTERM");
      if (String(Buffer.from(chunk)).includes("no")) second.controller.abort("SIGTERM");
    };
    const options = { signal: first.signal, force: second.signal, onOutput, grace: 1e9 };
    const { result, text } = await record(dir, script, options);
    assert.match(text.replace("Terminated\n", ""), /^\nno\n/);
    assert.deepEqual([result.reason, result.signal], ["aborted", "SIGKILL"]);
    assert.equal(result.message, "was interrupted by SIGTERM");
  });
});

test("runCommand() kills with force alone", async () => {
  await withDir(async (dir) => {
    const { signal, controller } = aborter();
    const onSpawn = () => controller.abort();
    const { result } = await record(dir, ["sleep", "60"], { force: signal, onSpawn });
    assert.deepEqual([result.reason, result.signal], ["aborted", "SIGKILL"]);
    assert.equal(result.message, "was interrupted and killed");
  });
});

test("runCommand() starts nothing when it is aborted before", async () => {
  await withDir(async (dir) => {
    for (const name of ["signal", "force"]) {
      const options = { cwd: dir, env: ENV, [name]: AbortSignal.abort("SIGINT") };
      const result = await runCommand(["touch", join(dir, "started")], options);
      assert.deepEqual([result.ok, result.reason, result.pid], [false, "aborted", null]);
      assert.deepEqual([result.signal, result.signalNumber], ["SIGINT", 2]);
      assert.equal(result.message, "was interrupted before it started");
      assert.equal(existsSync(join(dir, "started")), false);
    }
  });
});

test("runCommand() ends a command after its time limit", async () => {
  await withDir(async (dir) => {
    const { result } = await record(dir, "echo a; sleep 60; echo b", { timeLimit: 100 });
    assert.deepEqual([result.reason, result.signal], ["timeout", "SIGTERM"]);
    assert.equal(result.message, "was ended after its time limit of 0.1 s");
  });
});

test("runCommand() calls a command ended even if it then exits with 0", async () => {
  await withDir(async (dir) => {
    const script = "trap 'exit 0' TERM; while :; do sleep 0.01; done";
    const { result } = await record(dir, script, { timeLimit: 100 });
    assert.deepEqual([result.reason, result.exitCode, result.ok], ["timeout", 0, false]);
  });
});

test("runCommand() takes a time limit of months", async () => {
  await withDir(async (dir) => {
    const { result } = await record(dir, "sleep 0.02", { timeLimit: 1e10 });
    assert.equal(result.ok, true);
  });
});

test("runCommand() wakes a stopped command to end it", async () => {
  await withDir(async (dir) => {
    const script = "trap 'exit 3' TERM; echo; kill -STOP $$; sleep 60";
    const { result } = await record(dir, script, { timeLimit: 200, grace: 1e9 });
    assert.deepEqual([result.reason, result.exitCode], ["timeout", 3]);
  });
});

test("runCommand() ends processes that outlive the command", async () => {
  await withDir(async (dir) => {
    const script = "sleep 60 > /dev/null 2>&1 & echo $! > pid";
    const { result } = await record(dir, script, { linger: 0 });
    assert.equal(result.ok, true);
    assert.equal(result.stragglers, "ended");
    assert.equal(result.detachedOutput, false);
    assert.equal(isProcessAlive(pidIn(dir, "pid")), false);
  });
});

test("runCommand() kills processes that outlive the command and ignore SIGTERM", async () => {
  await withDir(async (dir) => {
    const script = "(trap '' TERM; echo; while :; do sleep 0.01; done) & echo $! > pid";
    const { result } = await record(dir, script, { linger: 0, grace: 20 });
    assert.equal(result.stragglers, "ended");
    assert.equal(isProcessAlive(pidIn(dir, "pid")), false);
  });
});

test("runCommand() gives what is left of a pipeline time to finish", async () => {
  await withDir(async (dir) => {
    const script = "#!/bin/bash\necho a > >(sleep 0.2; cat > copy; echo copied)\n";
    const { result, text } = await record(dir, script, { linger: 60_000 });
    assert.equal(readFileSync(join(dir, "copy"), "utf8"), "a\n");
    assert.equal(text, "copied\n");
    assert.deepEqual([result.stragglers, result.ok], ["none", true]);
  });
});

test("runCommand() reaches process groups inside of the command", { skip: noProc }, async () => {
  await withDir(async (dir) => {
    // As `timeout` does: it leads a group of its own.
    const script = "#!/bin/bash\nset -m\nsleep 60 & echo $! > pid; echo; wait";
    const { signal, controller } = aborter();
    const onOutput = atOutput(() => controller.abort("SIGTERM"));
    await record(dir, script, { signal, onOutput });
    assert.equal(isProcessAlive(pidIn(dir, "pid")), false);
    // The same after the command itself has ended, if the output is still open.
    const left = await record(dir, "#!/bin/bash\nset -m\nsleep 60 & echo $! > pid", { linger: 0 });
    assert.equal(isProcessAlive(pidIn(dir, "pid")), false);
    assert.deepEqual([left.result.stragglers, left.result.detachedOutput], ["ended", false]);
  });
});

test("runCommand() does not wait for a daemon that keeps the output open", async () => {
  await withDir(async (dir) => {
    const script = "setsid sh -c 'echo $$ > pid; echo daemon; exec sleep 60' & " +
      "while [ ! -s pid ]; do sleep 0.01; done; echo leader; exit 3";
    const { result, text } = await record(dir, script);
    const pid = pidIn(dir, "pid");
    try {
      assert.equal(result.exitCode, 3);
      assert.equal(result.detachedOutput, true);
      assert.match(text, /leader\n/);
      assert.equal(isProcessAlive(pid), true);
    } finally {
      process.kill(pid, "SIGKILL");
    }
  });
});

test("runCommand() does not wait for a daemon that never stops writing", async () => {
  await withDir(async (dir) => {
    const script =
      "setsid sh -c 'echo $$ > pid; exec yes' & while [ ! -s pid ]; do sleep 0.01; done";
    let seen = 0;
    const onOutput = (chunk: Uint8Array) => void (seen += chunk.length);
    const result = await runCommand(script, { cwd: dir, env: ENV, onOutput });
    const pid = pidIn(dir, "pid");
    try {
      assert.deepEqual([result.ok, result.detachedOutput], [true, true]);
      assert.equal(result.bytes, seen);
      // It cannot write any more.
      await until(() => !isProcessAlive(pid));
    } finally {
      killGroup(pid, "SIGKILL");
    }
  });
});

test("runCommand() does not wait for a zombie", { skip: noProc }, async () => {
  await withDir(async (dir) => {
    // The daemon's child dies in the command's group, and the daemon does not reap it.
    const script = `#!/usr/bin/perl
      use POSIX;
      exit 0 if fork();
      my $child = fork();
      if ($child == 0) { exit 0; }
      POSIX::setsid();
      open(STDOUT, ">/dev/null"); open(STDERR, ">/dev/null");
      open(my $f, ">", "pid.tmp"); print $f "$$"; close($f); rename("pid.tmp", "pid");
      sleep 60;
    `;
    const { result } = await record(dir, script, { linger: 60_000 });
    assert.deepEqual([result.ok, result.stragglers], [true, "none"]);
    await until(() => existsSync(join(dir, "pid")));
    process.kill(pidIn(dir, "pid"), "SIGKILL");
  });
});

test("runCommand() lets a wrapper deliver the request to end", async () => {
  await withDir(async (dir) => {
    const { signal, controller } = aborter();
    const asked: string[] = [];
    const wrap: CommandWrapper = {
      prepare: (spec) => spec,
      signal(name, pid) {
        asked.push(name);
        process.kill(pid, "SIGUSR1");
        return true;
      },
    };
    const script = "trap 'exit 9' USR1; echo; while :; do sleep 0.01; done";
    const onOutput = atOutput(() => controller.abort("SIGINT"));
    const { result } = await record(dir, script, { signal, onOutput, wrap });
    assert.deepEqual([result.exitCode, result.reason], [9, "aborted"]);
    assert.deepEqual(asked, ["SIGINT"]);
  });
});

test("runCommand() does not keep the process waiting for its timers", async () => {
  await withDir(async (dir) => {
    const file = join(dir, "main.ts");
    const module = new URL("../../lib/phases/run_command.ts", import.meta.url);
    writeFileSync(
      file,
      `import { runCommand } from ${JSON.stringify(module.href)};
       const { signal } = new AbortController();
       const env = { PATH: process.env.PATH ?? "" };
       const options = { cwd: "/", env, signal, timeLimit: 3e6, grace: 3e6, linger: 3e6 };
       runCommand("echo a; exit 3", options).then((result) => console.log(result.exitCode));`,
    );
    const runtime = "Deno" in globalThis ? ["run", "-A", "--no-check"] : TYPESCRIPT_FLAGS;
    const cwd = fileURLToPath(new URL("../..", import.meta.url));
    const env = { ...ENV, HOME: process.env.HOME ?? dir };
    const { text, result } = await record(dir, [process.execPath, ...runtime, file], { cwd, env });
    assert.equal(text, "3\n");
    assert.deepEqual([result.ok, result.stragglers], [true, "none"]);
  });
});

test("killGroup() says whether there was anyone", () => {
  assert.equal(killGroup(2 ** 22 + 1, "SIGTERM"), false);
  assert.equal(isGroupAlive(2 ** 22 + 1), false);
});

function aborter(): { controller: AbortController; signal: AbortSignal } {
  const controller = new AbortController();
  return { controller, signal: controller.signal };
}
