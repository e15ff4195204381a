/**
 * Documents: Markdown with examples.
 *
 * @module
 */

import type { CheckSource } from "./check_source.ts";
import { findLines, type Lines, lineText } from "./_lines.ts";
import { decodeDocument } from "./decode_document.ts";
import { type DocumentSettings, mergeSettings, NO_SETTINGS } from "./document_settings.ts";
import type { DocumentError, ParsedDocument } from "./document_types.ts";
import { findExamples } from "./find_examples.ts";
import { type FrontMatter, readFrontMatter } from "./front_matter.ts";
import { readSettings } from "./read_settings.ts";

/** Options of {@linkcode parseDocument}. */
export interface ParseDocumentOptions {
  /** Settings of the project; the document's win. */
  readonly project?: DocumentSettings;
  /** Tells whether TypeScript source is complete; asked only where lines alone do not tell. */
  readonly checkSource?: CheckSource;
  /** Returns the names of the options that the modules in the settings define. */
  readonly customOptions?: (
    settings: DocumentSettings,
  ) => Iterable<string> | Promise<Iterable<string>>;
}

/**
 * Parses a document: its front matter, its settings and its examples.
 *
 * What is wrong with it is in `errors`, with lines; what can be understood is returned all the
 * same. The examples are:
 *
 * - `>>>` behind any number of spaces, with `...` below it for more lines: in prose, in indented
 *   code blocks, in fenced blocks whose tag is `ts`, `js`, `console` or the like or missing, and,
 *   to set things up unseen, in HTML comments. Not in fenced blocks of other languages, nor in
 *   blocks and comments that begin with `skip` or `ignore`.
 * - `$ ` and a shell command, with `> ` below it: in indented code blocks, and in fenced blocks
 *   whose tag is `console`, `sh` or the like or missing.
 *
 * The expected output ends at a blank line, the next example, or the end of the block.
 *
 * A line below a prompt is output, not source, if `...` has neither a space nor nothing behind it
 * (`.../x`), or stands further in than the `>>>`. In fenced blocks there are two more cases: a last
 * bare `...` below complete source, with `+wildcard`; and, if `checkSource` is given, lines that
 * are no valid source together with the complete source above (`... 12 more items`). For what is
 * left, `+oneline` says that the source is one line.
 *
 * @param source The file's bytes, or their text.
 *
 * @example A document with an example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseDocument } from "runlit/literate";
 *
 * const { examples } = await parseDocument("# Sums\n\n    >>> 1 + 1  // +parse\n    {x:d}\n");
 * assert.equal(examples[0].line, 3);
 * assert.equal(examples[0].expected, "{x:d}");
 * assert.deepEqual(examples[0].options, { parse: true });
 * ```
 */
export async function parseDocument(
  source: string | Uint8Array,
  options: ParseDocumentOptions = {},
): Promise<ParsedDocument> {
  const errors: DocumentError[] = [];
  let text = "";
  try {
    text = typeof source === "string" ? source : decodeDocument(source);
  } catch (error) {
    const message = (error as Error).message;
    errors.push({ line: Number(/ line (\d+)/.exec(message)?.[1] ?? 1), message });
  }
  const lines = findLines(text);
  const frontMatter = await readFrontMatter(lines);
  if (frontMatter?.error) errors.push(frontMatter.error);
  const { settings, custom } = await settingsOf(lines, frontMatter, options, errors);
  const found = findExamples(lines, {
    from: frontMatter?.lineCount ?? 0,
    options: settings.options,
    custom,
    checkSource: options.checkSource,
  });
  errors.push(...found.errors);
  return {
    text,
    frontMatter: frontMatter?.data ?? null,
    settings,
    examples: found.examples,
    errors,
  };
}

async function settingsOf(
  lines: Lines,
  frontMatter: FrontMatter | null,
  options: ParseDocumentOptions,
  errors: DocumentError[],
): Promise<{ settings: DocumentSettings; custom: string[] }> {
  const project = options.project ?? NO_SETTINGS;
  const data = frontMatter?.data ?? null;
  const first = data === null ? NO_SETTINGS : readSettings(data).settings;
  // Options can be checked only once the modules that define some are known.
  const custom = [...await options.customOptions?.(mergeSettings(project, first)) ?? []];
  if (data === null) return { settings: project, custom };
  const { settings, problems } = readSettings(data, { custom });
  for (const { key, message } of problems) {
    errors.push({ line: lineOf(lines, frontMatter!.lineCount, key), message });
  }
  return { settings: mergeSettings(project, settings), custom };
}

/** The line of the front matter that has a key, or its first. */
function lineOf(lines: Lines, count: number, key: string): number {
  const name = key.split("-").pop()!;
  for (const wanted of [key, name]) {
    for (let i = 0; i < count; i++) if (lineText(lines, i).includes(wanted)) return i + 1;
  }
  return 1;
}
