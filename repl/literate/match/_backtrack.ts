/**
 * Matching with back-references: one way after the other, up to a number of steps.
 *
 * @module
 */

import { foldPoint, inCharSet } from "./_char_set.ts";
import { holds, type Saved } from "./_machine.ts";
import {
  ANY,
  ASSERT,
  CHAR,
  JUMP,
  MATCH,
  type Program,
  SAME,
  SAVE,
  SET,
  SPLIT,
} from "./_program.ts";

/** The search took too many steps. */
export const GAVE_UP: unique symbol = Symbol("gave up");

const MOST_STEPS = 500_000;

/**
 * Runs a program with SAME, and returns the positions noted, or undefined when there is no match.
 *
 * Matching with back-references is hard in general (NP-complete), so there is an end to it: what
 * was tried is remembered, with the texts that are to be repeated, and after half a million steps it
 * gives up.
 */
export function backtrack(
  program: Program,
  text: string,
  start: number,
  end: number,
): Saved | null | undefined | typeof GAVE_UP {
  const { op, x, y, sets, ignoreCase } = program;
  const referred = new Set<number>();
  let lastSame = 0;
  for (let pc = 0; pc < op.length; pc++) {
    if (op[pc] !== SAME) continue;
    referred.add(x[pc]).add(x[pc] + 1);
    lastSame = pc;
  }
  const tried = new Set<number | string>();
  const stack: { pc: number; at: number; saved: Saved | null; key: string }[] = [
    { pc: 0, at: start, saved: null, key: "" },
  ];
  let steps = 0;

  while (stack.length > 0) {
    let { pc, at, saved, key } = stack.pop()!;
    while (true) {
      if (++steps > MOST_STEPS) return GAVE_UP;
      const code = op[pc];
      if (code === JUMP) {
        pc = x[pc];
        continue;
      }
      if (code === SPLIT) {
        const place = pc * (text.length + 1) + at;
        // Behind the last repetition it no longer matters which texts were to be repeated.
        const state = pc > lastSame || key === "" ? place : `${place}${key}`;
        if (tried.has(state)) break;
        tried.add(state);
        stack.push({ pc: y[pc], at, saved, key });
        pc = x[pc];
        continue;
      }
      if (code === SAVE) {
        saved = { slot: x[pc], at, before: saved };
        if (referred.has(x[pc])) key += `,${x[pc]}:${at}`;
        pc++;
        continue;
      }
      if (code === ASSERT) {
        if (!holds(x[pc], text, at)) break;
        pc++;
        continue;
      }
      if (code === SAME) {
        const length = sameLength(
          program,
          text,
          at,
          end,
          slot(saved, x[pc]),
          slot(saved, x[pc] + 1),
        );
        if (length < 0) break;
        at += length;
        pc++;
        continue;
      }
      if (code === MATCH) {
        if (at === end) return saved;
        break;
      }
      if (at >= end) break;
      const point = text.codePointAt(at)!;
      const goesOn = code === CHAR
        ? x[pc] === (ignoreCase ? foldPoint(point) : point)
        : code === ANY || (code === SET && inCharSet(sets[x[pc]], point));
      if (!goesOn) break;
      at += point > 0xffff ? 2 : 1;
      pc++;
    }
  }
  return undefined;
}

/** Length of the text here that repeats an earlier one, or -1. */
function sameLength(
  program: Program,
  text: string,
  at: number,
  end: number,
  from: number,
  to: number,
): number {
  const length = to - from;
  if (at + length > end) return -1;
  if (!program.ignoreCase) return text.startsWith(text.slice(from, to), at) ? length : -1;
  for (let i = 0; i < length; i++) {
    if (foldPoint(text.charCodeAt(from + i)) !== foldPoint(text.charCodeAt(at + i))) return -1;
  }
  return length;
}

function slot(saved: Saved | null, wanted: number): number {
  let link = saved;
  while (link !== null && link.slot !== wanted) link = link.before;
  return link === null ? 0 : link.at;
}
