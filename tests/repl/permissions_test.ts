import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { describe, it } from "node:test";
import { RUNLIT } from "../../scripts/house/tools.ts";
import { openTerminal, runtime, skip, type TestTerminal } from "./_terminal.ts";

const DENO = RUNLIT.deno[0];
const SCRIPT = join(resolve(import.meta.dirname ?? "."), "../../scripts/runlit.ts");
const SMALLEST = ["--allow-read", "--allow-env", "--allow-sys", "--allow-run"];

async function withPrompt(
  flags: readonly string[],
  use: (terminal: TestTerminal) => Promise<void>,
): Promise<void> {
  const runlit = [DENO, "run", "--no-prompt", ...flags, SCRIPT];
  const terminal = await openTerminal({
    columns: 200,
    runlit,
    env: { RUNLIT_HISTORY: "", SECRET: "s" },
  });
  try {
    await use(terminal);
  } finally {
    terminal.close();
  }
}

// Deno alone has permissions, whichever runtime starts it.
describe("the prompt on Deno", { skip: runtime === "node" ? "tested on Deno" : skip }, () => {
  it("works with the smallest set of permissions, and names what is missing", async () => {
    await withPrompt(SMALLEST, async ({ enter, type, press, until, clear }) => {
      await enter("const n: number = 1; n + 1", /^2$/m);
      await enter("ls()", /^runlit\.toml$/m);
      await enter("runs()", /^\[\]$/m);
      await enter("await $`uname -s`", /^(Linux|Darwin)$/m);
      await clear();
      await enter("write('new.txt', '')", /^The session may not write that: .*--allow-write=/m);
      await enter("await fetch('http://localhost:9999/')", /--allow-net=localhost:9999$/m);
      await clear();
      type("await $`sleep 1000`");
      press("Enter");
      await new Promise((resolve) => setTimeout(resolve, 200));
      press("C-c");
      await until(/Interrupted|aborted|exit(?:ed)? (?:with )?code/i);
    });
  });

  it("hands on what is allowed in part, and no more", async () => {
    const flags = [...SMALLEST, "--allow-net=localhost:9999", "--deny-env=SECRET"];
    await withPrompt(flags, async ({ enter }) => {
      const state = (what: string) => `Deno.permissions.querySync(${what}).state`;
      await enter(state('{ name: "net", host: "localhost:9999" }'), /^'granted'$/m);
      await enter(state('{ name: "net", host: "localhost:9998" }') + " + 1", /^'prompt1'$/m);
      await enter("process.env.SECRET", /Requires env access to "SECRET"/);
      await enter("1 + 1", /^2$/m);
    });
  });

  it("says what it cannot do without", async () => {
    const [file, ...args] = [DENO, "run", "--no-prompt", "--allow-read", "--allow-env"];
    const terminal = await openTerminal({ columns: 200, runlit: RUNLIT.deno });
    try {
      terminal.press("C-d");
      await terminal.until(/ended 0/);
      const words = [file, ...args, "--allow-sys", "--allow-run=git", SCRIPT, "repl"];
      await terminal.enter(`clear; ${words.join(" ")}; echo "code $?"`, /^code 1$/m);
      assert.match(terminal.screen(), /needs --allow-run, and/);
    } finally {
      terminal.close();
    }
  });
});
