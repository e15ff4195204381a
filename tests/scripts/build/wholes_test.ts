import assert from "node:assert/strict";
import { test } from "node:test";
import { findWholes } from "../../../scripts/build/wholes.ts";

const wholes = findWholes();

test("the start of a command loads little of the library, in one file", () => {
  assert.deepEqual(wholes.of("scripts/cli/main.ts"), ["lib:start", "scripts/cli:light"]);
  assert.deepEqual(wholes.parts("lib:start").sort(), [
    "lib/runtime/user_cache_dir.ts",
    "lib/suggest.ts",
  ]);
});

test("what loads the library loads the part that the start needs", () => {
  // Else that would be two files for every command.
  assert.deepEqual(wholes.of("lib/store/list_runs.ts"), ["lib:reading", "lib:start"]);
  assert.deepEqual(wholes.of("lib/run/exec_run.ts"), ["lib:reading", "lib:start", "lib:working"]);
});
