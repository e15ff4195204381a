/**
 * What was thrown, as it is sent to the prompt.
 *
 * @module
 */

import { type ErrorReport, formatError } from "../../session/format_error.ts";
import type { SessionError } from "./messages.ts";

/** Describes what was thrown. */
export function sessionError(error: unknown): SessionError {
  const { name, message, short, stack, causes, line, column } = formatError(error);
  return {
    name,
    message,
    short,
    stack,
    causes: causes.flatMap(chain),
    ...(line === undefined ? {} : { line, column }),
  };
}

function chain(report: ErrorReport): string[] {
  return [report.short, ...report.causes.flatMap(chain)];
}
