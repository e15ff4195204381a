import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { execRun } from "../../lib/run/exec_run.ts";
import { finalizeRun } from "../../lib/run/finalize_run.ts";
import { runStatus } from "../../lib/run/run_status.ts";
import { isProcessAlive } from "../../lib/runtime/process_identity.ts";
import { OWN_RUNLIT } from "../../scripts/house/tools.ts";
import { initialized, inProject, staged } from "./_tools.ts";

const EMPTY = { "keep.txt": "" };

test("execRun() records every way in which a command ends", async () => {
  await inProject(EMPTY, async (project, runs) => {
    const cases: [string | string[], object, string, number][] = [
      [["true"], { ok: true, exitCode: 0, reason: "exited" }, "completed", 0],
      ["exit 255", { ok: false, exitCode: 255, reason: "exited" }, "error", 255],
      ["kill -KILL $$", { ok: false, signal: "SIGKILL", reason: "signalled" }, "terminated", -9],
      [["no-such-program"], { ok: false, exitCode: 127, reason: "not-found" }, "error", 127],
      [["./keep.txt"], { ok: false, exitCode: 126, reason: "not-executable" }, "error", 126],
    ];
    for (const [command, expected, status, exit] of cases) {
      const run = await staged(runs, project, { command });
      const result = await execRun(run);
      for (const [key, value] of Object.entries(expected)) {
        assert.equal(result[key as keyof typeof result], value, `${command}: ${key}`);
      }
      assert.equal(typeof result.message, result.ok ? "undefined" : "string");
      assert.equal(await runStatus(run), status, "before it is finalized");
      const sealed = await finalizeRun(run);
      assert.equal(await runStatus(sealed), status);
      assert.equal(await runMeta.readExit(sealed), exit);
    }
  });
});

test("execRun() ends a command at its time limit, and all that it started", async () => {
  await inProject(EMPTY, async (project, runs) => {
    const run = await staged(runs, project, {
      command: "sh -c 'trap \"\" TERM; echo $$ > pid; while :; do sleep 0.05; done' & wait",
    });
    const result = await execRun(run, { timeLimit: 300, grace: 100 });
    assert.deepEqual([result.ok, result.reason], [false, "timeout"]);
    const pid = Number(readFileSync(join(run.runDir, "pid"), "utf8"));
    assert.equal(isProcessAlive(pid), false);
    assert.equal(await runStatus(await finalizeRun(run)), "terminated");
  });
});

test("execRun() passes an interrupt on; a command that was to end before it began is not started", async () => {
  await inProject(EMPTY, async (project, runs) => {
    const run = await staged(runs, project, {
      command: "trap 'echo bye; exit 3' INT; echo ready; while :; do sleep 0.05; done",
    });
    const aborted = AbortSignal.abort("SIGINT");
    await assert.rejects(execRun(run, { signal: aborted }), /interrupted before it started$/);
    assert.equal(await runStatus(run), "staged");
    const controller = new AbortController();
    const onOutput = () => controller.abort("SIGINT");
    const result = await execRun(run, { signal: controller.signal, onOutput });
    assert.deepEqual([result.reason, result.exitCode], ["aborted", 3]);
    assert.equal(await runMeta.readOutput(run, "40_run"), "ready\nbye\n");
  });
});

test("execRun() takes a run once, and only a staged one", async () => {
  await inProject(EMPTY, async (project, runs) => {
    const run = await initialized(runs);
    await assert.rejects(execRun(run), /^RunStateError: Cannot start run '.*': it is not staged$/);
    const other = await staged(runs, project, { command: "echo x >> count" });
    const both = await Promise.allSettled([execRun(other), execRun(other)]);
    assert.deepEqual(both.map((each) => each.status).sort(), ["fulfilled", "rejected"]);
    await assert.rejects(execRun(other), /it was started already; make a new run instead$/);
    assert.equal(readFileSync(join(other.runDir, "count"), "utf8"), "x\n");
    await finalizeRun(other);
    await assert.rejects(execRun(other), /it is sealed \(/);
    rmSync(other.runDir, { recursive: true });
    await assert.rejects(execRun(other), /^NotFoundError: Run dir does not exist: /);
  });
});

test("execRun() gives the command its run's variables, also within another run", async () => {
  await inProject(EMPTY, async (project, runs) => {
    const inner = await staged(runs, project, {
      command: "echo $RUN_ID $RUN_DIR $A $run_id",
      cmd: {
        args: "echo $RUN_ID $RUN_DIR $A${run_id}${project_dir}",
        env: { A: "1", RUN_ID: "forged" },
      },
    });
    const words = [...OWN_RUNLIT, "exec", "--runs", runs, inner.id].map((word) => `'${word}'`);
    const outer = await staged(runs, project, { command: `${words.join(" ")}; echo $RUN_ID` });
    const result = await execRun(outer);
    assert.equal(result.ok, true, await runMeta.readOutput(outer, "40_run"));
    assert.equal(await runMeta.readOutput(inner, "40_run"), `${inner.id} ${inner.runDir} 1\n`);
    assert.match(await runMeta.readOutput(outer, "40_run"), new RegExp(`\n${outer.id}\n$`));
  });
});

test("execRun() runs a #! script with its line breaks", async () => {
  await inProject(EMPTY, async (project, runs) => {
    const command = "#!/bin/sh -e\necho one\necho two\nfalse\necho three\n";
    const run = await staged(runs, project, { command });
    const result = await execRun(run);
    assert.equal(result.exitCode, 1);
    assert.equal(await runMeta.readOutput(run, "40_run"), "one\ntwo\n");
    assert.deepEqual(readdirSync(run.runDir), ["keep.txt"], "the script is no file of the run");
  });
});

test("execRun() keeps binary output and a last line without its end, each line with a record", async () => {
  await inProject(EMPTY, async (project, runs) => {
    const command = `printf 'a\\n\\377\\000\\n\\n'; printf err >&2`;
    const run = await staged(runs, project, { command });
    const result = await execRun(run);
    const bytes = await runMeta.readOutputBytes(run, "40_run");
    assert.deepEqual([...bytes], [...Buffer.from("a\n\xff\0\n\nerr", "latin1")]);
    assert.equal(result.lines, 4);
    const lines = await runMeta.readOutputLines(run, "40_run");
    assert.deepEqual(lines.map((line) => line.stream), ["out", "out", "out", "err"]);
    assert.ok(lines.every((line) => Math.abs(line.timestamp! - Date.now()) < 60_000));
  });
});
