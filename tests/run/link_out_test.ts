import assert from "node:assert/strict";
import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { linkOut } from "../../lib/run/_link_out.ts";
import { stageRun } from "../../lib/run/stage_run.ts";
import type { JsonObject, Run } from "../../lib/types.ts";
import { initialized, inProject, inTempDir, sealed, staged, writeTree } from "./_tools.ts";

const FILES = { "t.py": "lr = 0.1\n", "src/t.py": "lr = 0.1\n", "data/x.csv": "fresh\n" };
const OUTSIDE = { "x.csv": "precious\n", "t.py": "lr = 7\n", "s.json": '{"secret": 1}\n' };

/** A project, and a directory beside it that no run may touch. */
async function beside(use: (project: string, runs: string, outside: string) => Promise<void>) {
  await inProject(FILES, async (project, runs) => {
    const outside = join(project, "..", "outside");
    writeTree(outside, OUTSIDE);
    await use(project, runs, outside);
    for (const [name, text] of Object.entries(OUTSIDE)) {
      assert.equal(readFileSync(join(outside, name), "utf8"), text);
    }
    assert.deepEqual(readdirSync(outside).sort(), Object.keys(OUTSIDE).sort());
  });
}

test("linkOut() finds the link that leads out", async () => {
  await inTempDir((dir) => {
    writeTree(dir, { "run/a/b": "", "outside/c": "" });
    const run = join(dir, "run");
    symlinkSync("../outside", join(run, "out"));
    symlinkSync("a", join(run, "in"));
    symlinkSync("nothing", join(run, "broken"));
    symlinkSync("../run-two", join(run, "a/beside"));
    const target = join(dir, "outside");
    assert.deepEqual(linkOut(run, "out/c"), { link: "out", target });
    assert.deepEqual(linkOut(run, "out"), { link: "out", target });
    assert.equal(linkOut(run, "in/b"), null);
    assert.equal(linkOut(run, "in/not/there"), null);
    assert.deepEqual(linkOut(run, "broken/x"), { link: "broken", target: null });
    assert.deepEqual(linkOut(run, "in/beside"), { link: "in/beside", target: null });
    return Promise.resolve();
  });
});

test("a dependency is not put where a link of an earlier phase leads", async () => {
  await beside(async (project, runs, outside) => {
    for (const link of [false, true]) {
      const data: JsonObject = {
        sourcecode: "*.py",
        exec: { "stage-runtime": `ln -s ${outside} data` },
        depends: { files: "data/*.csv", link },
      };
      const run = await initialized(runs, { data });
      await assert.rejects(
        stageRun(run, project),
        /^DependencyError: .* 'data\/x\.csv': 'data' of the run is a link that leads out of it/,
      );
    }
  });
});

test("a dependency may go where a link within the run leads", async () => {
  await beside(async (project, runs) => {
    const exec = { "stage-runtime": "mkdir real; ln -s real data" };
    const data: JsonObject = { sourcecode: "*.py", exec, depends: "data/*.csv" };
    const run = await staged(runs, project, { data });
    assert.equal(readFileSync(join(run.runDir, "real/x.csv"), "utf8"), "fresh\n");
  });
});

test("a script is not patched where a link of an earlier phase leads", async () => {
  await beside(async (project, runs, outside) => {
    const script = { flags: { lr: { default: 0.1 } }, "flags-dest": "globals" };
    for (
      const [path, replace] of [
        ["t.py", `rm t.py; ln -s ${outside}/t.py t.py`],
        ["src/t.py", `rm -r src; ln -s ${outside} src`],
      ]
    ) {
      const data: JsonObject = { ...script, script: path, exec: { "stage-sourcecode": replace } };
      const run = await initialized(runs, { data, config: { lr: 0.5 } });
      await assert.rejects(stageRun(run, project), /^ConfigError: .* is a link that leads out/);
    }
  });
});

test("a summary is read from a file of the run, and from nothing else", async () => {
  await beside(async (project, runs, outside) => {
    const summary = async (command: string, more = {}): Promise<[unknown, string]> => {
      const run = await sealed(runs, project, { command, data: { sourcecode: "*.py", ...more } });
      return [JSON.parse((await runMeta.readText(run, "summary.json"))!), await said(run)];
    };
    const said = async (run: Run) =>
      (await runMeta.readLog(run)).map(({ message }) => message).filter((message) =>
        message.startsWith("Cannot read run summary")
      ).join();
    const linked = `ln -s ${outside}/s.json summary.json`;
    // Without a scope, the command may have read it itself.
    assert.deepEqual(await summary(linked), [{ secret: 1 }, ""]);
    assert.deepEqual(await summary(linked, { permissions: {} }), [
      {},
      `Cannot read run summary 'summary.json': 'summary.json' leads out of the run, to '${outside}/s.json'`,
    ]);
    const notFile = "Cannot read run summary 'summary.json': it is not a regular file";
    assert.deepEqual(await summary("mkfifo summary.json"), [{}, notFile]);
    assert.deepEqual(await summary("mkdir summary.json"), [{}, notFile]);
    assert.deepEqual(await summary("echo '{\"a\": 1}' > x; ln -s x summary.json"), [{ a: 1 }, ""]);
    assert.deepEqual(await summary("true"), [{}, ""]);
  });
});
