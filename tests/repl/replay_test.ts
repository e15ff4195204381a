import assert from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { openTerminal, skip, type TestTerminal } from "./_terminal.ts";

/** Waits for ever where there is a file `wait`, once it has written `waits`. */
const WAIT = 'if (path_exists("wait")) { write("waits", ""); await new Promise(() => {}) }';

/** Presses Ctrl-C once an input waits. */
async function interruptWaiting({ dir, press }: TestTerminal): Promise<void> {
  const waits = join(dir, "waits");
  for (let i = 0; i < 600 && !existsSync(waits); i++) await setTimeout(100);
  rmSync(waits);
  press("C-c");
}

async function withTerminal(use: (terminal: TestTerminal) => Promise<void>): Promise<void> {
  const terminal = await openTerminal();
  try {
    await use(terminal);
  } finally {
    terminal.close();
  }
}

describe("inputs that are evaluated again", { skip }, () => {
  it("end when Ctrl-C is pressed, and go on from there", async () => {
    await withTerminal(async (terminal) => {
      const { dir, enter, until, clear } = terminal;
      const wait = join(dir, "wait");
      await enter("const x = 40");
      await enter(WAIT);
      await enter('touch("after"); const y = 2');
      writeFileSync(wait, "");
      for (let times = 1; times <= 2; times++) {
        await clear();
        terminal.type(times === 1 ? ".restart replay" : ".continue");
        terminal.press("Enter");
        await interruptWaiting(terminal);
        const reached = times === 1 ? "1 of 3" : "0 of 2";
        await until(new RegExp(`^Interrupted; evaluated ${reached} inputs again$`, "m"));
        const screen = await until(/^\.continue evaluates them, '\.continue skip' .*\n>>>$/m);
        assert.match(screen, /^Not evaluated:\n>>> if .*\n>>> touch\("after"\); const y = 2$/m);
        assert.match(await enter("[x + 1, typeof y]"), /^\[ 41, 'undefined' \]$/m);
      }
      rmSync(wait);
      await clear();
      await enter(".continue", /^Evaluated 2 inputs again$/m);
      assert.match(await enter("[x, y]"), /^\[ 40, 2 \]$/m);
      assert.match(await enter(".continue"), /^There is nothing to go on with$/m);
    });
  });

  it("go on behind the one that was interrupted", async () => {
    await withTerminal(async (terminal) => {
      const { dir, enter, until, clear } = terminal;
      await enter(WAIT);
      await enter("const y = 2");
      writeFileSync(join(dir, "wait"), "");
      await clear();
      terminal.type(".restart replay");
      terminal.press("Enter");
      await interruptWaiting(terminal);
      await until(/^\.continue evaluates them/m);
      await enter("const z = 3");
      await clear();
      await enter(".continue skip", /^Evaluated an input again$/m);
      assert.match(await enter("[y, z]"), /^\[ 2, 3 \]$/m);
    });
  });

  it("are not forgotten by the next time", async () => {
    await withTerminal(async (terminal) => {
      const { dir, enter, until, clear } = terminal;
      await enter(WAIT);
      await enter("const y = 2");
      writeFileSync(join(dir, "wait"), "");
      await clear();
      terminal.type(".restart replay");
      terminal.press("Enter");
      await interruptWaiting(terminal);
      await until(/^\.continue evaluates them/m);
      rmSync(join(dir, "wait"));
      await enter("const z = 3");
      await clear();
      await enter(".restart replay", /^Evaluated 3 inputs again$/m);
      assert.match(await enter("[y, z]"), /^\[ 2, 3 \]$/m);
    });
  });

  it("have the numbers that they had", async () => {
    await withTerminal(async ({ enter, clear }) => {
      await enter("nope");
      await enter("20");
      await enter("const sum = _2 + 1");
      await clear();
      await enter(".restart replay", /^Evaluated 2 inputs again$/m);
      assert.match(await enter("[sum, _2]"), /^\[ 21, 20 \]$/m);
      assert.match(await enter(".results"), /^_4 {2}\[ 21, 20 \]$/m);
    });
  });
});

describe("a document that is loaded", { skip }, () => {
  it("goes on after Ctrl-C", async () => {
    await withTerminal(async (terminal) => {
      const { dir, enter, until, clear } = terminal;
      const wait = join(dir, "wait");
      const more = Array.from({ length: 7 }, (_, i) => `    >>> ${i} + 100\n    ${i + 100}\n`);
      writeFileSync(
        join(dir, "a.md"),
        ["    >>> const x = 1\n", `    >>> ${WAIT}\n`, ...more].join("\n"),
      );
      writeFileSync(wait, "");
      await clear();
      terminal.type(".load a.md");
      terminal.press("Enter");
      await interruptWaiting(terminal);
      const screen = await until(/^\.continue evaluates them.*\n>>>$/m);
      assert.match(
        screen,
        /^Interrupted; .*\nNot evaluated:\n>>> if .*\n(>>> . \+ 100\n){4}… 3 more$/m,
      );
      assert.doesNotMatch(screen, /^100$/m);
      rmSync(wait);
      await clear();
      assert.match(await enter(".continue", /^106\n>>>$/m), /^>>> 0 \+ 100\n100$/m);
      await enter(".check", /^9 passed, 0 failed$/m);
    });
  });

  it("goes on in the next process when this one has ended", async () => {
    await withTerminal(async ({ dir, enter, until, clear }) => {
      writeFileSync(
        join(dir, "a.md"),
        "    >>> const x = 1\n\n    >>> process.kill(process.pid, 'SIGKILL')\n\n    >>> x + 1\n    2\n",
      );
      await clear();
      await enter(".load a.md", /again\? \[y\/N\]/);
      await enter("y", /^Evaluated an input again$/m);
      await until(/^Not evaluated:\n>>> x \+ 1\n\.continue evaluates it\n>>>/m);
      await clear();
      await enter(".continue", /^>>> x \+ 1\n2\n>>>$/m);
    });
  });
});
