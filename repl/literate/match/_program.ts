/**
 * Programs for the matching machine, assembled from texts, expressions and fields.
 *
 * A program is a list of instructions in three parallel columns. Each instruction belongs to an
 * item of the pattern (a literal or a field), by which a failure can be explained.
 *
 * @module
 */

import { type CharSet, foldCharSet, foldPoint } from "./_char_set.ts";
import type { RegexNode, RegexRepeat } from "./_regex.ts";
import { PatternError } from "./pattern_error.ts";

/** What an instruction does; `x` and `y` are its operands. */
export const CHAR = 0; // consume character x
export const ANY = 1; // consume any character
export const SET = 2; // consume a character of set x
export const SPLIT = 3; // go on at x or, second choice, at y
export const JUMP = 4; // go on at x
export const SAVE = 5; // note the position in slot x
export const ASSERT = 6; // go on if x (index in ASSERTIONS) holds here
export const SAME = 7; // consume what the slots x and x + 1 enclose
export const MATCH = 8; // the end

export const ASSERTIONS = ["^", "$", "b", "B"] as const;

/** A program under construction, and then to run. */
export interface Program {
  readonly op: number[];
  readonly x: number[];
  readonly y: number[];
  readonly sets: CharSet[];
  /** Number of the item that each instruction belongs to. */
  readonly item: number[];
  readonly ignoreCase: boolean;
}

// A pattern with 100 KB of text is fine; one that repeats a thousand times what repeats a thousand
// times is not.
const LONGEST = 500_000;

/** Makes an empty program. */
export function newProgram(ignoreCase: boolean): Program {
  return { op: [], x: [], y: [], sets: [], item: [], ignoreCase };
}

/** Appends an instruction and returns its place. */
export function emit(program: Program, item: number, op: number, x = 0, y = 0): number {
  if (program.op.length >= LONGEST) {
    throw new PatternError("Cannot use pattern: it repeats too much; lower its '{m,n}' counts");
  }
  program.op.push(op);
  program.x.push(x);
  program.y.push(y);
  program.item.push(item);
  return program.op.length - 1;
}

/** Appends what matches a text. */
export function emitText(program: Program, item: number, text: string): void {
  for (const char of text) {
    const point = char.codePointAt(0)!;
    emit(program, item, CHAR, program.ignoreCase ? foldPoint(point) : point);
  }
}

/** Appends what matches an expression. */
export function emitRegex(program: Program, item: number, node: RegexNode): void {
  switch (node.kind) {
    case "text":
      return emitText(program, item, node.text);
    case "any":
      emit(program, item, ANY);
      return;
    case "set":
      program.sets.push(program.ignoreCase ? foldCharSet(node.set) : node.set);
      emit(program, item, SET, program.sets.length - 1);
      return;
    case "sequence":
      for (const part of node.nodes) emitRegex(program, item, part);
      return;
    case "choice":
      return emitChoice(program, item, node.nodes);
    case "repeat":
      return emitRepeat(program, item, node);
    case "assert":
      emit(program, item, ASSERT, ASSERTIONS.indexOf(node.what));
  }
}

function emitChoice(program: Program, item: number, nodes: readonly RegexNode[]): void {
  const jumps: number[] = [];
  for (const [i, node] of nodes.entries()) {
    if (i === nodes.length - 1) {
      emitRegex(program, item, node);
      break;
    }
    const split = emit(program, item, SPLIT, program.op.length + 1);
    emitRegex(program, item, node);
    jumps.push(emit(program, item, JUMP));
    program.y[split] = program.op.length;
  }
  for (const jump of jumps) program.x[jump] = program.op.length;
}

function emitRepeat(program: Program, item: number, repeat: RegexRepeat): void {
  const { node, min, max, lazy } = repeat;
  for (let i = 0; i < min; i++) emitRegex(program, item, node);
  if (max === Infinity) {
    const split = emit(program, item, SPLIT);
    emitRegex(program, item, node);
    emit(program, item, JUMP, split);
    aim(program, split, split + 1, program.op.length, lazy);
    return;
  }
  const splits: number[] = [];
  for (let i = min; i < max; i++) {
    splits.push(emit(program, item, SPLIT));
    emitRegex(program, item, node);
  }
  for (const split of splits) aim(program, split, split + 1, program.op.length, lazy);
}

function aim(program: Program, split: number, into: number, past: number, lazy: boolean): void {
  program.x[split] = lazy ? past : into;
  program.y[split] = lazy ? into : past;
}
