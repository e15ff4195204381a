/**
 * Finds documents.
 *
 * @module
 */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { compileGlob } from "../../../lib/files/glob.ts";
import { naturalCompare } from "../../../lib/files/natural_compare.ts";
import type { DocumentTarget } from "./run_documents.ts";

/** Directories that hold no documents of the project. */
const CLOSED = new Set(["node_modules", "dist", "coverage"]);

/** A line that begins an example. */
const PROMPT = /^ *(?:>>>|\$)(?: |$)/m;

/**
 * Finds the documents that words name: a file, a file with the line of an example (`doc.md:12`), a
 * directory, or a glob. A directory stands for its Markdown files that have examples, and those of
 * the directories below; hidden ones, `node_modules` and `dist` are passed over.
 *
 * @throws {RangeError} There is no such file or directory.
 */
export function findDocuments(words: readonly string[]): DocumentTarget[] {
  const targets = new Map<string, Set<number> | null>();
  for (const word of words.length === 0 ? ["."] : words) {
    for (const { path, lines } of find(word)) {
      const known = targets.get(path);
      if (lines === undefined || known === null) targets.set(path, null);
      else targets.set(path, new Set([...(known ?? []), ...lines]));
    }
  }
  return Array.from(
    targets,
    ([path, lines]) => (lines === null ? { path } : { path, lines: [...lines] }),
  );
}

function find(word: string): DocumentTarget[] {
  const stat = statSync(word, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return inDirectory(word).filter(hasExamples).map((path) => ({ path }));
  if (stat !== undefined) return [{ path: word }];
  const at = /^(.+):(\d+)$/.exec(word);
  if (at !== null && statSync(at[1], { throwIfNoEntry: false })?.isFile()) {
    return [{ path: at[1], lines: [Number(at[2])] }];
  }
  const found = /[*?]/.test(word)
    ? inDirectory(".").filter(compileGlob(word.replace(/^\.\//, "")))
    : [];
  if (found.length > 0) return found.map((path) => ({ path }));
  throw new RangeError(`There is no document '${word}'`);
}

function inDirectory(dir: string): string[] {
  const found: string[] = [];
  const waiting = [dir];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    for (const entry of readdirSync(parent, { withFileTypes: true })) {
      const path = join(parent, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".") && !CLOSED.has(entry.name)) waiting.push(path);
      } else if (entry.isFile() && /\.(?:md|markdown)$/i.test(entry.name)) found.push(path);
    }
  }
  return found.sort(naturalCompare);
}

function hasExamples(path: string): boolean {
  return PROMPT.test(readFileSync(path, "latin1"));
}
