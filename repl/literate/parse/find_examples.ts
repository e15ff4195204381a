/**
 * The examples of a document.
 *
 * @module
 */

import {
  type Blocks,
  closingFence,
  isCodeIndent,
  newBlocks,
  openingFence,
  readProse,
  runsHere,
  runsShellHere,
} from "./_blocks.ts";
import { expectedEnd } from "./_expected_end.ts";
import { type Lines, lineText } from "./_lines.ts";
import {
  type CheckSource,
  type Prompt,
  readSource,
  SHELL,
  type SourceContext,
  TYPESCRIPT,
} from "./check_source.ts";
import type { DocumentError, Example } from "./document_types.ts";
import { optionComments, withoutHashComments } from "../options/option_comments.ts";
import type { OptionValue, OptionValues } from "../options/option_table.ts";
import { parseOptions } from "../options/parse_options.ts";

/** What {@linkcode findExamples} needs to know besides the lines. */
export interface FindExamplesOptions {
  /** Line to begin with, counted from 0. */
  readonly from: number;
  /** The document's own options. */
  readonly options: OptionValues;
  /** Names of options that modules define. */
  readonly custom: readonly string[];
  /** Tells whether source is complete; without, only what is open tells that it is not. */
  readonly checkSource?: CheckSource;
}

const NO_OPTIONS: OptionValues = Object.freeze({});

/** Finds the examples in the lines of a document. */
export function findExamples(
  lines: Lines,
  options: FindExamplesOptions,
): { examples: Example[]; errors: DocumentError[] } {
  const examples: Example[] = [];
  const errors: DocumentError[] = [];
  const blocks = newBlocks();
  const { checkSource, custom } = options;
  const context: SourceContext = { blocks, options: options.options, custom, checkSource, errors };
  let index = options.from;
  while (index < lines.count) {
    const at = lines.texts[index];
    if (at === lines.ends[index]) {
      blocks.afterBlank = true;
      index++;
      continue;
    }
    const prompt = promptAt(lines, index, at, blocks, errors);
    if (prompt === null) {
      readLine(lines, index, at, blocks);
      blocks.afterBlank = false;
      index++;
    } else {
      const example = readExample(lines, index, examples.length, prompt, context);
      examples.push(example);
      blocks.afterBlank = false;
      index = example.endLine;
    }
  }
  return { examples, errors };
}

/** The prompt that a line begins with, or null when it is no example's. */
function promptAt(
  lines: Lines,
  index: number,
  at: number,
  blocks: Blocks,
  errors: DocumentError[],
): Prompt | null {
  const { text } = lines;
  const code = text.charCodeAt(at);
  if (code === 0x24) {
    const isCommand = text[at + 1] === " " && runsShellHere(blocks, at - lines.starts[index]) &&
      text.slice(at + 2, lines.ends[index]).trim() !== "";
    return isCommand ? SHELL : null;
  }
  // Four of them are a quotation in Markdown, seven are left by a merge.
  if (code !== 0x3e || !text.startsWith(">>>", at) || text[at + 3] === ">") return null;
  if (!runsHere(blocks)) return null;
  if (at + 3 === lines.ends[index] || text[at + 3] === " ") return TYPESCRIPT;
  const message = `Cannot read example: a space is missing after '>>>'`;
  errors.push({ line: index + 1, message });
  return null;
}

/** Notes what a line that is no example means for the lines behind it. */
function readLine(lines: Lines, index: number, at: number, blocks: Blocks): void {
  if (blocks.comment && lineText(lines, index).includes("-->")) {
    blocks.comment = false;
    blocks.fence = null;
    return;
  }
  if (blocks.fence !== null) {
    const close = closingFence(lines, index, blocks.fence);
    if (close < 0) return;
    blocks.fence.close = close;
    blocks.fence = null;
    return;
  }
  const opening = openingFence(lines, index, blocks);
  if (opening === null) {
    readProse(lines, index, at - lines.starts[index], blocks);
    return;
  }
  blocks.fence = opening.fence;
  blocks.fenceRuns = opening.runs;
}

function readExample(
  lines: Lines,
  index: number,
  number: number,
  prompt: Prompt,
  context: SourceContext,
): Example {
  const { blocks, errors } = context;
  const indent = lines.texts[index] - lines.starts[index];
  const { source, next } = readSource(lines, index, indent, prompt, context);
  const shellPrompts = runsShellHere(blocks, indent);
  const end = expectedEnd(lines, next, indent, blocks, shellPrompts, errors);
  let expected = "";
  for (let i = next; i < end; i++) {
    expected += (i > next ? "\n" : "") + lines.text.slice(lines.starts[i] + indent, lines.ends[i]);
  }
  const comments = optionComments(source, prompt.language);
  const own = comments.length === 0 ? NO_OPTIONS : readOptions(comments, index, context);
  return {
    index: number,
    language: prompt.language,
    line: index + 1,
    sourceEndLine: next,
    endLine: end,
    indent,
    column: indent + prompt.first.length + 2,
    source,
    code: prompt.language === "sh" || comments.length === 0
      ? source
      : withoutHashComments(source, comments),
    expected,
    expectedStart: lines.starts[next],
    expectedEnd: lines.starts[end],
    options: own,
    indented: isCodeIndent(blocks, indent),
    fence: blocks.fence,
    hidden: blocks.comment,
    shellPrompts,
  };
}

function readOptions(
  comments: ReturnType<typeof optionComments>,
  index: number,
  { custom, errors }: SourceContext,
): OptionValues {
  const own: Record<string, OptionValue> = {};
  for (const { text, line } of comments) {
    const { values, problems } = parseOptions(text, { custom });
    Object.assign(own, values);
    for (const message of problems) errors.push({ line: index + line + 1, message });
  }
  return own;
}
