/**
 * Which lines of output belong to which lines of expected output.
 *
 * @module
 */

import type { LinePattern } from "./line_patterns.ts";

/** A step of an alignment. */
export type AlignStep =
  /** Expected line and the lines of output that match it. */
  | {
    readonly kind: "match";
    readonly expected: number;
    readonly actual: number;
    readonly count: number;
  }
  /** Expected line, and a line of output that is in its place. */
  | { readonly kind: "replaced"; readonly expected: number; readonly actual: number }
  /** Expected line without output. */
  | { readonly kind: "missing"; readonly expected: number }
  /** Line of output that is not expected. */
  | { readonly kind: "extra"; readonly actual: number };

// Costs of lines. To lose an expected line is worst: it may be a pattern. A line that a field takes
// in is better than one that is not expected at all, but not than one in the place of another:
// else a field behind a changed line would take in all that changed.
const MISSING = 12;
const EXTRA = 4;
const REPLACED = 14;
const TAKEN_IN = 3;

// 4 million cells take some 50 ms and 32 MB; above that only both ends are compared.
const MOST_CELLS = 4_000_000;
// Comparing a line with a pattern takes 20 µs or so.
const MOST_MATCHES = 20_000;

/**
 * Aligns lines so that as few as possible are missing, extra or replaced.
 *
 * @param actual Lines of output in their form for comparing.
 */
export function alignLines(
  expected: readonly LinePattern[],
  actual: readonly string[],
): AlignStep[] {
  const isSame = comparer(expected, actual);
  const steps: AlignStep[] = [];
  let head = 0;
  let [expectedEnd, actualEnd] = [expected.length, actual.length];
  while (
    head < expectedEnd && head < actualEnd && !expected[head].behind && isSame(head, head)
  ) {
    steps.push({ kind: "match", expected: head, actual: head, count: 1 });
    head++;
  }
  const tail: AlignStep[] = [];
  while (
    expectedEnd > head && actualEnd > head && !expected[expectedEnd - 1].behind &&
    isSame(expectedEnd - 1, actualEnd - 1)
  ) {
    tail.push({ kind: "match", expected: --expectedEnd, actual: --actualEnd, count: 1 });
  }
  const middle = { first: head, expectedEnd, actualEnd };
  steps.push(...alignMiddle(expected, middle, isSame), ...tail.reverse());
  return steps;
}

interface Middle {
  readonly first: number;
  readonly expectedEnd: number;
  readonly actualEnd: number;
}

type IsSame = (expected: number, actual: number) => boolean;

function alignMiddle(
  expected: readonly LinePattern[],
  { first, expectedEnd, actualEnd }: Middle,
  isSame: IsSame,
): AlignStep[] {
  const rows = expectedEnd - first;
  const columns = actualEnd - first;
  if ((rows + 1) * (columns + 1) > MOST_CELLS) return replaceAll(first, expectedEnd, actualEnd);
  const width = columns + 1;
  // Least cost from a pair of lines on; and the same when the line of output, and those behind it,
  // may still belong to the expected line before.
  const cost = new Uint32Array((rows + 1) * width);
  const absorbed = new Uint32Array((rows + 1) * width);
  for (let i = rows; i >= 0; i--) {
    for (let j = columns; j >= 0; j--) {
      const at = i * width + j;
      let least = (rows - i) * MISSING + (columns - j) * EXTRA;
      if (i < rows && j < columns) {
        const below = at + width;
        least = Math.min(cost[below] + MISSING, cost[at + 1] + EXTRA, cost[below + 1] + REPLACED);
        if (isSame(first + i, first + j)) {
          least = Math.min(least, (expected[first + i].behind ? absorbed : cost)[below + 1]);
        }
      }
      cost[at] = least;
      absorbed[at] = j < columns ? Math.min(least, absorbed[at + 1] + TAKEN_IN) : least;
    }
  }
  return retrace(expected, { first, rows, columns, cost, absorbed, isSame });
}

interface Table {
  readonly first: number;
  readonly rows: number;
  readonly columns: number;
  readonly cost: Uint32Array;
  readonly absorbed: Uint32Array;
  readonly isSame: IsSame;
}

function retrace(expected: readonly LinePattern[], table: Table): AlignStep[] {
  const { first, rows, columns, cost, absorbed, isSame } = table;
  const width = columns + 1;
  const steps: AlignStep[] = [];
  let [i, j] = [0, 0];
  while (i < rows || j < columns) {
    const at = i * width + j;
    const line = expected[first + i];
    const below = at + width;
    const behind = i < rows && line.behind ? absorbed : cost;
    if (i < rows && j < columns && isSame(first + i, first + j) && cost[at] === behind[below + 1]) {
      const start = j++;
      let rest = below + 1;
      if (line.behind) { for (; cost[rest] > absorbed[rest]; rest++) j++; }
      steps.push({ kind: "match", expected: first + i, actual: first + start, count: j - start });
      i++;
    } else if (i < rows && j < columns && cost[at] === cost[below + 1] + REPLACED) {
      steps.push({ kind: "replaced", expected: first + i++, actual: first + j++ });
    } else if (i < rows && (j === columns || cost[at] === cost[below] + MISSING)) {
      steps.push({ kind: "missing", expected: first + i++ });
    } else {
      steps.push({ kind: "extra", actual: first + j++ });
    }
  }
  return steps;
}

function replaceAll(first: number, expectedEnd: number, actualEnd: number): AlignStep[] {
  const steps: AlignStep[] = [];
  for (let i = first; i < expectedEnd; i++) steps.push({ kind: "missing", expected: i });
  for (let j = first; j < actualEnd; j++) steps.push({ kind: "extra", actual: j });
  return steps;
}

/** Compares lines; what a pattern's text was compared with before is remembered. */
function comparer(expected: readonly LinePattern[], actual: readonly string[]): IsSame {
  const known = new Map<string, Int8Array>();
  let matches = 0;
  return (i, j) => {
    const line = expected[i];
    if (line.literal !== null) return line.literal === actual[j];
    let answers = known.get(line.text);
    if (answers === undefined) known.set(line.text, answers = new Int8Array(actual.length));
    if (answers[j] === 0) {
      const isSame = ++matches <= MOST_MATCHES && line.matches(actual[j]);
      answers[j] = isSame ? 1 : -1;
    }
    return answers[j] === 1;
  };
}
