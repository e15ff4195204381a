/**
 * `.save`: the session as a script, or as a document.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { writeFileAtomic } from "../../../lib/files/write_file_atomic.ts";
import type { PromptContext } from "../context.ts";

/** Saves the inputs since `.doc`, or all of them; `-f` in front of the name replaces a file. */
export async function save(context: PromptContext, argument: string): Promise<void> {
  const [, force, name] = /^(-f\s+)?(.*)$/s.exec(argument)!;
  if (name === "") return context.note("Name a file: .save FILE.ts or .save FILE.md");
  const path = resolve(context.cwd, name);
  const inputs = context.inputs.slice(context.documentStart);
  if (inputs.length === 0) return context.note("There is nothing to save yet");
  if (existsSync(path) && force === undefined) {
    return context.note(`'${name}' exists; '.save -f ${name}' replaces it`);
  }
  if (/\.(?:md|markdown)$/.test(path)) {
    const { renderDocument } = await import("../save/render_document.ts");
    const { text, examples, skipped } = await renderDocument(inputs, {
      path,
      startDir: context.startDir,
      title: context.documentTitle,
    });
    await writeFileAtomic(path, text);
    const left = skipped === 0 ? "" : `, ${skipped} inputs left out`;
    context.note(`Saved ${examples} examples to '${name}'${left}; try: runlit test ${name}`);
  } else if (/\.[cm]?[jt]s$/.test(path)) {
    const { renderScript } = await import("../save/render_script.ts");
    await writeFileAtomic(path, await renderScript(inputs));
    context.note(`Saved ${inputs.length} inputs to '${name}'`);
  } else context.note(`Cannot save to '${name}': a script ends with .ts, a document with .md`);
}
