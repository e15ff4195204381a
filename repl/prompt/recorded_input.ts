/**
 * What a session remembers of its inputs.
 *
 * @module
 */

import type { OptionValues } from "../literate/options/option_table.ts";
import type { SessionError } from "./child/messages.ts";

/** An input, and what came of it. */
export interface RecordedInput {
  /** Counted from 1; the name of its result is `_` and this number. */
  readonly number: number;
  readonly source: string;
  readonly status: "value" | "error" | "interrupted" | "timeout" | "exit" | "ended";
  /** What it printed. */
  readonly printed: string;
  /** Its value as a document shows it; null for none. */
  readonly plain: string | null;
  readonly error: SessionError | null;
  readonly durationMs: number;
  /** Whether its value was awaited: it is a promise's. Default: false. */
  readonly awaited?: boolean;
  /** Whether it printed on standard error itself, not by a command. Default: false. */
  readonly stderr?: boolean;
  /** What a shell command exited with; null if a signal ended it. Missing for TypeScript. */
  readonly shellExit?: number | null;
  /** What the document that it was pasted or loaded from expects; null for none. */
  readonly expected: ExpectedOutput | null;
}

/** Expected output of an example. */
export interface ExpectedOutput {
  readonly text: string;
  readonly options: OptionValues;
}

/** Whether inputs that were to follow are not wanted, or have no session any more. */
export function isOver(status: RecordedInput["status"]): boolean {
  return status === "interrupted" || status === "exit" || status === "ended";
}
