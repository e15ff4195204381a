/** What a run left as links is not what the next one gets, unless that may read it anyway. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { ExecRunOptions } from "../../lib/run/exec_run.ts";
import { stageRun } from "../../lib/run/stage_run.ts";
import type { JsonObject, JsonValue, Run } from "../../lib/types.ts";
import { initialized, inProject, sealed } from "../run/_tools.ts";
import { skip } from "./_skip.ts";

const FILES = { "train.py": "", "data/x.csv": "1,2\n", "notes/private": "hush\n" };
const SCOPED: ExecRunOptions = { scope: "require" };

/** Stages a run that depends on files of the newest run of `prepare`. */
async function use(
  runs: string,
  project: string,
  depends: JsonObject,
  permissions: JsonValue = {},
  options: ExecRunOptions = SCOPED,
): Promise<Run> {
  const data = {
    sourcecode: "*.py",
    permissions,
    depends: { "run-select": "prepare", ...depends },
  };
  const run = await initialized(runs, { data });
  await stageRun(run, project, options);
  return run;
}

async function prepare(runs: string, project: string, command: string, data: JsonObject = {}) {
  const opref = { namespace: "test", name: "prepare" };
  return await sealed(runs, project, { opref, command, data: { sourcecode: false, ...data } });
}

test("a link that a run left leads the next one to nothing that is hidden", { skip }, async () => {
  await inProject(FILES, async (project, runs) => {
    await prepare(runs, project, `ln -s ${project}/notes/private model; ln -s ${project} all`);
    const refused = (link: string, target: string, pattern: string) =>
      `DependencyError: Cannot resolve dependency '${link}' of operation 'op': run 'NAME' has a ` +
      `link there, to '${target}', which phase 'run' may not read; leave it out with the pattern ` +
      `"${pattern}", or allow it: permissions.run.read = ["\${default}", "\${project}LINE"]`;
    const why = async (depends: JsonObject) => {
      const error = await use(runs, project, depends).then(() => null, (error) => error);
      return String(error).replace(/run '[a-z-]+' has/, "run 'NAME' has").replace(
        /(\$\{project\})([^"]*)"\]$/,
        '$1LINE"]',
      );
    };
    const secret = join(project, "notes/private");
    assert.equal(await why({ files: "model" }), refused("model", secret, "-model"));
    assert.equal(await why({ files: "model", link: true }), refused("model", secret, "-model"));
    assert.equal(await why({}), refused("all", project, "-all dir"));
    assert.equal(
      await why({ files: "x.csv", from: "all/data" }),
      refused("all", project, "-all dir"),
    );
  });
});

test("a link is followed to what the next run may read", { skip }, async () => {
  await inProject(FILES, async (project, runs) => {
    await prepare(runs, project, `ln -s ${project}/data/x.csv in.csv; echo 3 > own; ln -s own too`);
    const text = (run: Run, name: string) => readFileSync(join(run.runDir, name), "utf8");
    const allowed = { run: { read: ["${default}", "${project}/data"] } };
    assert.equal(text(await use(runs, project, { files: "in.csv" }, allowed), "in.csv"), "1,2\n");
    // Within its run, it always is.
    assert.equal(text(await use(runs, project, { files: "too" }), "too"), "3\n");
    // Nothing is hidden without a scope.
    const open = await use(runs, project, { files: "in.csv" }, {}, { scope: "off" });
    assert.equal(text(open, "in.csv"), "1,2\n");
  });
});

test(
  "what a run had declared as a link is followed, as long as it leads there",
  { skip },
  async () => {
    await inProject(FILES, async (project, runs) => {
      const linked = { depends: { files: "data/x.csv", link: true } };
      await prepare(runs, project, "cat data/x.csv", linked);
      const run = await use(runs, project, { files: "data/x.csv" });
      assert.equal(readFileSync(join(run.runDir, "data/x.csv"), "utf8"), "1,2\n");
      const other = `rm data/x.csv; ln -s ${project}/notes/private data/x.csv`;
      await prepare(runs, project, other, linked);
      await assert.rejects(
        use(runs, project, { files: "data/x.csv" }),
        /which phase 'run' may not/,
      );
    });
  },
);
