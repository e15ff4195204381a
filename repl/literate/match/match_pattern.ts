/**
 * Matching text with a pattern.
 *
 * @module
 */

import { foldPoint } from "./_char_set.ts";
import { backtrack, GAVE_UP } from "./_backtrack.ts";
import { runMachine, type Saved } from "./_machine.ts";
import { SAME } from "./_program.ts";
import { assemble, type Pattern } from "./compile_pattern.ts";
import type { PatternField } from "./parse_pattern.ts";

/** What matched: for each field its token's index, and where its text is. */
export interface FieldMatch {
  readonly token: number;
  readonly start: number;
  readonly end: number;
}

/** Result of {@linkcode matchPattern}. */
export type PatternMatch =
  | { readonly ok: true; readonly fields: readonly FieldMatch[] }
  | {
    readonly ok: false;
    /** Fields as they would match if one name could stand for different texts. */
    readonly relaxed?: readonly FieldMatch[];
    /** Token whose text differs from the one it repeats. */
    readonly differs?: number;
    /** Whether the search was given up. */
    readonly gaveUp?: boolean;
  };

/**
 * Matches a whole text with a pattern.
 *
 * Of several ways to match it takes the one that a backtracking engine finds first: fields without
 * a type are as short as possible, others as long as possible, from left to right. The time is
 * bounded by text × pattern; for a pattern that repeats a name, by a number of steps.
 */
export function matchPattern(pattern: Pattern, text: string): PatternMatch {
  const bounds = trim(pattern, text);
  if (bounds === null) return { ok: false };
  const { first, last, start, end } = bounds;
  if (first === last) return start === end ? { ok: true, fields: [] } : { ok: false };
  const saved = runMachine(assemble(pattern, first, last), text, start, end);
  if (saved === undefined) return { ok: false };
  const fields = fieldsOf(pattern, saved);
  const differs = firstDifference(pattern, text, fields);
  if (differs < 0) return { ok: true, fields };
  // The preferred way to match does not repeat the text: look for one that does.
  const found = backtrack(assemble(pattern, first, last, SAME), text, start, end);
  if (found === GAVE_UP) return { ok: false, relaxed: fields, differs, gaveUp: true };
  if (found === undefined) return { ok: false, relaxed: fields, differs };
  return { ok: true, fields: fieldsOf(pattern, found) };
}

/** Names and values of a match, converted; a value that cannot be converted is an error. */
export function bindFields(
  pattern: Pattern,
  text: string,
  fields: readonly FieldMatch[],
): { bindings: Record<string, unknown> } | { field: FieldMatch; error: unknown } {
  const bindings: Record<string, unknown> = {};
  for (const field of fields) {
    const token = pattern.tokens[field.token] as PatternField;
    const type = pattern.types[field.token]!;
    const captured = text.slice(field.start, field.end);
    try {
      const value = type.convert === undefined
        ? captured
        : type.convert(type.numeric === true ? unfill(captured, token.spec.fill) : captured);
      if (token.path.length > 0 && pattern.repeats[field.token] < 0) {
        bind(bindings, token.path, value);
      }
    } catch (error) {
      return { field, error };
    }
  }
  return { bindings };
}

/** Cuts the literal text at both ends, which costs least to compare. */
function trim(
  pattern: Pattern,
  text: string,
): { first: number; last: number; start: number; end: number } | null {
  let [first, last, start, end] = [0, pattern.tokens.length, 0, text.length];
  if (pattern.ignoreCase || last === 0) return { first, last, start, end };
  const head = pattern.tokens[0];
  if (head.kind === "literal") {
    if (!text.startsWith(head.text)) return null;
    start = head.text.length;
    first = 1;
  }
  const tail = pattern.tokens[last - 1];
  if (last > first && tail.kind === "literal") {
    if (!text.endsWith(tail.text) || end - tail.text.length < start) return null;
    end -= tail.text.length;
    last--;
  }
  return { first, last, start, end };
}

function fieldsOf(pattern: Pattern, saved: Saved | null): FieldMatch[] {
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  for (let link = saved; link !== null; link = link.before) {
    const where = link.slot % 2 === 0 ? starts : ends;
    if (!where.has(link.slot >> 1)) where.set(link.slot >> 1, link.at);
  }
  return [...pattern.tokens.keys()].filter((i) => starts.has(i)).map((token) => {
    return { token, start: starts.get(token)!, end: ends.get(token)! };
  });
}

function firstDifference(pattern: Pattern, text: string, fields: readonly FieldMatch[]): number {
  if (pattern.repeats.every((before) => before < 0)) return -1;
  const texts = new Map(
    fields.map(({ token, start, end }) => [token, fold(text.slice(start, end), pattern)]),
  );
  return pattern.repeats.findIndex((before, i) =>
    before >= 0 && texts.get(before) !== texts.get(i)
  );
}

function fold(text: string, pattern: Pattern): string {
  if (!pattern.ignoreCase) return text;
  return [...text].map((char) => String.fromCodePoint(foldPoint(char.codePointAt(0)!))).join("");
}

function unfill(text: string, fill: string): string {
  if (fill === "" || /[0-9]/.test(fill)) return text;
  return text.replaceAll(fill, "");
}

function bind(bindings: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let target = bindings;
  for (const name of path.slice(0, -1)) {
    const inner = Object.hasOwn(target, name) ? target[name] : undefined;
    if (typeof inner !== "object" || inner === null) define(target, name, {});
    target = target[name] as Record<string, unknown>;
  }
  define(target, path[path.length - 1], value);
}

/** Not by assignment: a field may be called `__proto__`. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
