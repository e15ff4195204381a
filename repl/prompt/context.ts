/**
 * What the commands of the prompt work with.
 *
 * @module
 */

import type { SessionProcess } from "./child/session_process.ts";
import type { InputExample } from "./examples_of.ts";
import type { InputQueue } from "./input_queue.ts";
import type { RecordedInput } from "./recorded_input.ts";

/** The prompt, for its commands. */
export interface PromptContext {
  readonly projectDir: string;
  readonly runsDir: string;
  /** Directory that the session began in. */
  readonly startDir: string;
  /** Directory that the session is in. */
  readonly cwd: string;
  readonly color: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly session: SessionProcess;
  /** All inputs since the start, or the last restart. */
  readonly inputs: readonly RecordedInput[];
  /** Place among them where the document begins that `.save` writes. */
  documentStart: number;
  /** Title of that document. */
  documentTitle: string | null;
  /** All of the last output, where it was cut. */
  readonly lastOutput: string;
  /** Text that the next entry begins with. */
  nextText: string;
  /** Writes a line. */
  print(line?: string): void;
  /** Writes a line that is no result. */
  note(line: string): void;
  /** Evaluates an input and shows what came of it. */
  evaluate(source: string, expected?: InputExample["expected"]): Promise<RecordedInput>;
  /** Several inputs, and what an interruption has left of them. */
  readonly queue: InputQueue;
  /** Shows text screen by screen. */
  page(text: string): Promise<void>;
  /** Leaves the terminal to a program. */
  lend<T>(use: () => Promise<T>): Promise<T>;
  restart(options: { replay: boolean }): Promise<void>;
  exit(): void;
}
