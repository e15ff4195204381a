import assert from "node:assert/strict";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PhaseError } from "../../lib/errors.ts";
import { acquireLock } from "../../lib/meta/lock.ts";
import { parseManifest } from "../../lib/meta/manifest.ts";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { execRun } from "../../lib/run/exec_run.ts";
import { finalizeRun } from "../../lib/run/finalize_run.ts";
import { openRun } from "../../lib/run/open_run.ts";
import { runStatus } from "../../lib/run/run_status.ts";
import { stageRun } from "../../lib/run/stage_run.ts";
import { initialized, inProject, sealed, staged } from "./_tools.ts";

const PY = { "train.py": "lr = 0.1  # rate\n", "go.sh": "#!/bin/sh\necho went\n" };
const mode = (...path: string[]) => statSync(join(...path)).mode & 0o777;

test("stageRun() keeps executable bits, and nothing is writable but what 'writable' says", async () => {
  await inProject({ ...PY, "ckpt/a/b.txt": "", "ckpt.txt": "" }, async (project, runs) => {
    chmodSync(join(project, "go.sh"), 0o755);
    const run = await staged(runs, project, {
      command: "./go.sh",
      data: {
        writable: ["ckpt/**", "made", "-ckpt/a/no*"],
        exec: { "stage-runtime": "touch made; touch ckpt/a/no" },
      },
    });
    assert.equal(mode(run.runDir, "go.sh"), 0o555);
    assert.equal(mode(run.runDir, "train.py"), 0o444);
    assert.equal(mode(run.runDir, "ckpt.txt"), 0o444);
    assert.equal(mode(run.runDir, "ckpt/a/b.txt"), 0o644);
    assert.equal(mode(run.runDir, "made"), 0o644);
    assert.equal(mode(run.runDir, "ckpt/a/no"), 0o444);
    const manifest = await runMeta.readManifest(run);
    assert.match(manifest, /^s [0-9a-f]{64} ckpt\/a\/b.txt$/m);
    assert.match(manifest, /^r [0-9a-f]{64} made$/m);
    assert.equal((await execRun(run)).ok, true);
    const done = await finalizeRun(run);
    for (const name of ["made", "ckpt/a/b.txt"]) assert.equal(mode(done.runDir, name), 0o444);
    assert.equal(mode(done.runDir, "go.sh"), 0o555);
    assert.equal(mode(project, "ckpt/a/b.txt"), 0o644, "the project is as it was");
  });
});

test("stageRun() stops at a phase that fails, says all about it, and can be called again", async () => {
  await inProject(PY, async (project, runs) => {
    const command = "echo working; test -e $project_dir/fixed || exit 42";
    for (const key of ["stage-sourcecode", "stage-runtime", "stage-dependencies"]) {
      const run = await initialized(runs, {
        data: { exec: { [key]: command }, config: "train.py" },
        config: { lr: 0.5 },
      });
      await assert.rejects(stageRun(run, project), (error: PhaseError) => {
        assert.equal(error.name, "PhaseError");
        assert.deepEqual([error.key, error.command, error.exitCode], [key, command, 42]);
        assert.equal(readFileSync(error.outputFile, "utf8"), "working\n");
        for (const part of [key, run.id, command, "42", error.outputFile]) {
          assert.ok(error.message.includes(part), part);
        }
        return true;
      });
      assert.equal(await runStatus(run), "initialized");
      assert.equal((await openRun(run.runDir)).id, run.id);
      assert.match((await runMeta.readLog(run)).at(-1)!.message, /^Staging failed: Phase '/);
      writeFileSync(join(project, "fixed"), "");
      await stageRun(run, project);
      assert.equal(await runStatus(run), "staged");
      assert.equal(readFileSync(join(run.runDir, "train.py"), "utf8"), "lr = 0.5  # rate\n");
      rmSync(join(project, "fixed"));
    }
  });
});

test("stageRun() after an interruption stages what the project is now", async () => {
  await inProject({ ...PY, "old.txt": "1" }, async (project, runs) => {
    const run = await initialized(runs, {
      data: { exec: { "stage-runtime": "touch rt; exit $(cat code)" } },
    });
    writeFileSync(join(project, "code"), "1");
    await assert.rejects(stageRun(run, project), PhaseError);
    rmSync(join(project, "old.txt"));
    writeFileSync(join(project, "code"), "0");
    writeFileSync(join(project, "new.txt"), "2");
    await stageRun(run, project);
    assert.deepEqual(readdirSync(run.runDir).sort(), [
      "code",
      "go.sh",
      "new.txt",
      "rt",
      "train.py",
    ]);
    const manifest = (await runMeta.readManifest(run)).trimEnd().split("\n");
    assert.deepEqual(manifest.map((line) => line.slice(0, 2) + line.slice(67)).sort(), [
      "r rt",
      "s code",
      "s go.sh",
      "s new.txt",
      "s train.py",
    ]);
  });
});

test("stageRun() is for one process, once, and ends when it is asked to", async () => {
  await inProject(PY, async (project, runs) => {
    const run = await initialized(runs);
    const lock = await acquireLock(run);
    await assert.rejects(stageRun(run, project), /^LockError: Cannot lock/);
    lock.release();
    await assert.rejects(
      stageRun(run, project, { signal: AbortSignal.abort("SIGTERM") }),
      /was interrupted by SIGTERM$/,
    );
    assert.equal(await runStatus(run), "initialized");
    await stageRun(run, project);
    await assert.rejects(stageRun(run, project), /^RunStateError: .* it is staged already$/);
  });
});

test("stageRun() names what is missing", async () => {
  await inProject(PY, async (project, runs) => {
    const run = await initialized(runs);
    const gone = join(runs, "gone");
    await assert.rejects(stageRun({ ...run, runDir: gone }, project), {
      message: `Run dir does not exist: ${gone}`,
    });
    await assert.rejects(stageRun({ ...run, metaDir: gone }, project), {
      message: `Run meta dir does not exist: ${gone}`,
    });
    await assert.rejects(stageRun(run, gone), { message: `Project dir does not exist: ${gone}` });
    const bad = await initialized(runs, { data: { exec: { "stage-runtim": "x" } } });
    await assert.rejects(stageRun(bad, project), /did you mean 'stage-runtime'/);
    const pattern = await initialized(runs, { data: { sourcecode: "*.py tex" } });
    await assert.rejects(
      stageRun(pattern, project),
      /Cannot select source code of 'op'.*\*\.py tex.*did you mean text/,
    );
  });
});

test("stageRun() never copies the runs directory, wherever it is", async () => {
  await inProject(PY, async (project) => {
    const runs = join(project, "my", "runs");
    mkdirSync(runs, { recursive: true });
    const run = await staged(runs, project, { data: { sourcecode: "**/*" } });
    assert.deepEqual(readdirSync(run.runDir).sort(), ["go.sh", "train.py"]);
  });
});

test("a config error names file and key, and the project stays as it is", async () => {
  const files = { "a.py": "x = 1\n", "b.json": '{"y": [1]}\n' };
  await inProject(files, async (project, runs) => {
    const cases: [Record<string, unknown>, RegExp][] = [
      [{ z: 1 }, /'z'/],
      [{ x: "ok", "y.3": 1 }, /'y\.3'/],
    ];
    for (const [config, message] of cases) {
      const run = await initialized(runs, {
        data: { config: ["a.py", "b.json#**.*"] },
        config: config as Record<string, string>,
      });
      await assert.rejects(stageRun(run, project), (error: Error) => {
        assert.equal(error.name, "ConfigError");
        assert.match(error.message, message);
        assert.match(error.message, /a\.py|b\.json/);
        return true;
      });
      assert.equal(readFileSync(join(run.runDir, "a.py"), "utf8"), "x = 1\n", "all or nothing");
    }
    for (const [name, text] of Object.entries(files)) {
      assert.equal(readFileSync(join(project, name), "utf8"), text);
    }
  });
});

test("config goes into the run's files only, with the diff in log/patched", async () => {
  await inProject(PY, async (project, runs) => {
    const run = await staged(runs, project, { data: { config: "train.py" }, config: { lr: 0.25 } });
    assert.equal(
      await runMeta.readText(run, "log/patched"),
      "--- train.py\n+++ train.py\n@@ -1 +1 @@\n-lr = 0.1  # rate\n+lr = 0.25  # rate\n",
    );
    assert.equal(readFileSync(join(project, "train.py"), "utf8"), PY["train.py"]);
    const same = await staged(runs, project, { data: { config: "train.py" }, config: { lr: 0.1 } });
    assert.equal(existsSync(join(same.metaDir, "log", "patched")), false);
  });
});

test("a staged run starts elsewhere, with its project gone", async () => {
  await inProject({ ...PY, "data/x.csv": "1,2\n" }, async (project, runs) => {
    const run = await staged(runs, project, {
      command: "cat data/x.csv; cat train.py; echo $RUN_DIR",
      data: { sourcecode: "*.py", depends: "data/*.csv", config: "train.py" },
      config: { lr: 0.9 },
    });
    rmSync(project, { recursive: true });
    const elsewhere = join(runs, "..", "else where");
    for (const suffix of ["", ".meta"]) {
      cpSync(run.runDir + suffix, join(elsewhere, run.id + suffix), { recursive: true });
    }
    rmSync(runs, { recursive: true });
    const moved = await openRun(join(elsewhere, run.id));
    assert.equal((await execRun(moved)).ok, true);
    const sealed = await finalizeRun(moved);
    assert.equal(await runStatus(sealed), "completed");
    assert.equal(
      await runMeta.readOutput(sealed, "40_run"),
      `1,2\nlr = 0.9  # rate\n${moved.runDir}\n`,
    );
  });
});

test("names with spaces, dashes, line breaks and emoji go through a whole run", async () => {
  const names = ["a b.txt", "-dash.txt", "ü😀.txt", "dir with space/x.txt", '"quoted".txt'];
  await inProject(Object.fromEntries(names.map((name) => [name, name])), async (project, runs) => {
    const command = ["touch", "--", "new\nline", "-g", " "];
    const run = await sealed(runs, project, { command });
    const entries = parseManifest(await runMeta.readManifest(run));
    const paths = entries.map((entry) => `${entry.type} ${entry.path}`);
    const expected = [...names.map((name) => `s ${name}`), "g new\nline", "g -g", "g  "];
    assert.deepEqual(paths.sort(), expected.sort());
  });
});

test("links within the project become files; links out are left out with a warning", async () => {
  await inProject({ ...PY, "lib/a.py": "a" }, async (project, runs) => {
    symlinkSync("lib/a.py", join(project, "in.py"));
    symlinkSync("/etc/hostname", join(project, "out.txt"));
    symlinkSync("nowhere", join(project, "dangling.py"));
    const run = await initialized(runs, { data: { sourcecode: "**/*" } });
    const warnings: string[] = [];
    await stageRun(run, project, { onWarning: (message) => warnings.push(message) });
    assert.equal(existsSync(join(run.runDir, "out.txt")), false);
    assert.ok(warnings.some((warning) => warning.includes("out.txt")), warnings.join("\n"));
    assert.ok(warnings.some((warning) => warning.includes("dangling.py")), warnings.join("\n"));
    const log = (await runMeta.readText(run, "log/runner"))!;
    for (const warning of warnings) assert.ok(log.includes(`Warning: ${warning}`));
  });
});
