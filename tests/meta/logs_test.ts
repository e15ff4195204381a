import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  appendFilesLog,
  encodeFilesLog,
  type FilesLogEntry,
  parseFilesLog,
  readFilesLog,
} from "../../lib/meta/files_log.ts";
import { encodeManifest, parseManifest, reduceFilesLog } from "../../lib/meta/manifest.ts";
import { newUlid } from "../../lib/meta/new_ulid.ts";
import { encodeOutputIndexRecord, outputLines } from "../../lib/meta/output_index.ts";
import { decodeTextAttribute, encodeTextAttribute } from "../../lib/meta/text_attribute.ts";
import {
  readUserAttributes,
  readUserAttributesLog,
  setUserAttributes,
  userAttributesDir,
} from "../../lib/meta/user_attributes.ts";
import { inTempDir, randomFrom, writeTree } from "./_tools.ts";

const ODD_PATHS = [
  "a b.py",
  " lead",
  "trail ",
  "é/日本",
  "a\nb",
  "a\r\nb",
  '"quoted"',
  '"half',
  '"a\\nb"',
  "back\\slash",
  "-",
];

test("the files log has a line per entry", () => {
  const entries: FilesLogEntry[] = [
    { event: "a", type: "s", mtime: 1700000000000001, path: "train.py" },
    { event: "m", type: "g", mtime: 1700000000000002.5, path: "conf/a b.yaml" },
    { event: "d", type: "r", mtime: null, path: "gone" },
  ];
  assert.equal(
    encodeFilesLog(entries),
    "a s 1700000000000001 train.py\nm g 1700000000000002 conf/a b.yaml\nd r - gone\n",
  );
});

test("the files log and the manifest keep odd paths", () => {
  const entries = ODD_PATHS.map((path): FilesLogEntry => ({
    event: "a",
    type: "s",
    mtime: 1,
    path,
  }));
  assert.deepEqual(parseFilesLog(encodeFilesLog(entries)), entries);
  const files = ODD_PATHS.map((path) => ({ type: "s" as const, sha256: "0".repeat(64), path }));
  assert.deepEqual(parseManifest(encodeManifest(files)), files);
  assert.equal(encodeManifest(files).split("\n").length, ODD_PATHS.length + 1);
});

test("parseFilesLog() tells of bad lines and leaves out one that is not complete", () => {
  const warnings: string[] = [];
  const text = "a s 1 ok\nnonsense\nx s 1 a\na q 1 a\na s x a\na s 1\n\na s 2 cut o";
  const entries = parseFilesLog(text, { onWarning: (message) => warnings.push(message) });
  assert.deepEqual(entries.map((entry) => entry.path), ["ok"]);
  assert.equal(warnings.length, 6);
  assert.match(warnings[0]!, /^Line 2 of the files log is not an entry: "nonsense"$/);
});

test("parseFilesLog() and parseManifest() never throw", () => {
  const random = randomFrom(3);
  const pieces = [
    "a ",
    "s ",
    "d ",
    "- ",
    "12 ",
    "\n",
    '"',
    "\\",
    "x",
    " ",
    "0".repeat(64),
    "\r",
    "\0",
  ];
  for (let i = 0; i < 2000; i++) {
    let text = "";
    for (let n = random() * 20; n > 0; n--) text += pieces[Math.floor(random() * pieces.length)];
    parseFilesLog(text);
    parseManifest(text);
  }
});

test("appendFilesLog() appends, and readFilesLog() refuses a schema it does not know", async () => {
  await inTempDir(async (dir) => {
    const run = { runDir: "", metaDir: dir };
    assert.deepEqual(await readFilesLog(run), []);
    await appendFilesLog(run, [{ event: "a", type: "s", mtime: 1, path: "a" }]);
    await appendFilesLog(run, [{ event: "d", type: "s", mtime: null, path: "a" }]);
    assert.equal((await readFilesLog(run)).length, 2);
    writeFileSync(join(dir, "__schema__"), "2");
    await assert.rejects(readFilesLog(run), /its schema is '2', this program knows '1'/);
  });
});

test("reduceFilesLog() keeps the order in which files came, and their last type", () => {
  const log = parseFilesLog(
    "a s 1 a\na s 1 b\na r 1 c\nm g 2 b\nd g - a\na g 3 b\na d 4 a\nd g - x\n",
  );
  assert.deepEqual([...reduceFilesLog(log)], [["b", "g"], ["c", "r"], ["a", "d"]]);
});

test("parseManifest() skips what is no entry", () => {
  assert.deepEqual(parseManifest(`s ${"0".repeat(63)} a\n\ns ${"g".repeat(64)} a\nx\n`), []);
});

test("an output index has nine bytes per line", () => {
  assert.equal(
    Buffer.from(encodeOutputIndexRecord(0x01a1f88528af, "out")).toString("hex"),
    "000001a1f88528af00",
  );
  assert.equal(encodeOutputIndexRecord(1, "err")[8], 1);
});

test("outputLines() reads whatever was written", () => {
  const index = Buffer.concat([
    encodeOutputIndexRecord(1, "out"),
    encodeOutputIndexRecord(2, "err"),
  ]);
  const texts = (output: string | Uint8Array) =>
    outputLines(Buffer.from(output), index).map(({ text }) => text);
  assert.deepEqual(texts(""), []);
  assert.deepEqual(texts("\n"), [""]);
  assert.deepEqual(texts("a\n\nb"), ["a", "", "b"]);
  assert.deepEqual(texts("a\r\nb\rc\n"), ["a\r", "b\rc"]);
  assert.deepEqual(texts(Uint8Array.of(0xff, 0xfe, 10, 0xef, 0xbb, 0xbf, 0x61)), [
    "\ufffd\ufffd",
    "\ufeffa",
  ]);
  assert.deepEqual(outputLines(Buffer.from("a\nb\nc\n"), index.subarray(0, 17)), [
    { timestamp: 1, stream: "out", text: "a" },
    { timestamp: null, stream: "out", text: "b" },
    { timestamp: null, stream: "out", text: "c" },
  ]);
});

test("attributes of layout text are read back as they were", () => {
  const values = [
    "A test run",
    "",
    "123",
    "true",
    '"x"',
    "null",
    "a\nb",
    " x ",
    1,
    1.5,
    true,
    null,
    [1],
    { a: "b" },
  ];
  for (const value of values) {
    assert.deepEqual(decodeTextAttribute(encodeTextAttribute(value)), value);
  }
  assert.equal(encodeTextAttribute("A test run"), "A test run");
});

test("newUlid() makes a UUID of the time, and names that increase", () => {
  const id = newUlid(Date.now() + 1000);
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const ids = Array.from({ length: 1000 }, () => newUlid());
  assert.deepEqual([...ids].sort(), ids);
});

test("setUserAttributes() writes a file per change and never changes one", async () => {
  await inTempDir(async (dir) => {
    const run = { runDir: join(dir, "a1"), metaDir: join(dir, "a1.meta.zip") };
    assert.equal(userAttributesDir(run), join(dir, "a1.user"));
    assert.deepEqual(await readUserAttributes(run), {});
    await setUserAttributes(run, { label: "é", n: [1] }, { author: "joe" });
    await setUserAttributes(run, { label: "b" }, { author: "ann", remove: ["n", "x"] });
    const names = readdirSync(userAttributesDir(run)).sort();
    assert.equal(names.length, 2);
    const first = join(userAttributesDir(run), names[0]!);
    assert.equal(
      readFileSync(first, "utf8"),
      '{"author": "joe", "set": {"label": "\\u00e9", "n": [1]}, "delete": []}',
    );
    assert.equal(statSync(first).mode & 0o777, 0o444);
    assert.deepEqual(await readUserAttributes(run), { label: "b" });
    const log = await readUserAttributesLog(run);
    assert.deepEqual(log.map(({ id, author }) => [`${id}.json`, author]), [[names[0], "joe"], [
      names[1],
      "ann",
    ]]);
  });
});

test("setUserAttributes() comes after a change from a clock that is ahead", async () => {
  await inTempDir(async (dir) => {
    const run = { runDir: join(dir, "a1") };
    writeTree(userAttributesDir(run), {
      "f18bcfe5-6800-4aaa-8aaa-aaaaaaaaaaaa.json":
        '{"author": "x", "set": {"label": "ahead"}, "delete": []}',
    });
    await setUserAttributes(run, { label: "now" });
    assert.deepEqual(await readUserAttributes(run), { label: "now" });
  });
});

test("setUserAttributes() does not make a runs directory", async () => {
  await inTempDir(async (dir) => {
    await assert.rejects(setUserAttributes({ runDir: join(dir, "no", "a1") }, {}), {
      code: "ENOENT",
    });
    assert.deepEqual(readdirSync(dir), []);
  });
});

test("setUserAttributes() writes nothing when a value cannot be written", async () => {
  await inTempDir(async (dir) => {
    const run = { runDir: join(dir, "a1") };
    await assert.rejects(setUserAttributes(run, { x: (() => 1) as unknown as number }), TypeError);
    assert.equal(existsSync(userAttributesDir(run)), false);
  });
});

test("readUserAttributes() tells of changes it cannot read and uses the rest", async () => {
  await inTempDir(async (dir) => {
    const run = { runDir: join(dir, "a1") };
    writeTree(userAttributesDir(run), {
      "01.json": '{"author": "x", "set": {"a": 1, "b": NaN}}',
      "02.json": "{",
      "03.json": "[]",
      "04.json": '{"set": []}',
      "05.json": '{"set": {"a": 2}, "delete": ["c"]}',
      "05.json.tmp": "x",
    });
    const warnings: string[] = [];
    const onWarning = (message: string) => warnings.push(message);
    assert.deepEqual(await readUserAttributes(run, { onWarning }), { a: 2, b: NaN });
    assert.equal(warnings.length, 3);
    assert.match(warnings[0]!, /^Cannot read user attributes '.*02\.json': /);
  });
});

test("readUserAttributes() begins with those of layout text", async () => {
  await inTempDir(async (dir) => {
    const run = { runDir: join(dir, "a1") };
    writeTree(`${run.runDir}.meta`, { "user/label": "first", "user/n": "1" });
    assert.deepEqual(await readUserAttributes(run), { label: "first", n: 1 });
    await setUserAttributes(run, { label: "second" });
    assert.deepEqual(await readUserAttributes(run), { label: "second", n: 1 });
  });
});
