/**
 * Sessions: evaluate TypeScript, source after source, on both runtimes.
 *
 * A session is a process. Make it one with {@linkcode takeOverProcess}, which keeps evaluated code
 * from ending it, and evaluate with {@linkcode createEvaluator}; {@linkcode runtimeCommand} says
 * how such a process is started.
 *
 * @example Evaluate, show, go on
 * ```ts
 * import assert from "node:assert/strict";
 * import { createEvaluator, formatError, formatValue } from "runlit/session";
 *
 * const evaluator = createEvaluator({ name: "notes.md" });
 * await evaluator.evaluate("const point: { x: number } = { x: 1 }");
 * const sum = await evaluator.evaluate("point.x + 1");
 * assert.equal(sum.status === "value" && formatValue(sum.value), "2");
 * const wrong = await evaluator.evaluate("point.y.z", { line: 7 });
 * assert(wrong.status === "error");
 * assert.deepEqual(formatError(wrong.error).stack, ["at notes.md:7:9"]);
 * evaluator.close();
 * ```
 *
 * @module
 */

export * from "./check_input.ts";
export * from "./create_evaluator.ts";
export * from "./erase_types.ts";
export * from "./evaluation.ts";
export * from "./format_error.ts";
export * from "./format_value.ts";
export * from "./import_from.ts";
export * from "./runtime_command.ts";
export * from "./scope.ts";
export * from "./source_error.ts";
export * from "./take_over_process.ts";
