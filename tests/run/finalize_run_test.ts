import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sha256 } from "../../lib/files/sha256.ts";
import { parseManifest } from "../../lib/meta/manifest.ts";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { sealMeta } from "../../lib/meta/seal_meta.ts";
import { execRun } from "../../lib/run/exec_run.ts";
import { finalizeRun } from "../../lib/run/finalize_run.ts";
import { openRun } from "../../lib/run/open_run.ts";
import { runStatus } from "../../lib/run/run_status.ts";
import { listRuns } from "../../lib/store/list_runs.ts";
import type { Command, JsonObject, Run } from "../../lib/types.ts";
import { python } from "../meta/_tools.ts";
import { initialized, inProject, sealed, staged, WITHOUT_PYTHON, WITHOUT_UNZIP } from "./_tools.ts";

const FILES = { "a.txt": "a\n", "b.txt": "b\n" };

async function messages(run: Run): Promise<string[]> {
  return (await runMeta.readLog(run)).map((entry) => entry.message);
}

test("finalizeRun() names the files that were modified, and only those", async () => {
  await inProject({ ...FILES, "same.txt": "same", "gone.txt": "" }, async (project, runs) => {
    const run = await staged(runs, project);
    await execRun(run);
    const path = (name: string) => join(run.runDir, name);
    for (const name of ["a.txt", "b.txt", "same.txt"]) chmodSync(path(name), 0o644);
    writeFileSync(path("a.txt"), "changed\n");
    writeFileSync(path("same.txt"), "same");
    // The same size and time: only its digest, or its change time, can tell.
    const { atime, mtime } = statSync(path("b.txt"));
    writeFileSync(path("b.txt"), "B\n");
    utimesSync(path("b.txt"), atime, mtime);
    unlinkSync(path("gone.txt"));
    writeFileSync(path("new.txt"), "");
    const done = await finalizeRun(run);
    assert.deepEqual(
      (await messages(done)).filter((message) => message.includes("modified")),
      ['File "a.txt" was modified during the run', 'File "b.txt" was modified during the run'],
    );
    const manifest = parseManifest(await runMeta.readManifest(done));
    assert.deepEqual(manifest.map(({ type, path }) => `${type} ${path}`), [
      "s a.txt",
      "s b.txt",
      "s same.txt",
      "g new.txt",
    ]);
    assert.equal(manifest[1].sha256, sha256("B\n"));
    for (const name of readdirSync(run.runDir)) {
      assert.equal(statSync(path(name)).mode & 0o777, 0o444, name);
    }
  });
});

test("finalizeRun() takes the summary from its file, else from the output", async () => {
  const cases: [Command, JsonObject, unknown, RegExp?][] = [
    [`echo '{"metrics": {"acc": 0.5}}' > summary.json`, {}, { metrics: { acc: 0.5 } }, /Using run/],
    [`echo '{"a": NaN}' > summary.json`, {}, { a: NaN }],
    [`echo '{"a": 1' > summary.json`, {}, {}, /^Cannot read run summary 'summary.json': /],
    [`echo '[1]' > summary.json`, {}, {}, /^Cannot read run summary.*not an object/],
    [`echo 'a = 1' > s.toml`, { summary: { filename: "s.toml" } }, { a: 1 }],
    [`echo 'a: 1' > s.yaml`, { summary: { filename: "s.yaml" } }, { a: 1 }],
    [`mkdir summary.json`, {}, {}, /^Cannot read run summary 'summary.json': /],
    [`echo '{"metrics": {"a": 1}}'`, {}, { metrics: { a: 1 } }, /^Found summary output/],
    [`echo '{"x": 1}'`, {}, {}, /^Checking output for summary pattern/],
    [`printf 'x\\n--- summary ---\\n{"attributes": {}}\\n---\\n'`, {}, { attributes: {} }],
    [`printf '\\377\\376\\n--- summary ---{"metrics": {"a": 2}}---'`, {}, { metrics: { a: 2 } }],
    [`echo 'R={"metrics": {}}'`, { "output-summary": "R=(.*)" }, { metrics: {} }],
    [`echo 'R={"metrics": {}}'`, { "output-summary": "R=.*" }, {}, /must capture a group/],
    [`echo 'R={"metrics"'`, { "output-summary": "R=(.*)" }, {}, /^Error decoding output summary/],
    [`echo '{"metrics": {}}'`, { "output-summary": false }, {}],
    [`echo x`, { "output-summary": "(" }, {}, /^Error decoding output summary/],
  ];
  await inProject(FILES, async (project, runs) => {
    for (const [command, data, expected, logged] of cases) {
      const run = await sealed(runs, project, { command, data });
      assert.equal(await runStatus(run), "completed");
      assert.deepEqual(await runMeta.readSummary(run), expected, String(command));
      if (logged === undefined) continue;
      const log = await messages(run);
      assert.ok(log.some((message) => logged.test(message)), `${command}\n${log.join("\n")}`);
    }
    assert.deepEqual((await listRuns(runs, { summary: true })).warnings, []);
  });
});

test("finalizeRun() of a run that was not started, is running, or is sealed", async () => {
  await inProject(FILES, async (project, runs) => {
    for (const run of [await initialized(runs), await staged(runs, project)]) {
      await assert.rejects(
        finalizeRun(run),
        /^RunStateError: Cannot finalize run '.*': it was not/,
      );
    }
    const run = await staged(runs, project, { command: "echo on; sleep 60" });
    const controller = new AbortController();
    const executing = execRun(run, {
      signal: controller.signal,
      onOutput: async () => {
        await assert.rejects(finalizeRun(run), /it is still running$/);
        controller.abort("SIGTERM");
      },
    });
    await executing;
    const done = await finalizeRun(run);
    const bytes = readFileSync(done.metaDir);
    assert.deepEqual(await finalizeRun(done), done);
    assert.deepEqual(await finalizeRun(run), done);
    assert.deepEqual(readFileSync(done.metaDir), bytes);
  });
});

test("finalizeRun() called by two at once seals once", async () => {
  await inProject(FILES, async (project, runs) => {
    const run = await staged(runs, project, {
      data: { exec: { run: "true", finalize: "echo x >> count; sleep 0.2" } },
    });
    await execRun(run);
    const both = await Promise.allSettled([finalizeRun(run), finalizeRun(run)]);
    assert.deepEqual(both.map((each) => each.status).sort(), ["fulfilled", "rejected"]);
    assert.match(String(both.find((each) => each.status === "rejected")!.reason), /^LockError/);
    assert.equal(readFileSync(join(run.runDir, "count"), "utf8"), "x\n");
    assert.deepEqual(readdirSync(runs).sort(), [run.id, `${run.id}.meta.zip`]);
  });
});

test("finalizeRun() executes its command with the exit code known, and stops when that fails", async () => {
  await inProject(FILES, async (project, runs) => {
    const run = await staged(runs, project, {
      command: "exit 3",
      data: { exec: { finalize: "ls $run_dir.meta/proc; test -e ok || exit 9" } },
    });
    await execRun(run);
    await assert.rejects(finalizeRun(run), { name: "PhaseError", key: "finalize", exitCode: 9 });
    assert.equal(await runStatus(run), "error");
    assert.equal(await runMeta.readExit(run), 3);
    writeFileSync(join(run.runDir, "ok"), "");
    const done = await finalizeRun(run);
    assert.match(await runMeta.readOutput(done, "50_finalize"), /^exit$/m);
    assert.equal(await runMeta.readExit(done), 3);
  });
});

test("finalizeRun() finishes what was interrupted when both the directory and the zip are there", async () => {
  await inProject(FILES, async (project, runs) => {
    const run = await staged(runs, project, { data: { exec: { finalize: "echo x >> count" } } });
    await execRun(run);
    const saved = join(runs, "..", "saved.meta");
    cpSync(run.metaDir, saved, { recursive: true });
    const done = await finalizeRun(run);
    // As if the directory had not been removed, and then only under its other name.
    cpSync(saved, run.metaDir, { recursive: true });
    cpSync(saved, `${run.metaDir}.60a825b1.tmp`, { recursive: true });
    assert.equal(await runStatus(run), "completed");
    assert.equal((await listRuns(runs)).runs.length, 1);
    assert.deepEqual(await finalizeRun(await openRun(run.runDir)), done);
    assert.deepEqual(readdirSync(runs).sort(), [run.id, `${run.id}.meta.zip`]);
    assert.equal(readFileSync(join(run.runDir, "count"), "utf8"), "x\n", "not executed again");
    // A zip that is broken loses: the run is sealed anew.
    cpSync(saved, run.metaDir, { recursive: true });
    chmodSync(done.metaDir, 0o644);
    writeFileSync(done.metaDir, readFileSync(done.metaDir).subarray(0, 1000));
    assert.equal(await runStatus(run), "completed");
    await finalizeRun(run);
    assert.equal(await runStatus(await openRun(done.metaDir)), "completed");
  });
});

test("what finalizeRun() seals, unzip and Python read; equal meta gives equal bytes", async (t) => {
  await inProject(FILES, async (project, runs) => {
    const run = await staged(runs, project, { command: "echo hi; echo {} > summary.json" });
    await execRun(run);
    const other = join(runs, "..", "copy.meta");
    const { metaDir } = await finalizeRun(run);
    await t.test("unzip -t", { skip: WITHOUT_UNZIP }, () => {
      assert.match(execFileSync("unzip", ["-t", metaDir]).toString(), /No errors detected/);
      execFileSync("unzip", ["-q", metaDir, "-d", other]);
      const again = readFileSync(metaDir);
      return sealMeta(other).then((zip) => assert.deepEqual(readFileSync(zip), again));
    });
    await t.test("python", { skip: WITHOUT_PYTHON }, () => {
      const code = `import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
for i in z.infolist():
    print(i.filename, i.compress_type, oct(i.external_attr >> 16))`;
      const lines = python(code, metaDir).trimEnd().split("\n");
      assert.ok(lines.includes("proc/ 0 0o40755"), lines.join("\n"));
      assert.ok(lines.includes("proc/exit 0 0o100444"), lines.join("\n"));
      assert.equal(lines.some((line) => line.includes("lock")), false);
    });
  });
});

test("finalizeRun() seals a run whose runner was killed: lost, or with the exit that was logged", async () => {
  await inProject(FILES, async (project, runs) => {
    const lost = await staged(runs, project);
    writeFileSync(join(lost.metaDir, "started"), "1700000000000000");
    writeFileSync(join(lost.metaDir, "proc", "lock"), "999999999");
    assert.equal(await runStatus(lost), "lost");
    const done = await finalizeRun(lost);
    assert.deepEqual([await runStatus(done), await runMeta.readExit(done)], ["lost", null]);
    const log = await messages(done);
    assert.ok(log.some((message) => message.startsWith("The run's exit code is not known")));

    const known = await staged(runs, project, { command: "exit 5" });
    await execRun(known);
    assert.equal(existsSync(join(known.metaDir, "proc", "exit")), false);
    assert.equal(await runMeta.readExit(await finalizeRun(known)), 5);
  });
});

test("links and odd files that a command leaves do not stop finalizeRun()", async () => {
  await inProject(FILES, async (project, runs) => {
    const run = await staged(runs, project, {
      command: "mkfifo pipe; ln -s a.txt in; ln -s /etc/passwd out; ln -s nowhere dangling; " +
        "ln -s . loop; mkdir empty; chmod 4755 b.txt; mkdir -p sub/dir; echo x > sub/dir/x",
    });
    assert.equal((await execRun(run)).ok, true);
    const { mode } = statSync("/etc/passwd");
    const done = await finalizeRun(run);
    assert.equal(statSync("/etc/passwd").mode, mode);
    const manifest = parseManifest(await runMeta.readManifest(done));
    const digests = Object.fromEntries(manifest.map(({ path, sha256 }) => [path, sha256]));
    assert.equal(digests.in, sha256("a\n"));
    assert.equal(digests.out, sha256("/etc/passwd"), "never what is out of the run");
    assert.equal(digests.dangling, sha256("nowhere"));
    assert.equal(digests["sub/dir/x"], sha256("x\n"));
    assert.equal("pipe" in digests, false);
    assert.equal(statSync(join(run.runDir, "b.txt")).mode & 0o7777, 0o555);
    renameSync(run.runDir, `${run.runDir}.moved`);
    symlinkSync(`${run.runDir}.moved`, run.runDir);
    assert.equal(await runStatus(await openRun(run.runDir)), "completed");
  });
});
