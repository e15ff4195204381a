import assert from "node:assert/strict";
import { test } from "node:test";
import { findDoc } from "../../../repl/prompt/docs/find_doc.ts";

test("findDoc() tells signature, first sentence and option keys, those that are inherited too", () => {
  const doc = findDoc("exec_run")!;
  assert.match(doc.signature, /^async function exec_run\(run: Run, options: ExecRunOptions/);
  assert.match(doc.sentence, /^Starts the command .*\.$/);
  for (const key of ["stdin", "timeLimit", "grace"]) assert(doc.optionKeys.includes(key), key);
});

test("findDoc() knows members by the functions that they are, and by themselves", () => {
  assert.match(findDoc("runMeta.read_config")!.signature, /runMeta\.read_config\(run: /);
  assert.match(findDoc("run_meta.readEnv")!.sentence, /environment/);
  assert.match(findDoc("Run.runDir")!.sentence, /^Directory /);
  assert.equal(findDoc("runMeta.nope"), null);
  assert(findDoc("runMeta")!.members.includes("readOutput"));
});

test("findDoc() leaves out of examples what a session has in scope", () => {
  const { example } = findDoc("makeRun")!;
  assert.match(example!, /await makeRun\(/);
  assert.doesNotMatch(example!, /runlit/);
});
