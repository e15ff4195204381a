/**
 * Inputs that are evaluated one after the other. What an interruption keeps from it is left, and
 * `.continue` goes on with it.
 *
 * @module
 */

import { cutText } from "../display/format_table.ts";
import { type ExpectedOutput, isOver, type RecordedInput } from "./recorded_input.ts";
import { formatSessionError } from "./show_input.ts";
import { withPrompts } from "./shell_input.ts";

/** An input that waits for others. */
export interface WaitingInput {
  readonly source: string;
  readonly expected: ExpectedOutput | null;
  /** It was evaluated before: its number then. What it prints was seen, and is not shown. */
  readonly again?: number;
}

/** What evaluates them. */
export interface InputQueueOptions {
  readonly color: boolean;
  readonly columns: () => number;
  readonly print: (line: string) => void;
  readonly note: (line: string) => void;
  readonly evaluate: (input: WaitingInput) => Promise<RecordedInput>;
}

/** Inputs in their order. */
export interface InputQueue {
  /** Those that are left: the interrupted one, and what was to follow. */
  readonly left: readonly WaitingInput[];
  /** Evaluates inputs until one is interrupted, or ends the session. */
  evaluateAll(inputs: readonly WaitingInput[]): Promise<RecordedInput[]>;
  /** Evaluates what is left; `skip` leaves the first out. */
  evaluateLeft(options: { skip: boolean }): Promise<void>;
  /** Says what is left, unless that was said. */
  tellLeft(): void;
  /** Leaves these, and nothing else. */
  leave(inputs: readonly WaitingInput[]): void;
}

/** Makes a queue in which nothing is left. */
export function inputQueue(options: InputQueueOptions): InputQueue {
  const { color, columns, print, note, evaluate } = options;
  let left: readonly WaitingInput[] = [];
  let told = left;

  async function evaluateAll(inputs: readonly WaitingInput[]): Promise<RecordedInput[]> {
    const done: RecordedInput[] = [];
    // What another interruption has left comes behind these.
    const later = left;
    for (const [i, input] of inputs.entries()) {
      const { source, again } = input;
      const rest = inputs.slice(i + 1);
      // While it is evaluated, since the session may end: it is started anew then.
      left = [...rest, ...later];
      if (again === undefined) note(withPrompts(source));
      const recorded = await evaluate(input);
      done.push(recorded);
      if (recorded.status === "interrupted") {
        if (again !== undefined) {
          note(`Interrupted; evaluated ${i} of ${inputs.length} inputs again`);
        }
        // The last one of some that are new was seen to be interrupted.
        left = again === undefined && rest.length === 0 ? later : [input, ...rest, ...later];
      }
      if (isOver(recorded.status)) return done;
      if (again === undefined || recorded.error === null) continue;
      print(`${source.split("\n")[0]} …`);
      print(formatSessionError(recorded.error, source, color));
    }
    left = later;
    const count = inputs.filter(({ again }) => again !== undefined).length;
    if (count > 0) note(`Evaluated ${count === 1 ? "an input" : `${count} inputs`} again`);
    return done;
  }

  return {
    get left() {
      return left;
    },
    evaluateAll,
    async evaluateLeft({ skip }) {
      const inputs = left.slice(skip ? 1 : 0);
      left = [];
      await evaluateAll(inputs);
    },
    tellLeft() {
      if (left.length > 0 && left !== told) {
        for (const line of describeLeft(left, columns())) note(line);
      }
      told = left;
    },
    leave(inputs) {
      left = inputs;
    },
  };
}

/** So many are shown; one more takes the place of the line that says how many there are. */
const MOST_SHOWN = 5;

function describeLeft(left: readonly WaitingInput[], columns: number): string[] {
  const shown = left.slice(0, left.length === MOST_SHOWN + 1 ? left.length : MOST_SHOWN);
  const lines = shown.map(({ source }) => {
    const [line, ...more] = withPrompts(source).split("\n");
    return cutText(more.length > 0 ? `${line} …` : line, columns);
  });
  if (shown.length < left.length) lines.push(`… ${left.length - shown.length} more`);
  const how = left.length === 1
    ? ".continue evaluates it"
    : ".continue evaluates them, '.continue skip' those after the first";
  return ["Not evaluated:", ...lines, how];
}
