import assert from "node:assert/strict";
import { test } from "node:test";
import { phaseEnv, RUN_VARIABLES } from "../../lib/phases/run_env.ts";

test("phaseEnv() passes nothing of an outer run on to an inner one", () => {
  const outer = Object.fromEntries(RUN_VARIABLES.map((name) => [name, "outer"]));
  assert.deepEqual(phaseEnv({ inherited: { ...outer, HOME: "/h" }, vars: {} }), { HOME: "/h" });
});

test("phaseEnv() lets the run's variables win over the command's own", () => {
  const env = phaseEnv({
    inherited: { A: "inherited", B: "inherited", C: undefined },
    defaults: { A: "default", B: "default" },
    own: { RUN_ID: "x", RUN_DIR: "y", A: "own" },
    vars: { RUN_ID: "a1", RUN_DIR: "/r/a1" },
  });
  assert.deepEqual(env, { A: "own", B: "default", RUN_ID: "a1", RUN_DIR: "/r/a1" });
});
