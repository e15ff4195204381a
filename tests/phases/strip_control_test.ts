import assert from "node:assert/strict";
import { test } from "node:test";
import { stripControl } from "../../lib/phases/strip_control.ts";

for (
  const [name, text, expected] of [
    ["colours", "\x1b[1;31mred\x1b[0m", "red"],
    ["movements of the cursor", "safe\x1b[2K\x1b[1Aforged\x1b[?25l", "safeforged"],
    ["titles and links", "a\x1b]0;title\x07b\x1b]8;;http://x\x1b\\c", "abc"],
    ["strings for the terminal", "a\x1bP1;2q\x1b\\b\x1b_x\x1b\\c\x9dyyy\x9cd", "abcd"],
    ["8-bit sequences", "a\x9b31mb", "ab"],
    ["short sequences", "a\x1bcb\x1b(Bc\x1b7d", "abcd"],
    ["an unfinished string, up to the end of its line", "a\x1b]0;never\nb", "a\nb"],
    ["a lone escape", "a\x1b", "a"],
    ["bells, backspaces and returns", "a\x07b\x08c\rd", "abcd"],
    ["text that runs backwards", "a\u202eb\u2066c", "abc"],
    ["nothing of plain text", "tab\tline\nüñí 漢字 🙂 [31m", "tab\tline\nüñí 漢字 🙂 [31m"],
  ]
) {
  test(`stripControl() removes ${name}`, () => {
    assert.equal(stripControl(text), expected);
  });
}

test("stripControl() leaves no control character, and takes linear time", () => {
  let seed = 3;
  const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
  const pieces = [
    "\x1b",
    "[",
    "]",
    "P",
    "\x9b",
    "31",
    ";",
    "m",
    "\x07",
    "\\",
    "a",
    "\n",
    "\x9c",
    " ",
  ];
  for (let i = 0; i < 5000; i++) {
    const text = Array.from({ length: random(20) }, () => pieces[random(pieces.length)]).join("");
    assert.doesNotMatch(stripControl(text), /[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
  }
  for (const piece of ["\x1b[", "\x1b]", "\x1b[1;", "\x1b"]) {
    assert.equal(typeof stripControl(piece.repeat(300_000)), "string");
  }
});
