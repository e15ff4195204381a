import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { decodeOpRef, encodeOpRef } from "../../lib/meta/opref.ts";
import { newRunId } from "../../lib/meta/new_run_id.ts";
import { runMetaDir, runMetaPath } from "../../lib/meta/run_paths.ts";
import { runName } from "../../lib/meta/run_name.ts";
import { formatLogEntry, logRunner, parseRunnerLog } from "../../lib/meta/runner_log.ts";
import { nextTimestamp, parseTimestamp } from "../../lib/meta/timestamps.ts";

test("runName() makes the names that Gage makes", () => {
  const names: Record<string, string> = {
    "00000000": "babab-babab",
    ffffffff: "zuzuz-zuzuz",
    "7f000001": "lusab-babad",
    "60a825b1": "kafom-fikud",
    "60a82": "babak-bopaf",
    deadbeef: "tupot-ruroz",
    "12345678": "damuh-jinum",
    b1c491ed: "ralah-nalot",
    "01a1f885": "bakod-zofaj",
    "80000000": "mabab-babab",
    "0000ffff": "babab-zuzuz",
    aaa: "babab-bopop",
  };
  for (const [id, name] of Object.entries(names)) assert.equal(runName(id), name);
});

test("runName() gives an ID that cannot be pronounced its own name", () => {
  for (const id of ["", "foo", "0x12-foo", "-1", "60a8-5b1-1"]) assert.equal(runName(id), id);
});

test("newRunId() makes IDs that differ", () => {
  assert.equal(new Set(Array.from({ length: 1000 }, newRunId)).size, 1000);
});

test("nextTimestamp() always increases and is the time", () => {
  let last = 0;
  for (let i = 0; i < 10_000; i++) {
    const next = nextTimestamp();
    assert(next > last && Number.isSafeInteger(next));
    last = next;
  }
  assert(Math.abs(last / 1000 - Date.now()) < 60_000);
});

test("parseTimestamp() reads digits and nothing else", () => {
  assert.equal(parseTimestamp("1700000000000001\n"), 1700000000000001);
  for (const text of ["", "x", "1.5", "1e5", "12345678901234567890"]) {
    assert.equal(parseTimestamp(text), null);
  }
});

test("encodeOpRef() and decodeOpRef() keep every part", () => {
  const parts = [
    "a",
    "my op",
    "a%20b",
    "a%zz",
    "ä\tö",
    "100%",
    "%25",
    "x\u00a0y",
    "a\nb",
    "日本 語",
  ];
  for (const namespace of parts) {
    for (const name of parts) {
      for (const version of [undefined, ...parts]) {
        const opref = version === undefined ? { namespace, name } : { namespace, name, version };
        const text = encodeOpRef(opref);
        assert.equal(text.split(/\s/).length, version === undefined ? 3 : 4);
        assert.deepEqual(decodeOpRef(text), opref);
      }
    }
  }
});

test("encodeOpRef() writes version 1 in layout text, and refuses what it cannot hold", () => {
  const opref = { namespace: "test", name: "test" };
  assert.equal(encodeOpRef(opref, { layout: "text" }), "1 test test");
  assert.throws(
    () => encodeOpRef({ ...opref, version: "2" }, { layout: "text" }),
    /Cannot record version '2' of operation 'test'/,
  );
  assert.throws(() => encodeOpRef({ namespace: "", name: "test" }), /its namespace is empty/);
  assert.throws(() => encodeOpRef({ namespace: "test", name: "" }), /its name is empty/);
});

test("decodeOpRef() reads both versions and says what is wrong with others", () => {
  assert.deepEqual(decodeOpRef("1 ns op\n"), { namespace: "ns", name: "op" });
  assert.deepEqual(decodeOpRef("2 ns op 1  "), { namespace: "ns", name: "op", version: "1" });
  assert.throws(() => decodeOpRef("3 ns op"), /it has version 3, this program knows 1 and 2/);
  for (const text of ["", "2", "2 ns", "2  op", "1 ns op 1", "2 ns op 1 2", "ns op", "2 ns  op"]) {
    assert.throws(() => decodeOpRef(text), /Cannot read operation reference/, text);
  }
});

test("runMetaDir() is beside the run directory unless the run says otherwise", () => {
  assert.equal(runMetaDir({ runDir: "/r/a/" }), "/r/a.meta");
  assert.equal(runMetaDir({ runDir: "/r/a", metaDir: "/m/a.meta.zip" }), "/m/a.meta.zip");
  assert.equal(runMetaPath({ runDir: "/r/a" }, "proc", "lock"), "/r/a.meta/proc/lock");
});

test("logRunner() appends dated lines, and indents what follows the first", () => {
  const meta = mkdtempSync(join(tmpdir(), "runlit-"));
  logRunner({ runDir: "", metaDir: meta }, "Writing meta id");
  logRunner(meta, "Source code include:\n  ['**/*']");
  logRunner(meta, "Starting run: a\n2024-07-05T10:11:12+0200 b\n");
  const text = readFileSync(join(meta, "log", "runner"), "utf8");
  assert.deepEqual(text.replace(/^\S{24} /gm, "").split("\n"), [
    "Writing meta id",
    "Source code include:",
    "  ['**/*']",
    "Starting run: a",
    "  2024-07-05T10:11:12+0200 b",
    "",
  ]);
  assert.deepEqual(parseRunnerLog(text).map((entry) => entry.message), [
    "Writing meta id",
    "Source code include:\n  ['**/*']",
    "Starting run: a\n  2024-07-05T10:11:12+0200 b",
  ]);
  assert.equal(statSync(join(meta, "log", "runner")).mode & 0o200, 0o200);
  rmSync(meta, { recursive: true });
});

test("logRunner() refuses a sealed run and a missing meta directory", () => {
  assert.throws(() => logRunner("/nowhere/a.meta.zip", "x"), /the run is sealed/);
  assert.throws(() => logRunner("/nowhere/a.meta", "x"), { code: "ENOENT" });
});

test("formatLogEntry() writes local time with its offset", () => {
  const date = new Date(2024, 0, 2, 3, 4, 5);
  const entry = formatLogEntry(date, "x");
  assert.match(entry, /^2024-01-02T03:04:05[+-]\d{4} x\n$/);
  assert.equal(new Date(entry.slice(0, 24)).getTime(), date.getTime());
});
