/**
 * Values that are other ones next time, as patterns.
 *
 * @module
 */

import { homedir, tmpdir } from "node:os";
import { escapeBraces } from "../../literate/match/escape_braces.ts";
import { matchOutput } from "../../literate/match/match_output.ts";
import { parsePattern } from "../../literate/match/parse_pattern.ts";

/** Output with patterns in place of what is volatile. */
export interface MaskedOutput {
  readonly text: string;
  /** Whether there is a pattern in it, so that it needs `+parse`. */
  readonly isPattern: boolean;
}

/** What is volatile, in the order in which it is looked for, and the pattern that takes its place. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [
    /(?<![0-9a-f-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f-])/,
    "{:run_id}",
  ],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[-+]\d\d:?\d\d)?/, "{:date}"],
  [/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:[.,]\d+)?/, "{:S} {:S}"],
  // Those of `date`, and of JavaScript's own `toString()`.
  [
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:[A-Z][a-z]{2} +\d+|\d+ [A-Z][a-z]{2})[^\n'"]* \d\d:\d\d:\d\d(?: [A-Z]{3,5}(?:[-+]\d{4})?| [-+]\d{4})?(?: \([^)\n]*\))?(?: \d{4})?/,
    "{:line}",
  ],
  // Those of `ls -l`.
  [/\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d [ \d]\d:\d\d\b/, "{:line}"],
  [/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/, "{:sha256}"],
  [/(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{96}|[0-9a-f]{128})(?![0-9a-f])/, "{:x}"],
  [/(?<![\d.:])\d\d:\d\d:\d\d(?:[.,]\d+)?(?![\d:])/, "{:S}"],
  [/(?<=\bpid['"]?(?:: ?|=| ))\d+/i, "{:d}"],
  [/(?<![\d.])[1-9]\d{15}(?![\d.])/, "{:timestamp}"],
  [/(?<![\d.])1\d{12}(?![\d.])/, "{:run_timestamp}"],
  [/\b(?:an?|\d+) (?:year|month|day|hour|minute|second)s? ago\b/, "{:line} ago"],
  [/(?<![\w.])\d+(?:\.\d+)?\s?(?:ns|µs|ms|s|min|h)(?:\s\d+\s(?:s|min))?(?![\w/])/, "{:duration}"],
  [
    /\b(?:[bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz]-){1}[bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz]\b/,
    "{:l}-{:l}",
  ],
];

/** Places in the session's inputs: in a document they are the document's. */
const INPUT_PLACE = /\brepl:\d+:\d+/;
/** Absolute paths, and those from the home directory: another machine has other ones. */
const PATH = /(?<![\w/.:~-])~?(?:\/[\w.@+:-]+){2,}\/?/;
const NUMBER = /(?<![\w.])-?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w.])/;
/** Sources that give another number each time. */
const RANDOM =
  /\b(?:random|now|hrtime|getTime|uptime|pid|memoryUsage|cpuUsage|mtimeMs|getRandomValues)\b/;

/** Options of {@linkcode maskVolatile}. */
export interface MaskOptions {
  /** The source that gave the output. Default: unknown. */
  readonly source?: string;
}

/**
 * Puts typed patterns in place of what is volatile: run IDs and names, times, durations, digests,
 * absolute paths.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { maskVolatile } from "runlit/mask-volatile";
 *
 * const { text } = maskVolatile("'0c3a5b5e-3b5e-4b5e-8b5e-0c3a5b5e3b5e' in /tmp/x/y after 12 ms");
 * assert.equal(text, "'{:run_id}' in {:path} after {:duration}");
 * assert.equal(maskVolatile("{ a: 1 }").isPattern, false);
 * ```
 */
export function maskVolatile(output: string, options: MaskOptions = {}): MaskedOutput {
  const kinds = [
    ...VOLATILE,
    ...ofThisProcess(),
    [INPUT_PLACE, "{:S}"] as const,
    [PATH, "{:path}"] as const,
  ];
  if (RANDOM.test(options.source ?? "")) kinds.push([NUMBER, "{:number}"]);
  const pieces = divide(output, kinds);
  const fields = pieces.filter(({ pattern }) => pattern !== null).length;
  if (fields === 0) return { text: output, isPattern: false };
  const plain = pieces.map(({ text, pattern }) => pattern ?? text).join("");
  if (isFaithful(plain, output, pieces)) return { text: plain, isPattern: true };
  const text = pieces.map(({ text, pattern }) => pattern ?? escapeBraces(text)).join("");
  return { text, isPattern: true };
}

/** What another machine or runtime has other ones of, although it looks like nothing special. */
function ofThisProcess(): (readonly [RegExp, string])[] {
  const { node, deno, v8 } = process.versions as Record<string, string | undefined>;
  const literal = (text: string) => text.replace(/[^\w]/g, "\\$&");
  const versions = [node, deno, v8].filter((version) => version !== undefined).map(literal);
  const places = [tmpdir(), homedir()].filter((path) => path.length > 1).map(literal);
  return [
    [new RegExp(`(?<![\\d.])(?:${versions.join("|")})(?![\\w.])`), "{:S}"],
    [new RegExp(`(?<![\\w/.])(?:${places.join("|")})(?![\\w/.-])`), "{:path}"],
  ];
}

interface Piece {
  readonly text: string;
  readonly pattern: string | null;
}

function divide(output: string, kinds: readonly (readonly [RegExp, string])[]): Piece[] {
  let pieces: Piece[] = [{ text: output, pattern: null }];
  for (const [regex, pattern] of kinds) {
    const all = new RegExp(regex.source, `${regex.flags}g`);
    pieces = pieces.flatMap((piece) => {
      if (piece.pattern !== null) return piece;
      const parts: Piece[] = [];
      let at = 0;
      for (const found of piece.text.matchAll(all)) {
        parts.push({ text: piece.text.slice(at, found.index), pattern: null });
        parts.push({ text: found[0], pattern });
        at = found.index + found[0].length;
      }
      return [...parts, { text: piece.text.slice(at), pattern: null }];
    });
  }
  return pieces.filter(({ text }) => text !== "");
}

/** Whether braces of the output are taken for themselves, so that they need not be doubled. */
function isFaithful(plain: string, output: string, pieces: readonly Piece[]): boolean {
  if (!pieces.some(({ text, pattern }) => pattern === null && /[{}]/.test(text))) return true;
  const expected = pieces.reduce(
    (sum, { pattern }) => sum + (pattern?.match(/\{/g)?.length ?? 0),
    0,
  );
  const found = parsePattern(plain).filter(({ kind }) => kind === "field").length;
  return found === expected && matchOutput(plain, output, { parse: true }).ok;
}
