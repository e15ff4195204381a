import assert from "node:assert/strict";
import { test } from "node:test";
import { naturalCompare } from "../../lib/files/natural_compare.ts";
import { seededRandom } from "./_support.ts";

function sorted(...names: string[]): string[] {
  return names.sort(naturalCompare);
}

test("naturalCompare() orders numbers by value", () => {
  assert.deepEqual(sorted("f10", "f9", "f1", "f"), ["f", "f1", "f9", "f10"]);
  assert.deepEqual(sorted("v1.10", "v1.9", "v1"), ["v1", "v1.9", "v1.10"]);
  const big = "9".repeat(40);
  assert.deepEqual(sorted(`${big}0`, big), [big, `${big}0`]);
});

test("naturalCompare() orders other text by character code", () => {
  assert.deepEqual(
    sorted("eval.py", "conf/train.yaml", "__schema__", "README", "conf/eval.yaml"),
    ["README", "__schema__", "conf/eval.yaml", "conf/train.yaml", "eval.py"],
  );
  assert.deepEqual(sorted("é", "z"), ["z", "é"]);
});

test("naturalCompare() tells equal numbers apart", () => {
  assert.deepEqual(sorted("a1", "a01", "a001", "a2", "a1b"), ["a001", "a01", "a1", "a1b", "a2"]);
  assert.equal(naturalCompare("a01", "a01"), 0);
  assert.notEqual(naturalCompare("a0", "a00"), 0);
});

test("naturalCompare() is a total order", () => {
  const random = seededRandom(7);
  const letters = "0019a/.";
  const names = Array.from({ length: 60 }, () => {
    const length = random(6);
    return Array.from({ length }, () => letters[random(letters.length)]).join("");
  });
  for (const a of names) {
    for (const b of names) {
      const order = Math.sign(naturalCompare(a, b));
      assert.equal(order, -Math.sign(naturalCompare(b, a)) + 0, `${a} ${b}`);
      assert.equal(order === 0, a === b, `${a} ${b}`);
      for (const c of names) {
        if (order <= 0 && naturalCompare(b, c) <= 0) {
          assert.ok(naturalCompare(a, c) <= 0, `${a} ${b} ${c}`);
        }
      }
    }
  }
});
