import assert from "node:assert/strict";
import { test } from "node:test";
import { phaseVars } from "../../lib/phases/phase_vars.ts";
import { phaseEnv } from "../../lib/phases/run_env.ts";

const run = { id: "a1", name: "n", runDir: "/r/a1", metaDir: "/r/a1.meta", opref: null };

test("phaseEnv() passes nothing of an outer run on to an inner one", () => {
  const outer = { ...phaseVars("run", run), ...phaseVars("sourcecode", run, { projectDir: "/p" }) };
  assert.equal(Object.keys(outer).length, 6);
  assert.deepEqual(phaseEnv({ inherited: { ...outer, HOME: "/h" }, vars: {} }), { HOME: "/h" });
});

test("phaseEnv() lets the run's variables win over the command's own", () => {
  const own = { RUN_ID: "x", RUN_DIR: "y", A: "own" };
  const env = phaseEnv({
    inherited: { A: "inherited", B: "inherited", C: undefined },
    defaults: { A: "default", B: "default" },
    own,
    vars: phaseVars("run", run, { parentDir: "/p" }),
  });
  assert.deepEqual(env, {
    A: "own",
    B: "default",
    RUN_ID: "a1",
    RUN_DIR: "/r/a1",
    PARENT_PWD: "/p",
  });
});

test("phaseVars() names the project only to the phases that stage a run", () => {
  const names = (phase: Parameters<typeof phaseVars>[0]) =>
    Object.keys(phaseVars(phase, run, { projectDir: "/p" })).join(" ");
  for (const phase of ["sourcecode", "runtime", "dependencies"] as const) {
    assert.equal(names(phase), "run_id run_dir project_dir");
  }
  assert.equal(names("run"), "RUN_ID RUN_DIR PARENT_PWD");
  assert.equal(names("finalize"), "run_id run_dir");
  assert.equal(phaseVars("run", run).PARENT_PWD, process.cwd());
});
