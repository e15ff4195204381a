/**
 * Why a text does not match a pattern.
 *
 * @module
 */

import { describeItem, describeRepeat, describeRest, isBehindTyped } from "./_describe_failure.ts";
import type { PatternFailure } from "./_describe_failure.ts";
import { matchPattern } from "./match_pattern.ts";
import { runMachine, type Saved } from "./_machine.ts";
import { MATCH, type Program } from "./_program.ts";
import { assemble, type Pattern } from "./compile_pattern.ts";

export type { PatternFailure } from "./_describe_failure.ts";

interface Reach {
  pc: number;
  at: number;
  saved: Saved | null;
}

/**
 * Finds how far a text matches: the furthest piece of the pattern that was begun.
 *
 * @returns Null when the text matches.
 */
export function explainPattern(pattern: Pattern, text: string): PatternFailure | null {
  const match = matchPattern(pattern, text);
  if (match.ok) return null;
  if (match.differs !== undefined) return describeRepeat(pattern, text, match);
  const program = assemble(pattern, 0, pattern.tokens.length);
  const best: Reach = { pc: -1, at: 0, saved: null };
  runMachine(program, text, 0, text.length, (pc, at, saved) => {
    const item = program.item[pc];
    const bestItem = best.pc < 0 ? -1 : program.item[best.pc];
    if (item < bestItem) return;
    // In a field the furthest character counts; in a literal the longest beginning, and for its
    // first character the longest text of the field before.
    const isLiteral = pattern.types[item] === null;
    const further = item > bestItem || (isLiteral ? pc > best.pc : at > best.at) ||
      (isLiteral && pc === best.pc && at > best.at && isBehindTyped(pattern, item));
    if (further) [best.pc, best.at, best.saved] = [pc, at, saved];
  });
  if (best.pc < 0 || program.op[best.pc] === MATCH) return describeRest(pattern, text, best.at);
  const item = program.item[best.pc];
  const offset = charactersBefore(program, best.pc);
  return describeItem(pattern, text, { item, at: best.at, offset, start: startOf(item, best) });
}

/** Where the text of a field begins. */
function startOf(item: number, reach: Reach): number {
  for (let link = reach.saved; link !== null; link = link.before) {
    if (link.slot === 2 * item) return link.at;
  }
  return reach.at;
}

/** Characters of the literal before an instruction. */
function charactersBefore(program: Program, pc: number): number {
  let first = pc;
  while (first > 0 && program.item[first - 1] === program.item[pc]) first--;
  return pc - first;
}
