import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { openTerminal, skip } from "./_terminal.ts";

it("inputs that are evaluated again end when Ctrl-C is pressed", { skip }, async () => {
  const { dir, enter, press, until, close } = await openTerminal();
  try {
    await enter("const x = 40");
    await enter('if (path_exists("wait")) { write("waits", ""); await new Promise(() => {}) }');
    await enter('touch("after"); const y = 2');
    writeFileSync(join(dir, "wait"), "");
    await enter(".restart replay", /restart replay$/m);
    for (let i = 0; i < 600 && !existsSync(join(dir, "waits")); i++) await setTimeout(100);
    press("C-c");
    await until(/^Interrupted; evaluated 1 of 3 inputs again$/m);
    assert.match(await enter("[x + 1, typeof y]"), /^\[ 41, 'undefined' \]$/m);
  } finally {
    close();
  }
});
