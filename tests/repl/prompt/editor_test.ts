import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { findPlace } from "../../../repl/prompt/complete/find_place.ts";
import { completionList } from "../../../repl/prompt/editor/completion_list.ts";
import { type Key, keyDecoder } from "../../../repl/prompt/editor/decode_keys.ts";
import { editBuffer, moveLine } from "../../../repl/prompt/editor/edit_buffer.ts";
import { highlight, tokenize } from "../../../repl/prompt/editor/highlight.ts";
import { openHistory } from "../../../repl/prompt/editor/history.ts";
import { historyPath } from "../../../repl/prompt/editor/history_path.ts";
import { layOut } from "../../../repl/prompt/editor/layout.ts";

const names = (keys: readonly Key[]) => keys.map(({ name }) => name).join(" ");

describe("keyDecoder()", () => {
  it("knows what terminals send", () => {
    const sent =
      "\x1b[A\x1bOB\x1b[1;5D\x1b[3~\x1b[H\x1b[4~\x1b[5~\x1bb\x1b\x7f\x1b\r\t\x7f\x01\x1f\x1b[Z";
    assert.equal(
      names(keyDecoder().decode(sent)),
      "up down ctrl-left delete home end pageup alt-b alt-backspace alt-enter tab backspace " +
        "ctrl-a ctrl-_ shift-tab",
    );
  });

  it("takes sequences, characters and pastes that come in pieces", () => {
    const input = "a\x1b[1;5Cü😀\x1b[200~x\r\ny\x1b[A\x1b[201~\x1b[B";
    const whole = keyDecoder().decode(input);
    for (let cut = 1; cut < input.length; cut++) {
      const decoder = keyDecoder();
      const keys = [...decoder.decode(input.slice(0, cut)), ...decoder.decode(input.slice(cut))];
      const joined = (list: readonly Key[]) => list.map(({ name, text }) => text || name).join("");
      assert.equal(joined(keys), joined(whole), `cut at ${cut}`);
    }
    assert.equal(whole.find(({ name }) => name === "paste")?.text, "x\ny\x1b[A");
  });

  it("takes a lone Escape for one once nothing follows", () => {
    const decoder = keyDecoder();
    assert.deepEqual(decoder.decode("\x1b"), []);
    assert(decoder.waiting);
    assert.equal(names(decoder.flush()), "escape");
  });
});

describe("editBuffer()", () => {
  function edited(text: string, ...keys: string[]): string {
    const buffer = editBuffer();
    buffer.set(text);
    for (const key of keys) if (!buffer.press(key)) buffer.insert(key);
    const { text: now, cursor } = buffer.state;
    return `${now.slice(0, cursor)}|${now.slice(cursor)}`;
  }

  it("moves and deletes by characters, words and lines", () => {
    assert.equal(edited("a👩‍👩‍👧é", "left", "left", "delete"), "a|é");
    assert.equal(edited("one two_3", "ctrl-left", "X"), "one X|two_3");
    assert.equal(edited("one two", "ctrl-w"), "one |");
    assert.equal(edited("a\nbc", "home", "left", "ctrl-k"), "a|bc");
    assert.equal(edited("f(a.b)", "alt-backspace"), "f(a.|");
    assert.equal(edited("ab", "ctrl-t"), "ba|");
    assert.equal(edited("{\n    ", "backspace"), "{\n  |");
  });

  it("gives back what was killed, and undoes", () => {
    assert.equal(edited("one two", "ctrl-w", "home", "ctrl-y"), "two|one ");
    assert.equal(edited("one", "ctrl-u", "ctrl-_"), "one|");
  });

  it("keeps the column between lines", () => {
    const up = moveLine({ text: "abc\n\nabcd", cursor: 8 }, -1);
    assert.deepEqual(up, { text: "abc\n\nabcd", cursor: 4 });
    assert.equal(moveLine({ text: "abc", cursor: 1 }, 1), null);
    assert.equal(moveLine({ text: "\nabc", cursor: 3 }, -1)?.cursor, 0);
    assert.equal(moveLine({ text: "\nabc", cursor: 0 }, 1)?.cursor, 1);
  });

  it("never leaves its text, whatever is pressed", () => {
    const random = randomNumbers(7);
    const keys =
      ("left right home end ctrl-left ctrl-right backspace delete ctrl-k ctrl-u ctrl-w " +
        "ctrl-y ctrl-t ctrl-_ alt-d a \n 日 👍🏽 é").split(" ");
    for (let i = 0; i < 300; i++) {
      const buffer = editBuffer();
      for (let j = 0; j < 40; j++) {
        const key = keys[random() % keys.length];
        if (!buffer.press(key)) buffer.insert(key);
        const { text, cursor } = buffer.state;
        assert(cursor >= 0 && cursor <= text.length);
        for (const by of [1, -1] as const) {
          const moved = moveLine(buffer.state, by);
          assert(moved === null || moved.cursor >= 0 && moved.cursor <= text.length);
        }
      }
    }
  });
});

describe("tokenize()", () => {
  const kinds = (source: string) =>
    tokenize(source).filter(({ kind }) => kind !== "space").map(({ kind }) => kind).join(" ");

  it("tells regular expressions from divisions, and templates from what is in them", () => {
    assert.equal(kinds("a / b / c"), "name punctuation name punctuation name");
    assert.equal(kinds("x = /a\\/[/]b/g"), "name punctuation regex");
    assert.equal(
      kinds("`a${ {b: 1}.b }c`"),
      "string punctuation name punctuation number " +
        "punctuation punctuation name string",
    );
    assert.equal(kinds("f('a') // b"), "name punctuation string punctuation comment");
    assert.equal(kinds("a.new"), "name punctuation name");
  });

  it("gives all of any source back", () => {
    const random = randomNumbers(11);
    const pieces = [
      "`",
      "${",
      "}",
      "{",
      "'",
      '"',
      "/",
      "*",
      "//",
      "\\",
      "a",
      " ",
      "\n",
      "1",
      "é",
      "=>",
    ];
    for (let i = 0; i < 2000; i++) {
      const source = Array.from({ length: 12 }, () => pieces[random() % pieces.length]).join("");
      const tokens = tokenize(source);
      assert.equal(tokens.map(({ start, end }) => source.slice(start, end)).join(""), source);
      assert.equal(highlight(source).length, source.length);
      findPlace(source);
    }
  });
});

describe("layOut()", () => {
  const prompts = [">>> ", "... "] as const;

  it("breaks long lines, and knows where the cursor is", () => {
    const { rows, cursorRow, cursorColumn } = layOut({
      text: "123456\nab",
      cursor: 5,
      prompts,
      width: 8,
    });
    assert.deepEqual(rows, [">>> 1234", "56", "... ab"]);
    assert.deepEqual([cursorRow, cursorColumn], [1, 1]);
  });

  it("has room for the cursor behind a full row", () => {
    const { rows, cursorRow, cursorColumn } = layOut({
      text: "1234",
      cursor: 4,
      prompts,
      width: 8,
    });
    assert.deepEqual([rows, cursorRow, cursorColumn], [[">>> 1234", ""], 1, 0]);
  });

  it("does not cut wide characters in two", () => {
    const { rows, cursorColumn } = layOut({ text: "a日本", cursor: 3, prompts, width: 8 });
    assert.deepEqual(rows, [">>> a日", "本"]);
    assert.equal(cursorColumn, 2);
  });

  it("ends colours at the ends of rows", () => {
    const { rows } = layOut({
      text: "abcdef",
      cursor: 0,
      prompts,
      width: 8,
      codes: Array(6).fill("32"),
    });
    assert.deepEqual(rows, [">>> \x1b[0;32mabcd\x1b[0m", "\x1b[0;32mef\x1b[0m"]);
  });
});

describe("findPlace()", () => {
  it("knows strings, properties, options and names", () => {
    assert.deepEqual(findPlace("run('ab"), {
      kind: "string",
      quote: "'",
      call: "run",
      written: "ab",
      from: 5,
    });
    const property = findPlace("x = a.b(1)[2].c?.d");
    assert.equal(property.kind === "property" && property.expression, "a.b(1)[2].c");
    const option = findPlace("ls('.', { a: f(1), per");
    assert.equal(option.kind === "name" && option.call, "ls");
    assert.equal(findPlace("// a").kind, "none");
  });
});

describe("completionList()", () => {
  it("extends what is sure, then lists", () => {
    const screen = { columns: 20, rows: 10 };
    const given = { from: 0, candidates: ["alpha", "alphabet"] };
    assert.deepEqual(completionList(given, "al", screen), { insert: "alpha", list: [] });
    assert.deepEqual(completionList(given, "alpha", screen).list, ["alpha     alphabet"]);
    assert.equal(completionList({ from: 0, candidates: [] }, "x", screen).insert, "x");
  });
});

describe("openHistory() in several sessions", () => {
  it("loses nothing while the file is made shorter", async () => {
    const dir = mkdtempSync(join(tmpdir(), "runlit-history-"));
    try {
      const path = join(dir, "history");
      const old = Array.from({ length: 3000 }, (_, i) => `${JSON.stringify(`old ${i}`)}\n`).join(
        "",
      );
      writeFileSync(path, old);
      const first = openHistory(path, { most: 1000 });
      assert.equal(first.entries.length, 1000);
      // The file is being replaced while these write to it.
      const second = openHistory(path);
      for (let i = 0; i < 200; i++) {
        (i % 2 === 0 ? first : second).add(`new ${i}`);
        if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
      const { entries } = openHistory(path);
      assert(entries.length < 1300, String(entries.length));
      const seen = new Set(entries);
      for (let i = 0; i < 200; i++) assert(seen.has(`new ${i}`), `new ${i}`);
      assert(seen.has("old 2999"));
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe("openHistory()", () => {
  it("keeps entries of several lines for their owner only, and survives a broken line", () => {
    const dir = mkdtempSync(join(tmpdir(), "runlit-history-"));
    try {
      const path = join(dir, "state", "history");
      const history = openHistory(path);
      history.add("one\ntwo");
      history.add("one\ntwo");
      history.add(" secret");
      history.add("three");
      assert.equal(statSync(path).mode & 0o777, 0o600);
      writeFileSync(path, `${readFileSync(path, "utf8")}"half`);
      const again = openHistory(path);
      assert.deepEqual(again.entries, ["one\ntwo", "three"]);
      assert.equal(again.find((entry) => entry.includes("two"), 1, -1), 0);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it("is the project's where it has a place for it, else the user's", () => {
    const env = { HOME: "/home/me" };
    assert.equal(historyPath("/no/such", env), "/home/me/.local/state/runlit/history/%2Fno%2Fsuch");
    assert.equal(historyPath("/p", { ...env, RUNLIT_HISTORY: "" }), null);
  });
});

/** Whole numbers from a seed. */
function randomNumbers(seed: number): () => number {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed >>> 8;
  };
}
