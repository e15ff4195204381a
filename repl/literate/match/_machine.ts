/**
 * The matching machine: all ways to match are followed at once, one character at a time.
 *
 * Time is at most text × program, whatever the pattern; where even that is too much, it gives up
 * after thirty million steps, which take a second at most. The order of preference (first choice of
 * a SPLIT first) is kept, so the match found is the one that backtracking would find.
 *
 * @module
 */

import { type CharSet, foldPoint, inCharSet, WORD } from "./_char_set.ts";
import {
  ANY,
  ASSERT,
  ASSERTIONS,
  CHAR,
  JUMP,
  MATCH,
  type Program,
  SAVE,
  SET,
  SPLIT,
} from "./_program.ts";
import { PatternError } from "./pattern_error.ts";

/** Positions noted on the way, the latest first. */
export interface Saved {
  readonly slot: number;
  readonly at: number;
  readonly before: Saved | null;
}

/** Called for each thread that is about to consume the character at a position, or fail to. */
export type Observer = (pc: number, at: number, saved: Saved | null) => void;

const TOO_MUCH =
  "Cannot match pattern: gave up, there are too many ways; give fields types that match less";
const MOST_STEPS = 30_000_000;

interface Threads {
  count: number;
  readonly pcs: Int32Array;
  readonly saved: (Saved | null)[];
}

/**
 * Runs a program without SAME over text from `start` to `end`, which it has to match wholly.
 *
 * @returns The positions noted, or undefined when there is no match.
 * @throws {PatternError} There were too many steps.
 */
export function runMachine(
  program: Program,
  text: string,
  start: number,
  end: number,
  observe?: Observer,
): Saved | null | undefined {
  const { op, x, y, sets, ignoreCase } = program;
  const size = op.length;
  const seen = new Int32Array(size).fill(-1);
  const stackPc: number[] = [];
  const stackSaved: (Saved | null)[] = [];
  let threads: Threads = { count: 0, pcs: new Int32Array(size), saved: [] };
  let steps = 0;
  let next: Threads = { count: 0, pcs: new Int32Array(size), saved: [] };

  /** Adds what can be reached without consuming, in order of preference. */
  function add(to: Threads, firstPc: number, at: number, firstSaved: Saved | null): void {
    let pc = firstPc;
    let saved = firstSaved;
    while (true) {
      if (seen[pc] === at) {
        if (stackPc.length === 0) return;
        pc = stackPc.pop()!;
        saved = stackSaved.pop()!;
        continue;
      }
      seen[pc] = at;
      steps++;
      const code = op[pc];
      if (code === JUMP) {
        pc = x[pc];
      } else if (code === SPLIT) {
        stackPc.push(y[pc]);
        stackSaved.push(saved);
        pc = x[pc];
      } else if (code === SAVE) {
        saved = { slot: x[pc], at, before: saved };
        pc++;
      } else if (code === ASSERT && holds(x[pc], text, at)) {
        pc++;
      } else {
        if (code !== ASSERT) {
          to.pcs[to.count] = pc;
          to.saved[to.count++] = saved;
        }
        if (stackPc.length === 0) return;
        pc = stackPc.pop()!;
        saved = stackSaved.pop()!;
      }
    }
  }

  add(threads, 0, start, null);
  for (let at = start; at < end;) {
    if (threads.count === 0) return undefined;
    if (steps > MOST_STEPS) throw new PatternError(TOO_MUCH);
    const point = text.codePointAt(at)!;
    const after = at + (point > 0xffff ? 2 : 1);
    const folded = ignoreCase ? foldPoint(point) : point;
    next.count = 0;
    for (let i = 0; i < threads.count; i++) {
      const pc = threads.pcs[i];
      const code = op[pc];
      if (observe !== undefined) observe(pc, at, threads.saved[i]);
      const goesOn = code === CHAR
        ? x[pc] === folded
        : code === ANY || (code === SET && inSet(sets[x[pc]], point));
      if (goesOn) add(next, pc + 1, after, threads.saved[i]);
    }
    [threads, next] = [next, threads];
    at = after;
  }
  for (let i = 0; i < threads.count; i++) {
    if (op[threads.pcs[i]] === MATCH) return threads.saved[i];
    if (observe !== undefined) observe(threads.pcs[i], end, threads.saved[i]);
  }
  return undefined;
}

/** Whether an assertion holds at a position. */
export function holds(assertion: number, text: string, at: number): boolean {
  const what = ASSERTIONS[assertion];
  if (what === "^") return at === 0;
  if (what === "$") return at === text.length;
  const isWord = (i: number) => i >= 0 && i < text.length && inCharSet(WORD, text.charCodeAt(i));
  return (isWord(at - 1) !== isWord(at)) === (what === "b");
}

function inSet(set: CharSet, point: number): boolean {
  return point < 128 ? set.ascii[point] === 1 : set.wide(point);
}
