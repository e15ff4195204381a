/**
 * Takes one file pattern apart.
 *
 * @module
 */

import { suggest } from "../suggest.ts";
import { splitWords } from "./_split_words.ts";

/** One pattern, taken apart. */
export interface FileRule {
  /** The pattern as it was written. */
  readonly pattern: string;
  /** Whether what matches is left out. */
  readonly exclude: boolean;
  /** Matched with the path relative to the project, see `compileGlob`. */
  readonly glob: string;
  /** Kind of file, or `dir`: such a rule decides which directories are entered. */
  readonly type?: "text" | "binary" | "dir";
  /** Matches files below this size in bytes. */
  readonly sizeBelow?: number;
  /** Matches files above this size in bytes. */
  readonly sizeAbove?: number;
  /** Matches directories in which this glob matches something. */
  readonly sentinel?: string;
  /** Matches this many files and then no more. */
  readonly maxMatches?: number;
}

/** Parses a pattern; `where` follows the word "pattern" in error messages. */
export function parseFilePattern(pattern: string, where: string): FileRule {
  try {
    const exclude = pattern.trimStart().startsWith("-");
    const words = splitWords(exclude ? pattern.trimStart().slice(1) : pattern);
    if (words.length === 0) throw new Error("it is empty");
    const rule: Rule = { pattern, exclude, glob: readGlob(words[0]) };
    for (const word of words.slice(1)) readWord(rule, word);
    checkRule(rule);
    return rule;
  } catch (cause) {
    const why = (cause as Error).message;
    throw new TypeError(`Cannot use file pattern ${JSON.stringify(pattern)}${where}: ${why}`, {
      cause,
    });
  }
}

type Rule = { -readonly [key in keyof FileRule]: FileRule[key] };

function readGlob(word: string): string {
  const glob = word.replace(/^(?:\.\/+)+/, "");
  if (glob === "") throw new Error("it names no file");
  if (leavesDir(glob)) throw new Error("it leaves the directory; use a path within it");
  return glob;
}

function leavesDir(path: string): boolean {
  return path.startsWith("/") || path.split("/").includes("..");
}

/** How each word is written, by its name. */
const WORDS: Readonly<Record<string, string>> = {
  text: "text",
  binary: "binary",
  dir: "dir",
  size: "size<N or size>N",
  sentinel: "sentinel=GLOB",
  "max-matches": "max-matches=N",
};

function readWord(rule: Rule, word: string): void {
  const [, name, sign, value] = /^([^<>=]*)([<>=]?)(.*)$/s.exec(word)!;
  const key = name + sign;
  if (key === "text" || key === "binary" || key === "dir") {
    if (rule.type !== undefined && rule.type !== key) {
      throw new Error(`it cannot be both "${rule.type}" and "${key}"`);
    }
    rule.type = key;
  } else if (key === "size<") {
    rule.sizeBelow = Math.min(rule.sizeBelow ?? Infinity, wholeNumber(word, value));
  } else if (key === "size>") {
    rule.sizeAbove = Math.max(rule.sizeAbove ?? 0, wholeNumber(word, value));
  } else if (key === "max-matches=") {
    rule.maxMatches = wholeNumber(word, value);
  } else if (key === "sentinel=") {
    if (value === "" || leavesDir(value)) throw new Error(`"${word}" needs a path within the dir`);
    rule.sentinel = value;
  } else {
    throw new Error(unknownWord(name, word));
  }
}

function wholeNumber(word: string, value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(number)) return number;
  throw new Error(`"${word}" needs a whole number behind its sign`);
}

function unknownWord(name: string, word: string): string {
  const nearest = suggest(name, Object.keys(WORDS));
  const help = nearest !== null
    ? `did you mean ${WORDS[nearest]}?`
    : `the words are ${Object.values(WORDS).join(", ")}; a name with a blank needs quotes`;
  return `unknown word ${JSON.stringify(word)}; ${help}`;
}

function checkRule(rule: Rule): void {
  const { type, sentinel, sizeBelow, sizeAbove, maxMatches } = rule;
  if (sentinel !== undefined && type !== "dir") {
    throw new Error('"sentinel" works on directories only; add the word "dir"');
  }
  if (type === "dir" && (sizeBelow ?? sizeAbove ?? maxMatches) !== undefined) {
    throw new Error('"size" and "max-matches" work on files only; remove the word "dir"');
  }
}
