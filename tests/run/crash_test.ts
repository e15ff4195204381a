import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { hashFile } from "../../lib/files/hash_file.ts";
import { listFiles } from "../../lib/files/list_files.ts";
import { parseManifest } from "../../lib/meta/manifest.ts";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { execRun } from "../../lib/run/exec_run.ts";
import { finalizeRun } from "../../lib/run/finalize_run.ts";
import { initRunMeta } from "../../lib/run/init_run_meta.ts";
import { openRun } from "../../lib/run/open_run.ts";
import { type RunStatus, runStatus } from "../../lib/run/run_status.ts";
import { stageRun } from "../../lib/run/stage_run.ts";
import { listRuns } from "../../lib/store/list_runs.ts";
import type { Run } from "../../lib/types.ts";
import { crashProgram } from "./_crash_program.ts";
import { inProject, randomFrom, sealed } from "./_tools.ts";

/** How many of the some hundred places at which it may die are tried; all of them take minutes. */
const SAMPLES = Number(process.env.RUNLIT_CRASHES ?? 16);

const FILES = { "a.py": "x = 1\n", "b.py": "", "data/x.csv": "1\n", "data/y.csv": "2\n" };

async function digests(dir: string): Promise<string[]> {
  const files = await listFiles(dir);
  return await Promise.all(files.map(async ({ path, mode }) => {
    return `${mode} ${path} ${await hashFile(join(dir, path))}`;
  }));
}

/** Does what is left to do for a run, whatever state it was left in. */
async function finish(run: Run, project: string): Promise<RunStatus> {
  for (let steps = 0; steps < 200; steps++) {
    const status = existsSync(run.metaDir) || existsSync(`${run.metaDir}.zip`)
      ? await runStatus(run)
      : "unknown";
    if (status === "unknown") {
      await initRunMeta(run, {
        opref: { namespace: "test", name: "op" },
        opdef: { name: "op", data: { sourcecode: "*.py", config: "a.py", depends: "data/*" } },
        cmd: { args: ["sh", "-c", "echo hi; echo 1 > out"], env: {} },
        config: { x: 5 },
      });
    } else if (status === "initialized") await stageRun(run, project);
    else if (status === "staged") await execRun(run);
    else {
      try {
        await finalizeRun(run);
        return status;
      } catch (error) {
        // What was started by the program that was killed is not over yet.
        if (!/is still running/.test(String(error))) throw error;
        await setTimeout(50);
      }
    }
  }
  throw new Error(`Run '${run.id}' cannot be finished`);
}

test("a run whose program is killed at any change to the disk can be finished", async () => {
  await inProject(FILES, async (project, runs) => {
    const other = await sealed(runs, project, { command: "echo other" });
    const before = [await digests(other.runDir), readFileSync(other.metaDir)];
    const start = crashProgram(join(runs, ".."));
    const id = (n: number) => `${String(n).padStart(8, "0")}-0000-4000-8000-000000000000`;
    const whole = await start(0, project, runs, id(0));
    assert.ok(whole.ok, whole.output);
    const changes = Number(whole.stdout.trim());
    assert.ok(changes > 80, whole.output);

    const random = randomFrom(7);
    const seen = new Set<string>();
    for (let sample = 0; sample < SAMPLES; sample++) {
      const at = 1 + Math.floor((sample + random()) * changes / SAMPLES);
      if (existsSync(join(runs, id(at)))) continue;
      const killed = await start(at, project, runs, id(at));
      assert.equal(killed.signal, "SIGKILL", `${at} of ${changes}: ${killed.output}`);
      const { warnings } = await listRuns(runs, { config: true, summary: true });
      assert.deepEqual(warnings, [], `at ${at}`);
      if (!existsSync(join(runs, id(at)))) continue;
      const run = await openRun(join(runs, id(at)));
      const status = await finish({ ...run, metaDir: `${run.runDir}.meta` }, project);
      seen.add(status);
      const done = await openRun(run.runDir);
      assert.equal(await runStatus(done), status, `at ${at}`);
      assert.equal(existsSync(`${run.runDir}.meta`), false, `at ${at}`);
      for (const { path, sha256 } of parseManifest(await runMeta.readManifest(done))) {
        assert.equal(await hashFile(join(run.runDir, path)), sha256, `${path} at ${at}`);
      }
      if (status === "completed") {
        assert.equal(readFileSync(join(run.runDir, "a.py"), "utf8"), "x = 5\n", `at ${at}`);
        assert.equal(await runMeta.readOutput(done, "40_run"), "hi\n", `at ${at}`);
      }
    }
    assert.ok(seen.has("completed"), [...seen].join());
    assert.deepEqual([await digests(other.runDir), readFileSync(other.metaDir)], before);
    assert.deepEqual(readdirSync(runs).filter((name) => name.endsWith(".tmp")), []);
  });
});

test("runs whose IDs were claimed and no more are not listed, and do not get in the way", async () => {
  await inProject(FILES, async (project, runs) => {
    mkdirSync(join(runs, "60a825b1-0000-4000-8000-000000000000"));
    mkdirSync(join(runs, "60a825b2-0000-4000-8000-000000000000"));
    mkdirSync(join(runs, "60a825b2-0000-4000-8000-000000000000.meta"));
    await sealed(runs, project);
    const { runs: listed, warnings } = await listRuns(runs);
    assert.deepEqual([listed.length, warnings], [1, []]);
  });
});
