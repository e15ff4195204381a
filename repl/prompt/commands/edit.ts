/**
 * `.edit`: writes an input in an editor.
 *
 * @module
 */

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PromptContext } from "../context.ts";

/** Opens the last input in the user's editor; what it leaves is the next entry. */
export async function edit(context: PromptContext): Promise<void> {
  const { VISUAL, EDITOR } = process.env;
  const editor = VISUAL || EDITOR || "vi";
  const dir = mkdtempSync(join(tmpdir(), "runlit-edit-"));
  const path = join(dir, "input.ts");
  try {
    const before = context.inputs.at(-1)?.source ?? "";
    writeFileSync(path, before === "" ? "" : `${before}\n`, { mode: 0o600 });
    const problem = await context.lend(() => run(editor, path));
    if (problem !== null) return context.note(`Cannot edit with '${editor}': ${problem}`);
    context.nextText = readFileSync(path, "utf8").trimEnd();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** An editor may be given with arguments, such as `code --wait`. */
function run(editor: string, path: string): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn("/bin/sh", ["-c", `${editor} "$1"`, "sh", path], { stdio: "inherit" });
    child.on("error", (error) => resolve(error.message));
    child.on("exit", (code) => resolve(code === 0 ? null : `it ended with ${code}`));
  });
}
