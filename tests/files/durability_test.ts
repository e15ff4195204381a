import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Durability,
  durability,
  setDurability,
  syncDir,
  syncFiles,
  withDurability,
} from "../../lib/files/durability.ts";
import { withTempDir } from "./_support.ts";

test("durability is safe until it is set", () => {
  assert.equal(durability(), "safe");
  setDurability("fast");
  assert.equal(durability(), "fast");
  setDurability("safe");
});

test("setDurability() refuses a level that does not exist", () => {
  assert.throws(() => setDurability("slow" as Durability), /use "safe" or "fast"$/);
});

test("syncDir() flushes a directory, and names one that is missing", () =>
  withTempDir((dir) => {
    syncDir(dir);
    assert.throws(() => syncDir(`${dir}/no`), {
      message: `Cannot flush "${dir}/no": it does not exist`,
    });
  }));

test("syncDir() does nothing when durability is fast", () => {
  setDurability("fast");
  try {
    syncDir("/does/not/exist");
  } finally {
    setDurability("safe");
  }
});

test("withDurability() holds for what it calls, and for nothing else", async () => {
  const elsewhere: Durability[] = [];
  const inside = withDurability("fast", async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return [durability(), await withDurability("safe", async () => durability())];
  });
  elsewhere.push(durability());
  assert.deepEqual(await inside, ["fast", "safe"]);
  assert.deepEqual(elsewhere, ["safe"]);
});

test("syncFiles() flushes what is there", () =>
  withTempDir((dir) => {
    syncFiles([`${dir}/no`, dir]);
  }));
