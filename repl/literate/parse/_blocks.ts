/**
 * As much of Markdown as tells where examples are: fenced blocks, comments, lists.
 *
 * @module
 */

import type { Fence } from "./document_types.ts";
import { type Lines, lineText } from "./_lines.ts";

/** Where in the document's structure a line is. */
export interface Blocks {
  /** The fenced block that is open, and whether its examples run. */
  fence: Fence | null;
  fenceRuns: boolean;
  /** Whether an HTML comment is open, and whether its examples run. */
  comment: boolean;
  commentRuns: boolean;
  /** Offset where the next comment may begin, from the last line of prose on. */
  nextComment: number;
  /** Columns where the contents of the open list items begin. */
  readonly lists: number[];
  /** Whether the line before was blank. */
  afterBlank: boolean;
}

/** Fences whose `>>>` examples run. */
const RUN_TAGS = new Set(
  ("ts typescript mts cts tsx js javascript mjs cjs jsx console shell-session sh-session repl " +
    "runlit").split(" ").concat(""),
);
/** Fences whose `$ ` examples run. */
const SHELL_TAGS = new Set(
  "console sh shell bash zsh shell-session sh-session shellsession".split(" ").concat(""),
);
const NEVER = new Set(["skip", "ignore", "norun", "no_run", "no-run"]);
const LIST_ITEM = /^ *(?:[-*+]|\d{1,9}[.)])(?: +|$)/;

/** The state before the first line. */
export function newBlocks(): Blocks {
  return {
    fence: null,
    fenceRuns: true,
    comment: false,
    commentRuns: true,
    nextComment: -1,
    lists: [],
    afterBlank: true,
  };
}

/** Column where the contents of the innermost list item begin; 0 outside lists. */
export function contentColumn(blocks: Blocks): number {
  return blocks.lists[blocks.lists.length - 1] ?? 0;
}

/** Whether `>>>` examples run here. */
export function runsHere(blocks: Blocks): boolean {
  if (blocks.comment && !blocks.commentRuns) return false;
  return blocks.fence === null || (blocks.fenceRuns && RUN_TAGS.has(blocks.fence.tag));
}

/**
 * Whether a line with so many spaces before `$ ` is a command: in a code block, of a shell's
 * language or none. In prose a `$ ` may be money.
 */
export function runsShellHere(blocks: Blocks, indent: number): boolean {
  if (blocks.comment && !blocks.commentRuns) return false;
  if (blocks.fence !== null) return blocks.fenceRuns && SHELL_TAGS.has(blocks.fence.tag);
  return isCodeIndent(blocks, indent);
}

/** Whether a line with this indent is in an indented code block. */
export function isCodeIndent(blocks: Blocks, indent: number): boolean {
  return blocks.fence === null && indent >= contentColumn(blocks) + 4;
}

/** Whether a line opens a fenced block, or null; to be asked outside of one only. */
export function openingFence(
  lines: Lines,
  index: number,
  blocks: Blocks,
): { fence: Fence; runs: boolean } | null {
  const at = lines.texts[index];
  const code = lines.text.charCodeAt(at);
  if (code !== 0x60 && code !== 0x7e) return null;
  const indent = at - lines.starts[index];
  if (isCodeIndent(blocks, indent)) return null;
  const match = /^(`{3,}|~{3,})(.*)$/.exec(lines.text.slice(at, lines.ends[index]));
  if (match === null || (code === 0x60 && match[2].includes("`"))) return null;
  const words = match[2].toLowerCase().split(/[\s,{}]+/).filter((word) => word !== "");
  const bare = words.map((word) => word.replace(/^[.:]/, ""));
  const char = code === 0x60 ? "`" : "~";
  return {
    fence: {
      tag: bare.find((word) => !NEVER.has(word) && !word.includes("=")) ?? "",
      char,
      size: match[1].length,
      indent,
      open: at,
      close: -1,
    },
    runs: !bare.some((word) => NEVER.has(word)),
  };
}

/** Offset of the fence if a line closes a fenced block, or -1. */
export function closingFence(lines: Lines, index: number, fence: Fence): number {
  const { text, starts, ends } = lines;
  const start = lines.texts[index];
  if (text[start] !== fence.char || start - starts[index] > fence.indent + 3) return -1;
  let at = start;
  while (text[at] === fence.char) at++;
  return at - start >= fence.size && text.slice(at, ends[index]).trim() === "" ? start : -1;
}

/** Notes what a line of prose opens and closes. */
export function readProse(lines: Lines, index: number, indent: number, blocks: Blocks): void {
  const { lists } = blocks;
  const item = startsList(lines, index, indent) ? LIST_ITEM.exec(lineText(lines, index)) : null;
  if (item !== null || blocks.afterBlank) {
    while (lists.length > 0 && indent < lists[lists.length - 1]) lists.pop();
  }
  if (item !== null && !isCodeIndent(blocks, indent)) {
    // Five spaces and more behind the mark belong to a code block in the item.
    const mark = item[0].trimEnd().length;
    lists.push(item[0].length - mark > 4 ? mark + 1 : Math.max(item[0].length, mark + 1));
  }
  if (blocks.nextComment < lines.starts[index]) {
    blocks.nextComment = nextComment(lines.text, lines.starts[index]);
  }
  if (blocks.nextComment < lines.ends[index]) readComment(lineText(lines, index), blocks);
}

function nextComment(text: string, at: number): number {
  const found = text.indexOf("<!--", at);
  return found < 0 ? text.length : found;
}

function readComment(line: string, blocks: Blocks): void {
  const open = line.lastIndexOf("<!--");
  if (open < 0 || line.indexOf("-->", open) >= 0) return;
  blocks.comment = true;
  blocks.commentRuns = !NEVER.has(/[\w-]+/.exec(line.slice(open + 4))?.[0].toLowerCase() ?? "");
}

/** A look at the first character that spares nearly all lines the expression. */
function startsList(lines: Lines, index: number, indent: number): boolean {
  const code = lines.text.charCodeAt(lines.starts[index] + indent);
  return code === 0x2d || code === 0x2a || code === 0x2b || (code >= 0x30 && code <= 0x39);
}
