import assert from "node:assert/strict";
import { test } from "node:test";
import { scanChunk } from "../../lib/phases/_scan_chunk.ts";

test("scanChunk() counts newlines and sees returns at any offset and length", () => {
  let seed = 1;
  const bytes = new Uint8Array(5000);
  for (let i = 0; i < bytes.length; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    // Many newlines, and the bytes next to those that are looked for.
    bytes[i] = [10, 10, 9, 11, 138, 12, 14, 141, 0, 255, seed >>> 24][(seed >>> 8) % 11];
    if (bytes[i] === 13 && i % 97 !== 0) bytes[i] = 12;
  }
  for (let start = 0; start < 9; start++) {
    for (let length = 0; length < 300; length++) {
      const chunk = bytes.subarray(start * 13, start * 13 + length);
      const newlines = chunk.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0);
      assert.deepEqual(scanChunk(chunk), { newlines, hasReturn: chunk.includes(13) });
    }
  }
  const newlines = bytes.filter((byte) => byte === 10).length;
  assert.equal(scanChunk(bytes).newlines, newlines);
  // Long lines are counted in another way.
  const sparse = bytes.map((byte, i) => byte === 10 && i % 7 !== 0 || byte === 13 ? 65 : byte);
  for (let length = 1000; length < 1100; length++) {
    const chunk = sparse.subarray(3, length);
    const newlines = chunk.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0);
    assert.deepEqual(scanChunk(chunk), { newlines, hasReturn: false });
    chunk[length - 5] = 13;
    assert.equal(scanChunk(chunk).hasReturn, true);
    chunk[length - 5] = 65;
  }
});

test("scanChunk() does not overflow its counters", () => {
  const chunk = new Uint8Array(1_000_001).fill(10);
  assert.deepEqual(scanChunk(chunk), { newlines: 1_000_001, hasReturn: false });
  chunk[999_999] = 13;
  assert.deepEqual(scanChunk(chunk), { newlines: 1_000_000, hasReturn: true });
});
