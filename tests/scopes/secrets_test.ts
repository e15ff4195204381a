/** Values of variables that look like secrets are nowhere in a run's files, allowed or not. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { listFiles } from "../../lib/files/list_files.ts";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { execRun } from "../../lib/run/exec_run.ts";
import { finalizeRun } from "../../lib/run/finalize_run.ts";
import { stageRun } from "../../lib/run/stage_run.ts";
import type { JsonObject } from "../../lib/types.ts";
import { initialized, inProject } from "../run/_tools.ts";
import { skip } from "./_skip.ts";

const VALUE = "v4lue-of-a-secret";

/** Files below a directory that hold a text. */
async function filesWith(dir: string, text: string): Promise<string[]> {
  const files = await listFiles(dir);
  return files.map(({ path }) => path)
    .filter((path) => readFileSync(join(dir, path)).includes(text));
}

const cases: readonly [string, JsonObject, string][] = [
  ["withheld", {}, "0 17\n"],
  ["allowed", { permissions: { env: ["${default}", "HF_TOKEN"] } }, "17 17\n"],
  ["let through with all others", { permissions: { env: true } }, "17 17\n"],
  ["let through by profile open", { permissions: "open" }, "17 17\n"],
];

for (const [how, data, expected] of cases) {
  test(`a secret that is ${how} is stored nowhere`, { skip }, async () => {
    await inProject({ "a.py": "" }, async (project, runs) => {
      process.env.HF_TOKEN = VALUE;
      try {
        const own = { WANDB_API_KEY: VALUE };
        const command = "echo ${#HF_TOKEN} ${#WANDB_API_KEY}";
        const run = await initialized(runs, {
          command,
          data: { ...data, exec: { "stage-runtime": "echo ${#HF_TOKEN} > runtime" } },
        });
        await stageRun(run, project, { scope: "require" });
        const result = await execRun(run, { scope: "require", env: own });
        assert.equal(result.message ?? "", "");
        assert.deepEqual(await filesWith(runs, VALUE), []);
        const sealed = await finalizeRun(run);
        assert.equal(await runMeta.readOutput(sealed, "40_run"), expected);
        // In the zip, too, whether it is compressed or not.
        const named: string[] = [];
        for (const path of await runMeta.ls(sealed)) {
          const text = await runMeta.readText(sealed, path) ?? "";
          assert.ok(!text.includes(VALUE), path);
          if (text.includes("HF_TOKEN")) named.push(path);
        }
        assert.equal(named.includes("proc/scope.json"), how === "withheld" || how === "allowed");
      } finally {
        delete process.env.HF_TOKEN;
      }
    });
  });
}
