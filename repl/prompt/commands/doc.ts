/**
 * `.doc`: where the document begins that `.save` writes.
 *
 * @module
 */

import type { PromptContext } from "../context.ts";

/** Begins a document at the next input. */
export function doc(context: PromptContext, argument: string): void {
  context.documentStart = context.inputs.length;
  context.documentTitle = argument === "" ? null : argument.replace(/^(["'])(.*)\1$/, "$2");
  context.note("The document begins here; .save FILE.md writes it");
}
