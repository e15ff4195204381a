/**
 * Fields kept in a line whose other text changed.
 *
 * @module
 */

import { type CompilePatternOptions, compileTokens } from "../match/compile_pattern.ts";
import { escapeBraces } from "../match/escape_braces.ts";
import { type LinePattern, matchesLine } from "../match/line_patterns.ts";
import type { MatchOptions } from "../match/match_options.ts";
import type { PatternField, PatternToken } from "../match/parse_pattern.ts";
import { PatternError } from "../match/pattern_error.ts";

interface Place {
  readonly start: number;
  readonly end: number;
  /** Characters around that are as they were. */
  readonly score: number;
}

const LONGEST_LINE = 1000;
const MOST_TRIES = 2000;
const WORD = /[\p{L}\p{N}_]/u;

/**
 * Writes a line of output with the fields of an expected line that are found in it; null when there
 * is none.
 *
 * A field with a type is found where its text has the same character before and behind it as the
 * field has; one that matches anything, where it has the same words around it.
 */
export function keepFields(
  line: LinePattern,
  output: string,
  options: MatchOptions,
): string | null {
  const { tokens } = line;
  if (output.length > LONGEST_LINE || tokens.every((token) => token.kind === "literal")) {
    return null;
  }
  const compile = { ...options, ignoreCase: options.case === false };
  let text = "";
  let at = 0;
  let kept = 0;
  let isNext = true;
  for (const [i, token] of tokens.entries()) {
    if (token.kind === "literal") continue;
    const context = {
      before: literalText(tokens[i - 1]),
      behind: literalText(tokens[i + 1]),
      from: at,
      // Right behind the line's start, or behind a field that was kept.
      isNext,
      isLast: i >= tokens.length - 2 && tokens[i + 1]?.kind !== "field",
    };
    const place = findField(token, output, context, matcher(token, compile));
    isNext = place !== null;
    if (place === null) continue;
    text += escapeBraces(output.slice(at, place.start)) + token.raw;
    at = place.end;
    kept++;
  }
  return kept === 0 ? null : text + escapeBraces(output.slice(at));
}

interface Context {
  readonly before: string;
  readonly behind: string;
  readonly from: number;
  readonly isNext: boolean;
  readonly isLast: boolean;
}

function literalText(token: PatternToken | undefined): string {
  return token?.kind === "literal" ? token.text : "";
}

function findField(
  field: PatternField,
  output: string,
  context: Context,
  matches: (text: string) => boolean,
): Place | null {
  const isOpen = /^(?:|any|line)$/.test(field.spec.type);
  const isPlace = isOpen ? openPlace(output, context) : typedPlace(output, context);
  let best: Place | null = null;
  let tries = 0;
  for (let start = context.from; start <= output.length; start++) {
    if (!isPlace.start(start)) continue;
    for (let end = output.length; end > start; end--) {
      if (!isPlace.end(end)) continue;
      if (++tries > MOST_TRIES) return best;
      if (!matches(output.slice(start, end))) continue;
      const score = common(context.before, output.slice(0, start), true) +
        common(context.behind, output.slice(end), false);
      if (best === null || score > best.score) best = { start, end, score };
      break;
    }
  }
  return best;
}

interface PlaceTest {
  readonly start: (at: number) => boolean;
  readonly end: (at: number) => boolean;
}

/** Where text of a type may be: beside the same characters, or, at a line's ends, beside no word. */
function typedPlace(output: string, { before, behind }: Context): PlaceTest {
  const left = before.slice(-1);
  const right = behind.slice(0, 1);
  const isWord = (at: number) => WORD.test(output[at] ?? "");
  return {
    start: (at) => left === "" ? !isWord(at - 1) : output[at - 1] === left,
    end: (at) => right === "" ? !isWord(at) : output[at] === right,
  };
}

/** Where a field may be that matches anything: between the same words, or at the line's ends. */
function openPlace(output: string, { before, behind, from, isNext, isLast }: Context): PlaceTest {
  const left = /\S*\s*$/.exec(before)![0];
  const right = /^\s*\S*/.exec(behind)![0];
  return {
    start: (at) => {
      const isHere = at >= left.length && output.startsWith(left, at - left.length);
      return isHere && (left.trim() !== "" || (isNext && at === from + left.length));
    },
    end: (at) =>
      right.trim() === "" ? isLast && at === output.length : output.startsWith(right, at),
  };
}

function matcher(field: PatternField, options: CompilePatternOptions): (text: string) => boolean {
  try {
    const pattern = compileTokens(field.raw, [{ ...field, path: [] }], options);
    return (text) => matchesLine(pattern, text);
  } catch (error) {
    if (error instanceof PatternError) return () => false;
    throw error;
  }
}

/** Number of characters that two texts have in common at their end, or at their start. */
function common(a: string, b: string, atEnd: boolean): number {
  let count = 0;
  while (count < a.length && count < b.length) {
    const same = atEnd ? a.at(-1 - count) === b.at(-1 - count) : a[count] === b[count];
    if (!same) break;
    count++;
  }
  return count;
}
