/** What a phase leaves for the toolkit to stumble over, scoped or not: it reads and writes nothing outside. */

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { listFiles } from "../../lib/files/list_files.ts";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { execRun } from "../../lib/run/exec_run.ts";
import { finalizeRun } from "../../lib/run/finalize_run.ts";
import { stageRun } from "../../lib/run/stage_run.ts";
import type { Run } from "../../lib/types.ts";
import { initialized, inProject } from "./_tools.ts";

const FILES = { "conf.json": '{"lr": 1}\n', "sub/conf.json": '{"lr": 1}\n', "a.txt": "a\n" };
const VICTIM = '{"lr": 7, "private": "not-for-runs"}\n';

/** Commands that replace what the toolkit reads or writes next; `$V` is a file outside. */
const LEFT: Readonly<Record<string, string>> = {
  "a link to a file": "rm conf.json; ln -s $V conf.json",
  "a link to a directory": 'rm -r sub; ln -s "$(dirname $V)" sub',
  "a link for a new file": "ln -s $V new",
  "a chain of links": "ln -s $V one; ln -s one two; rm a.txt; ln -s two a.txt",
  "a pipe": "rm conf.json a.txt; mkfifo conf.json a.txt new",
  "a link to a pipe": "mkfifo pipe; rm conf.json; ln -s pipe conf.json",
  "a link to itself": "rm conf.json; ln -s conf.json conf.json",
  "a name with control characters": "touch \"$(printf 'x\\033]0;y\\007')\"",
};

/** Takes a run through all its phases, as far as it comes. */
async function go(run: Run, project: string): Promise<Run> {
  try {
    await stageRun(run, project);
    await execRun(run);
    return await finalizeRun(run);
  } catch {
    // What cannot be staged is refused, which is as good.
    return run;
  }
}

for (
  const phase of ["stage-sourcecode", "stage-runtime", "stage-dependencies", "run", "finalize"]
) {
  for (const [what, command] of Object.entries(LEFT)) {
    test(`${what}, left by ${phase}, leads nowhere`, async () => {
      await inProject(FILES, async (project, runs) => {
        const victim = join(dirname(project), "outside", "conf.json");
        mkdirSync(dirname(victim));
        writeFileSync(victim, VICTIM, { mode: 0o666 });
        const { mode } = statSync(victim);
        const text = command.replaceAll("$V", victim);
        const run = await initialized(runs, {
          command: phase === "run" ? text : "true",
          config: { lr: 2 },
          data: {
            sourcecode: "**/*",
            config: ["conf.json", "sub/conf.json"],
            exec: phase === "run" ? {} : { [phase]: text },
          },
        });
        const done = await go(run, project);
        if (phase === "run" || phase === "finalize") assert.match(done.metaDir, /\.meta\.zip$/);
        assert.equal(readFileSync(victim, "utf8"), VICTIM);
        assert.equal(statSync(victim).mode, mode);
        assert.ok(existsSync(victim));
        for (const { path, kind } of await listFiles(run.runDir)) {
          if (kind !== "file") continue;
          const held = readFileSync(join(run.runDir, path), "latin1");
          assert.ok(!held.includes("not-for-runs"), path);
        }
        for (const path of await runMeta.ls(done)) {
          const held = await runMeta.readText(done, path) ?? "";
          assert.ok(!held.includes("not-for-runs"), path);
        }
      });
    });
  }
}
