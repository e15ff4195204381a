/** A staged run needs its project no longer: in its run phase, the project is not there. */

import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { parseScopeRecords, type ScopeRecord } from "../../lib/phases/scope/scope_record.ts";
import { execRun, type ExecRunOptions } from "../../lib/run/exec_run.ts";
import { finalizeRun } from "../../lib/run/finalize_run.ts";
import { linkedPaths } from "../../lib/run/_linked_paths.ts";
import { stageRun } from "../../lib/run/stage_run.ts";
import { associateProject } from "../../lib/run/associate_project.ts";
import type { JsonObject, PhaseName, Run } from "../../lib/types.ts";
import { initialized, inProject, staged } from "../run/_tools.ts";
import { skip } from "./_skip.ts";

const FILES = {
  "train.sh": "cat config data/x.csv",
  "config": "lr=1\n",
  "data/x.csv": "1,2\n",
  "notes": "not a dependency\n",
};
const DATA: JsonObject = { sourcecode: ["train.sh", "config"], depends: ["data/x.csv"] };
const SCOPED: ExecRunOptions = { scope: "require" };

/** Executes a staged run in a scope, and returns what it printed. */
async function exec(run: Run, options: ExecRunOptions = SCOPED): Promise<string> {
  let output = "";
  const onOutput = (chunk: Uint8Array) => void (output += new TextDecoder().decode(chunk));
  await execRun(run, { ...options, onOutput });
  return output;
}

async function recordOf(run: Run, phase: PhaseName = "run"): Promise<ScopeRecord> {
  return parseScopeRecords((await runMeta.readText(run, "proc/scope.json"))!)[phase]!;
}

test("a staged run whose project has been deleted runs in its scope", { skip }, async () => {
  await inProject(FILES, async (project, runs) => {
    const run = await staged(runs, project, { command: ["sh", "train.sh"], data: DATA });
    await associateProject(run, project);
    rmSync(project, { recursive: true });
    assert.equal(await exec(run), "lr=1\n1,2\n");
    const { layers } = await recordOf(await finalizeRun(run));
    assert.match(layers[0], /^bubblewrap/);
  });
});

const noSharedMemory = existsSync("/dev/shm") ? skip : "has no /dev/shm";

test(
  "a run in shared memory sees itself there, and nothing else",
  { skip: noSharedMemory },
  async () => {
    const runs = mkdtempSync("/dev/shm/runlit-runs-");
    try {
      await inProject(FILES, async (project) => {
        const command = `sh train.sh; echo new > result; ls /dev/shm ${runs}`;
        const run = await staged(runs, project, { command, data: DATA });
        const output = await exec(run);
        assert.equal(
          output.replaceAll(runs, "RUNS"),
          `lr=1\n1,2\n/dev/shm:\n${basename(runs)}\n\nRUNS:\n${run.id}\n`,
        );
        assert.equal(readFileSync(join(run.runDir, "result"), "utf8"), "new\n");
      });
    } finally {
      rmSync(runs, { recursive: true });
    }
  },
);

test("a staged run runs while its project is there, and cannot be read", { skip }, async () => {
  await inProject(FILES, async (project, runs) => {
    const command = `sh train.sh; cat ${project}/notes; ls ${project}; echo x > ${project}/notes`;
    const run = await staged(runs, project, { command, data: DATA });
    await associateProject(run, project);
    const output = await exec(run);
    assert.match(output, /^lr=1\n1,2\ncat: .*notes: No such file or directory\n/);
    assert.doesNotMatch(output, /not a dependency|train\.sh$/m);
    const { withheld } = await recordOf(run);
    assert.ok(withheld.paths.includes(project));
  });
});

test(
  "a project whose modes keep everybody out is no matter to a staged run",
  { skip },
  async () => {
    await inProject(FILES, async (project, runs) => {
      const run = await staged(runs, project, { command: ["sh", "train.sh"], data: DATA });
      await associateProject(run, project);
      chmodSync(project, 0o000);
      try {
        assert.equal(await exec(run), "lr=1\n1,2\n");
      } finally {
        chmodSync(project, 0o755);
      }
    });
  },
);

test("what a run links to can be read, and nothing beside it", { skip }, async () => {
  const data = { sourcecode: ["config"], depends: { files: "*.csv", from: "data", link: true } };
  const files = { ...FILES, "data/y.csv": "3\n", "data/notes.txt": "private\n" };
  await inProject(files, async (project, runs) => {
    const command = `cat x.csv y.csv ${project}/data/y.csv; echo forged > x.csv; ` +
      `cat ${project}/data/notes.txt ${project}/notes; ls ${project}/data`;
    const run = await staged(runs, project, { command, data });
    await associateProject(run, project);
    const output = await exec(run);
    assert.match(output, /^1,2\n3\n3\n/);
    assert.match(output, /x\.csv: Read-only file system/);
    assert.equal(output.match(/No such file/g)?.length, 2, output);
    assert.match(output, /x\.csv\ny\.csv\n$/);
    const linked = [join(project, "data/x.csv"), join(project, "data/y.csv")];
    const { permissions } = await recordOf(await finalizeRun(run));
    assert.deepEqual((permissions.read as JsonObject).linked, linked);
  });
});

test("files of another run that are linked can be read, and not its others", { skip }, async () => {
  await inProject(FILES, async (project, runs) => {
    const first = await staged(runs, project, { command: "echo 1 > out; echo 2 > other" });
    await execRun(first);
    await finalizeRun(first);
    const depends = { "run-select": first.id, files: "out", link: true };
    for (const permissions of ["default", "strict"]) {
      const command = `cat out ${first.runDir}/other`;
      const data = { sourcecode: false, depends, permissions };
      const run = await staged(runs, project, { command, data });
      assert.match(await exec(run), /^1\ncat: .*other: No such file/);
    }
  });
});

test("what is denied is not let through by a link, nor is a link of a phase's own", {
  skip,
}, async () => {
  await inProject(FILES, async (project, runs) => {
    const data = {
      sourcecode: ["config"],
      depends: { files: "data/*", link: true },
      permissions: { run: { read: { deny: ["${project}/data"] } } },
      exec: { "stage-runtime": `ln -s ${project}/notes mine` },
    };
    const run = await initialized(runs, { command: "cat data/x.csv; cat mine", data });
    await associateProject(run, project);
    await stageRun(run, project, { scope: "require" });
    const output = await exec(run);
    assert.doesNotMatch(output, /1,2|not a dependency/);
    assert.equal(output.match(/^cat: /gm)?.length, 2, output);
    assert.equal(((await recordOf(run)).permissions.read as JsonObject).linked, undefined);
  });
});

test("linkedPaths() names directories that are linked as a whole, where files are many", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 100 }, (_, i) => [`data/${i % 2}/sub/${i}`, ""]),
  );
  await inProject({ ...many, "part/a": "", "part/b": "" }, (project) => {
    const file = (source: string) => ({ path: source, source, sha256: "", size: 0, link: true });
    const dependency = { source: project, files: [...Object.keys(many), "part/a"].map(file) };
    const { paths, warnings } = linkedPaths([dependency]);
    assert.deepEqual([[...paths].sort(), warnings], [
      [join(project, "data"), join(project, "part/a")],
      [],
    ]);
    const few = linkedPaths([{ source: project, files: dependency.files.slice(0, 3) }]);
    assert.equal(few.paths.length, 3);
    return Promise.resolve();
  });
});

test(
  "hundreds of linked files are all there, and a warning says what else is",
  { skip },
  async () => {
    const files = Array.from({ length: 600 }, (_, i) => [`data/${i}.csv`, `${i}\n`] as const);
    await inProject({ ...Object.fromEntries(files), "data/notes": "" }, async (project, runs) => {
      const data = { depends: { files: "*.csv", from: "data", link: true }, sourcecode: false };
      const run = await staged(runs, project, { command: "cat *.csv | wc -l", data });
      await associateProject(run, project);
      const warnings: string[] = [];
      const onWarning = (warning: string) => void warnings.push(warning);
      assert.equal((await exec(run, { ...SCOPED, onWarning })).trim(), "600");
      assert.match(
        warnings.join("\n"),
        /600 linked files are too many .* all of '.*data' can be read/,
      );
    });
  },
);

test("a link's target that is gone is said before the command starts", { skip }, async () => {
  await inProject(FILES, async (project, runs) => {
    const depends = { files: "data/x.csv", link: true };
    const run = await staged(runs, project, {
      command: "cat data/x.csv",
      data: { depends, sourcecode: false },
    });
    await associateProject(run, project);
    rmSync(join(project, "data"), { recursive: true });
    const warnings: string[] = [];
    const onWarning = (warning: string) => void warnings.push(warning);
    assert.match(await exec(run, { ...SCOPED, onWarning }), /No such file/);
    assert.match(warnings.join("\n"), /'.*data\/x\.csv' in 'depends' does not exist/);
  });
});

test(
  "a run in profile strict gets the run's own variables, as in all others",
  { skip },
  async () => {
    await inProject(FILES, async (project, runs) => {
      for (const permissions of ["default", "strict"]) {
        const data: JsonObject = { ...DATA, permissions };
        const command = "echo $PYTHONDONTWRITEBYTECODE";
        const run = await staged(runs, project, { command, data });
        assert.equal(await exec(run), "1\n");
        assert.ok(!(await recordOf(run)).withheld.variables.includes("PYTHONDONTWRITEBYTECODE"));
      }
    });
  },
);
