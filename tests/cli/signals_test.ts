import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { isProcessAlive } from "../../lib/runtime/process_identity.ts";
import { programEnv } from "../../scripts/house/run_program.ts";
import { OWN_RUNLIT } from "../../scripts/house/tools.ts";
import { without } from "../meta/_tools.ts";
import { onTerminal } from "./_terminal.ts";
import { type CliProject, inCliProject, RUNLIT_WORD } from "./_tools.ts";

const FILES = {
  "runlit.toml": `[op]
exec = "echo $$ > pid; echo ready; exec sleep 60"

[holes]
exec = "truncate -s 200G holes; echo ready"

[slow.exec]
run = "true"
stage-runtime = "echo ready; sleep 60"
`,
};

/** Starts a run that waits; returns once its command does. */
async function startRun({ dir }: CliProject, operation = "op", scope = "off") {
  const argv = [...OWN_RUNLIT, "run", operation, "--scope", scope, "--durability", "fast"];
  const child = spawn(argv[0], argv.slice(1), {
    cwd: dir,
    env: programEnv({ RUNLIT_RUNS: undefined }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => stderr += text);
  const ended = new Promise<{ code: number | null; signal: string | null; stderr: string }>((
    done,
  ) => child.on("close", (code, signal) => done({ code, signal, stderr })));
  // What phases before the command itself print goes to stderr.
  const said = operation !== "slow" ? child.stdout : child.stderr;
  await new Promise<void>((resolve) => said.once("data", () => resolve()));
  return { child, ended };
}

test("a signal to runlit ends the command, and the run is sealed with the truth", async () => {
  await inCliProject(FILES, async (project) => {
    for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
      const { child, ended } = await startRun(project);
      // Not `child.kill()`: Deno then says that the child was ended by the signal.
      process.kill(child.pid!, signal);
      const end = await ended;
      assert.equal(end.code, code, end.stderr);
      assert.match(end.stderr, new RegExp(`terminated \\S+ \\(.*was interrupted by ${signal}\\)`));
      const [run] = await project.list();
      assert.equal(run.status, "terminated");
      assert.ok(existsSync(`${run.runDir}.meta.zip`));
      assert.equal(
        isProcessAlive(Number(readFileSync(join(String(run.runDir), "pid"), "utf8"))),
        false,
      );
    }
  });
});

test("a scoped command gets the signal that came, too", async () => {
  await inCliProject(FILES, async (project) => {
    for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
      const { child, ended } = await startRun(project, "op", "prefer");
      process.kill(child.pid!, signal);
      const end = await ended;
      assert.equal(end.code, code, end.stderr);
      assert.equal((await project.list())[0].exit, 128 - code);
    }
  });
});

test("a staging that a signal interrupts ends with 128 and its number", async () => {
  await inCliProject(FILES, async (project) => {
    for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
      const { child, ended } = await startRun(project, "slow");
      process.kill(child.pid!, signal);
      const end = await ended;
      assert.equal(end.code, code, end.stderr);
      assert.match(end.stderr, new RegExp(`interrupted by ${signal}`));
    }
  });
});

test("a signal ends the hashing of a huge file, and the run can be sealed later", async () => {
  await inCliProject(FILES, async (project) => {
    const { child, ended } = await startRun(project, "holes");
    const [{ runDir, name }] = await project.list();
    const log = () => readFileSync(`${runDir}.meta/log/runner`, "utf8");
    while (!log().includes("Hashing")) await setTimeout(20);
    assert.match(log(), /Hashing "holes" \(214748364800 bytes\)/);
    process.kill(child.pid!, "SIGTERM");
    const end = await ended;
    assert.equal(end.code, 143, end.stderr);
    assert.match(end.stderr, /Finalizing of run '.*' was interrupted by SIGTERM/);
    assert.ok(end.stderr.includes(`runlit finalize ${name}\n`), end.stderr);
    truncateSync(join(String(runDir), "holes"), 10);
    const sealed = await project.runlit("finalize", String(name));
    assert.equal(sealed.code, 0, sealed.stderr);
    assert.ok(existsSync(`${runDir}.meta.zip`));
    assert.equal((await project.list())[0].status, "completed");
  });
});

test("a SIGKILL of the command's process group makes a run that was terminated", async () => {
  await inCliProject(FILES, async (project) => {
    const { ended } = await startRun(project);
    const [running] = await project.list();
    assert.equal(running.status, "running");
    process.kill(-Number(readFileSync(join(String(running.runDir), "pid"), "utf8")), "SIGKILL");
    const end = await ended;
    assert.equal(end.code, 137, end.stderr);
    const [run] = await project.list();
    assert.deepEqual([run.status, run.exit], ["terminated", -9]);
  });
});

test("a runner that is killed leaves a lost run, which is sealed once its command is gone", async () => {
  await inCliProject(FILES, async (project) => {
    const { child, ended } = await startRun(project);
    child.kill("SIGKILL");
    assert.equal((await ended).signal, "SIGKILL");
    const [lost] = await project.list();
    assert.equal(lost.status, "lost");
    const pid = Number(readFileSync(join(String(lost.runDir), "pid"), "utf8"));
    const refused = await project.runlit("finalize", lost.id);
    assert.deepEqual([refused.code, refused.stdout], [1, ""]);
    assert.match(
      refused.stderr,
      new RegExp(`without its runner; end it with: kill -- -${pid}\\n$`),
    );
    process.kill(-pid, "SIGKILL");
    while (isProcessAlive(pid)) await setTimeout(20);
    const sealed = await project.runlit("finalize", lost.id);
    assert.deepEqual([sealed.code, sealed.stdout], [0, `${lost.id}\n`], sealed.stderr);
    assert.equal((await project.list())[0].status, "lost");
    assert.equal((await project.runlit("finalize", lost.id)).code, 0, "again");
  });
});

test("Ctrl-C in a terminal ends the command, and the run is sealed", {
  skip: without("tmux", "-V"),
}, async () => {
  await inCliProject(FILES, async (project) => {
    const go = `trap : INT; ${RUNLIT_WORD} run op -y; echo "code $?" > code; sleep 60`;
    await onTerminal(["sh", "-c", go], { cwd: project.dir }, async ({ press, shows }) => {
      await shows(/ready/);
      press("C-c");
      await shows(/terminated/);
      const code = join(project.dir, "code");
      for (let i = 0; i < 200 && !existsSync(code); i++) await setTimeout(50);
      assert.equal(readFileSync(code, "utf8"), "code 130\n");
      const [run] = await project.list();
      assert.equal(run.status, "terminated");
      assert.ok(existsSync(`${run.runDir}.meta.zip`));
    });
  });
});

test("Ctrl-C at the question whether to run ends with 130, and nothing was made", {
  skip: without("tmux", "-V"),
}, async () => {
  await inCliProject(FILES, async ({ dir, list }) => {
    for (const [key, code] of [["C-c", 130], ["C-d", 0], ["n", 0]] as const) {
      const go = `${RUNLIT_WORD} run op; echo "ended with $?"; sleep 60`;
      await onTerminal(["sh", "-c", go], { cwd: dir }, async ({ press, shows }) => {
        await shows(/Run this\? \(Y\/n\)/);
        press(key, ...key === "n" ? ["Enter"] : []);
        await shows(new RegExp(`^ended with ${code}$`, "m"));
      });
    }
    assert.deepEqual(await list(), []);
  });
});
