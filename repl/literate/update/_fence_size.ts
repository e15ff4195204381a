/**
 * Output that would close the fenced block it is in.
 *
 * @module
 */

import type { Example } from "../parse/document_types.ts";

/**
 * The size of the largest fence among lines that would close the example's block; -1 for none.
 */
export function closesFence(lines: readonly string[], example: Example): number {
  const { fence, indent } = example;
  if (fence === null) return -1;
  let largest = -1;
  for (const line of lines) {
    const match = /^( *)(`+|~+)\s*$/.exec(line);
    if (match === null || match[2][0] !== fence.char) continue;
    if (indent + match[1].length > fence.indent + 3) continue;
    largest = Math.max(largest, match[2].length);
  }
  return largest >= fence.size ? largest : -1;
}
