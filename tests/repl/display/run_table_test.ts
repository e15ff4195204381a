import assert from "node:assert/strict";
import { test } from "node:test";
import { formatRuns } from "../../../repl/display/run_table.ts";

const RUN = {
  id: "a1b2c3d4-1234-4abc-8def-0123456789ab",
  name: "lusab-babad",
  runDir: "/runs/a",
  metaDir: "/runs/a.meta",
  opref: { namespace: "demo", name: "train" },
  status: "completed" as const,
  started: 1_795_183_384_949_123,
  label: "first try",
};

test("formatRuns() leaves columns out rather than break lines", () => {
  const titles = (width: number) =>
    formatRuns([RUN] as never, 1_795_183_384_949 + 60_000, { width }).split("\n")[0].split(/ +/);
  assert.deepEqual(titles(100), ["#", "name", "operation", "started", "status", "description"]);
  assert.deepEqual(titles(60), ["#", "name", "operation", "started", "status"]);
  assert.deepEqual(titles(40), ["#", "name", "operation", "status"]);
  assert.deepEqual(titles(28), ["#", "name", "status"]);
});
