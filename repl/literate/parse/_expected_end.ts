/**
 * Where expected output ends.
 *
 * @module
 */

import { type Blocks, closingFence, contentColumn, isCodeIndent, openingFence } from "./_blocks.ts";
import { isBlank, type Lines, lineText } from "./_lines.ts";
import type { DocumentError } from "./document_types.ts";

/**
 * Finds the first line behind an example's expected output: a blank one, a prompt, the end of the
 * fenced block or the comment, or prose behind an indented code block.
 */
export function expectedEnd(
  lines: Lines,
  first: number,
  indent: number,
  blocks: Blocks,
  shellPrompts: boolean,
  errors: DocumentError[],
): number {
  const isCode = isCodeIndent(blocks, indent);
  for (let i = first; i < lines.count; i++) {
    const at = lines.texts[i];
    const spaces = at - lines.starts[i];
    const code = lines.text.charCodeAt(at);
    if (isBlank(lines, i)) return i;
    if (code === 0x3e && lines.text.startsWith(">>>", at) && lines.text[at + 3] !== ">") return i;
    if (shellPrompts && code === 0x24 && spaces === indent && lines.text[at + 1] === " ") return i;
    if (blocks.comment && lineText(lines, i).includes("-->")) return i;
    if (blocks.fence !== null) {
      if (closingFence(lines, i, blocks.fence) >= 0) return i;
    } else if (!isCode && openingFence(lines, i, blocks) !== null) {
      return i;
    }
    if (spaces >= indent) continue;
    // Less indented than a code block: Markdown has it that the block ended, and prose begins.
    if (isCode && spaces < contentColumn(blocks) + 4) return i;
    const message = `Cannot read expected output: the line is indented less than its example, ` +
      `by ${spaces} instead of ${indent} spaces; leave a blank line before it if it is prose`;
    errors.push({ line: i + 1, message });
    return i;
  }
  return lines.count;
}
