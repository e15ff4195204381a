/**
 * `.help`: what there is, or what a name means.
 *
 * @module
 */

import { suggest } from "../../../lib/suggest.ts";
import type { PromptContext } from "../context.ts";
import { documentedNames, findDoc } from "../docs/find_doc.ts";
import { DOT_COMMANDS } from "../dot_commands.ts";
import { wrapWords } from "../../display/wrap_words.ts";

/** Shows help for a name or a command, or an overview. */
export function help(context: PromptContext, argument: string): void {
  const name = argument.replace(/\(.*$/s, "");
  if (name === "") return overview(context);
  const command = DOT_COMMANDS.find((each) => each.name === name || each.name === `.${name}`);
  const doc = name.startsWith(".") ? null : findDoc(name);
  if (doc === null && command !== undefined) {
    context.print(`${command.name} ${command.usage}`.trim());
    return context.print(`  ${capital(command.summary)}`);
  }
  if (doc === null) {
    const near = suggest(name, documentedNames());
    return context.note(
      `Nothing is known about '${name}'${near === null ? "" : `: did you mean '${near}'?`}`,
    );
  }
  const { color } = context;
  context.print(color ? `\x1b[1m${doc.signature}\x1b[22m` : doc.signature);
  for (const line of wrapWords(doc.sentence, context.columns - 2)) context.print(`  ${line}`);
  for (const [title, keys] of [["Options", doc.optionKeys], ["Members", doc.members]] as const) {
    if (keys.length === 0) continue;
    const lines = wrapWords(`${title}: ${keys.join(", ")}`, context.columns - 2);
    for (const line of lines) context.note(`  ${line}`);
  }
  if (doc.example === null) return;
  context.print();
  for (const line of doc.example.split("\n")) context.print(`    ${line}`);
}

function overview(context: PromptContext): void {
  const width = Math.max(...DOT_COMMANDS.map(({ name, usage }) => `${name} ${usage}`.length)) + 2;
  for (const { name, usage, summary } of DOT_COMMANDS) {
    const head = `${name} ${usage}`.trim();
    if (context.columns < width + 30) {
      context.print(head);
      for (const line of wrapWords(summary, context.columns - 4)) context.note(`    ${line}`);
    } else context.print(head.padEnd(width) + summary);
  }
  const groups = [
    ["Runs", "runs() run() last start()"],
    ["Files", "ls cat cat_log read write touch cd make_dir make_temp_dir sha256 udiff"],
    ["Shell", "$ command, and $`command` in code"],
    ["Results", "_ _1 _2 … _error"],
  ];
  context.print();
  for (const [title, names] of groups) {
    for (const line of wrapWords(`${title}: ${names}`, context.columns)) context.print(line);
  }
  context.note("Keys: Tab completes, Ctrl-R searches, Alt-Enter begins a line, Ctrl-C interrupts");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
