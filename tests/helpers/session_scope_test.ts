import assert from "node:assert/strict";
import { after, test } from "node:test";
import * as helpers from "../../repl/helpers/mod.ts";
import { HELPER_NAMES, LIBRARY_NAMES } from "../../repl/helpers/session_names.ts";
import { sessionScope } from "../../repl/helpers/session_scope.ts";
import { createEvaluator } from "../../repl/session/create_evaluator.ts";
import { formatValue } from "../../repl/session/format_value.ts";

const evaluator = createEvaluator({ scope: sessionScope() });
after(() => evaluator.close());

async function value(source: string): Promise<unknown> {
  const evaluation = await evaluator.evaluate(source);
  if (evaluation.status === "value") return evaluation.value;
  throw evaluation.status === "error" ? evaluation.error : new Error(evaluation.status);
}

test("sessions know the names of all helpers and of the library before they load them", async () => {
  assert.deepEqual([...HELPER_NAMES].sort(), Object.keys(helpers).sort());
  const known = new Set([...HELPER_NAMES, ...LIBRARY_NAMES]);
  const unknown = Object.keys(await import("../../mod.ts")).filter((name) => !known.has(name));
  assert.deepEqual(unknown, [], "npm run exports writes repl/helpers/session_names.ts");
});

test("what needs nothing of the scope is evaluated without loading it", () => {
  for (const source of ["1 + 1", "`a${1}b`", "/a$/.test('a')", "'x'.length", "[1].at(-1)"]) {
    assert.notEqual(evaluator.evaluateNow(source), null, source);
  }
});

test("helpers and the library answer to both spellings", async () => {
  assert.equal(await value("path_join('a', 'b')"), "a/b");
  assert.equal(await value("pathJoin === path_join && makeTempDir === make_temp_dir"), true);
  assert.equal(await value("datetime_fromiso('2024-07-05T10:11:12Z').getTime()"), 1720174272000);
  assert.equal(await value("typeof make_run"), "function");
  assert.equal(await value("make_run === makeRun"), true);
  assert.equal(await value("typeof META_SCHEMA"), "string");
});

test("$ runs commands where the session is, and its result is not shown", async () => {
  await value("const dir = make_temp_dir(); cd(dir)");
  assert.equal(await value("(await $`pwd`.text()) === dir"), true);
  assert.equal(formatValue(await value("$`true`")), null);
  await value("cd('/'); delete_temp_dir(dir)");
});
