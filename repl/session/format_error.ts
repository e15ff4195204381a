/**
 * Errors as text.
 *
 * @module
 */

import { inspect } from "node:util";
import { isForeign } from "./clean_stacks.ts";
import { SourceError } from "./source_error.ts";

/** An error as text. All of it can be sent to another process. */
export interface ErrorReport {
  /** Name and message, such as `RangeError: too far`; `Uncaught 42` for what is no error. */
  readonly short: string;
  /** Frames of the user's code, innermost first, such as `at f (doc.md:7:3)`. */
  readonly stack: readonly string[];
  /** Name of the error's class. */
  readonly name: string;
  readonly message: string;
  /** What caused it, and what it gathers (an `AggregateError`'s errors). */
  readonly causes: readonly ErrorReport[];
  /** For a syntax error: line in the source, from 1, and column, from 1. */
  readonly line?: number;
  readonly column?: number;
  /** For a syntax error: could more lines complete the source? */
  readonly incomplete?: boolean;
  /** The exit code that `process.exit()` or `Deno.exit()` was called with. */
  readonly exit?: number;
}

/**
 * Describes what was thrown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatError } from "runlit/session";
 *
 * assert.equal(formatError(new RangeError("too far")).short, "RangeError: too far");
 * assert.equal(formatError(42).short, "Uncaught 42");
 * ```
 */
export function formatError(error: unknown): ErrorReport {
  return report(error, new Set());
}

function report(error: unknown, seen: Set<unknown>): ErrorReport {
  seen.add(error);
  if (!isError(error)) {
    const short = `Uncaught ${safeInspect(error)}`;
    return { short, stack: [], name: "", message: short, causes: [] };
  }
  const name = nameOf(error);
  const message = textOf(error, "message");
  const inner = [Reflect.get(error, "cause")];
  const gathered: unknown = Reflect.get(error, "errors");
  if (Array.isArray(gathered)) inner.push(...gathered);
  const exit: unknown = Reflect.get(error, EXIT_CODE);
  return {
    short: message ? `${name}: ${message}` : name,
    stack: stackOf(error),
    name,
    message,
    causes: error instanceof SourceError ? [] : inner
      .filter((cause) => cause !== undefined && cause !== null && !seen.has(cause))
      .map((cause) => report(cause, seen)),
    ...(error instanceof SourceError
      ? { line: error.line, column: error.column, incomplete: error.incomplete }
      : {}),
    ...(typeof exit === "number" ? { exit } : {}),
  };
}

/** Where an error that stands for a call of `process.exit()` has its code. */
export const EXIT_CODE: unique symbol = Symbol.for("runlit.exitCode");

/** Is it an error, of whatever realm? */
function isError(error: unknown): error is Error {
  return error instanceof Error || Object.prototype.toString.call(error) === "[object Error]" ||
    Object.prototype.toString.call(error) === "[object DOMException]";
}

/** The error's name; that of its class where nobody set one. */
function nameOf(error: Error): string {
  const name = textOf(error, "name") || "Error";
  if (name !== "Error") return name;
  const own: unknown = error.constructor?.name;
  return typeof own === "string" && own !== "" && own !== "Object" ? own : name;
}

function textOf(error: Error, key: "name" | "message" | "stack"): string {
  try {
    const text: unknown = error[key];
    return typeof text === "string" ? text : "";
  } catch {
    return "";
  }
}

function stackOf(error: Error): string[] {
  if (error instanceof SourceError) return [];
  return textOf(error, "stack").split("\n").map((line) => line.trim())
    .filter((line) => line.startsWith("at ") && !isForeign(line));
}

function safeInspect(value: unknown): string {
  try {
    return inspect(value);
  } catch (error) {
    return `[cannot be shown: ${error instanceof Error ? error.message : typeof error}]`;
  }
}
