/**
 * Evaluates TypeScript, source after source, with declarations that stay.
 *
 * @module
 */

import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { installCleanStacks } from "./clean_stacks.ts";
import type { DeclaredVariables } from "./declare_variables.ts";
import { openEngine } from "./engine.ts";
import type { Evaluation } from "./evaluation.ts";
import { importFrom } from "./import_from.ts";
import { planScript, type ScriptPlan } from "./plan_script.ts";
import { prepareScript } from "./prepare_script.ts";
import { propertyNames } from "./property_names.ts";
import { type RunPlace, runPlan } from "./run_plan.ts";
import { compileError } from "./run_script.ts";
import { defineGlobal, installScope, type SessionScope } from "./scope.ts";
import { createVariables, VARIABLES } from "./session_variables.ts";

/** Options of {@linkcode createEvaluator}. */
export interface EvaluatorOptions {
  /** Absolute path of the document: imports start there. Default: `repl.ts` in the current directory. */
  readonly document?: string;
  /** What stack frames call the document. Default: its base name. */
  readonly name?: string;
  /** What is in scope beside the runtime's globals. */
  readonly scope?: SessionScope;
  /** Milliseconds that an evaluation may take, 0 for no limit. Default 0. */
  readonly timeout?: number;
}

/** Options of {@linkcode Evaluator.evaluate}. */
export interface EvaluateOptions {
  /** Line of the document that the source begins in, from 1. Default 1. */
  readonly line?: number;
  /** Milliseconds it may take, 0 for no limit. Default: the evaluator's. */
  readonly timeout?: number;
}

/** Evaluates sources one after the other in the global scope of this process. */
export interface Evaluator {
  /**
   * Evaluates a source; never rejects.
   *
   * Declarations stay, and may be repeated. The value of a last expression is awaited; other
   * statements have none.
   */
  evaluate(source: string, options?: EvaluateOptions): Promise<Evaluation>;
  /**
   * The same, at once, where that is possible; otherwise null (nothing has happened yet), or a
   * promise (the rest has to be awaited). Runs without a time limit: see {@linkcode Evaluator.guard}.
   */
  evaluateNow(source: string, options?: EvaluateOptions): Evaluation | Promise<Evaluation> | null;
  /** Calls a synchronous function; false if it was ended because it took longer than `timeout` ms. */
  guard(step: () => void, timeout: number): boolean;
  /** Sets variables, those that sources have declared among them. */
  bind(values: Readonly<Record<string, unknown>>): void;
  /**
   * Gives up on the evaluation that is not over: it is `interrupted`. What it awaits goes on
   * unseen. Code that does not pause has to be ended by another thread (`terminateExecution`).
   */
  interrupt(): void;
  /** Names in scope, or of an expression's properties if it can be evaluated without side effects. */
  names(expression?: string): Promise<string[]>;
  close(): void;
}

// Evaluated code may replace these, to fake the time for instance.
const { setTimeout, clearTimeout } = globalThis;

/**
 * Makes an evaluator for this process: its global scope, its working directory, its output.
 *
 * TypeScript is evaluated by erasing its types; what is JavaScript already is not parsed by us.
 * `import` works as in a module at `document`. Stack traces are made clean for the whole process
 * while the evaluator is open. A source that is one object in braces is an object, not a block.
 *
 * @example Declarations stay
 * ```ts
 * import assert from "node:assert/strict";
 * import { createEvaluator } from "runlit/session";
 *
 * const evaluator = createEvaluator();
 * await evaluator.evaluate("const twice = (x: number) => Promise.resolve(2 * x)");
 * const evaluation = await evaluator.evaluate("twice(21)");
 * assert.deepEqual(evaluation, { status: "value", value: 42, awaited: true });
 * evaluator.close();
 * ```
 */
export function createEvaluator(options: EvaluatorOptions = {}): Evaluator {
  const document = options.document ?? join(process.cwd(), "repl.ts");
  const name = options.name ?? basename(document);
  const engine = openEngine();
  const uninstallStacks = installCleanStacks();
  const variables = createVariables();
  const scope = installScope(options.scope ?? { values: {}, lazy: [] });
  defineGlobal("__imp", Object.assign(importFrom(document), { define: variables.set }));
  defineGlobal("__meta", {
    url: pathToFileURL(document).href,
    filename: document,
    dirname: dirname(document),
  });
  let abandon: ((evaluation: Evaluation) => void) | undefined;

  let declared: DeclaredVariables | null = null;

  const onDeclare = (now: DeclaredVariables | null): void => {
    declared = now;
  };
  const placeOf = (line = 1): RunPlace => ({ name, line, variables, onDeclare });

  /** Waits for the rest of an evaluation, as long as it may take. */
  function settle(rest: Promise<Evaluation>, timeout: number): Promise<Evaluation> {
    return new Promise((resolve) => {
      const done = (evaluation: Evaluation): void => {
        clearTimeout(timer);
        if (abandon === done) abandon = undefined;
        resolve(evaluation);
      };
      const timer = timeout > 0 ? setTimeout(() => done(tooLong(timeout)), timeout) : undefined;
      abandon = done;
      rest.then(done);
    });
  }

  function guard(step: () => void, timeout: number): boolean {
    const returned = engine.guard(step, timeout);
    if (!returned) declared?.undo();
    declared = null;
    return returned;
  }

  async function evaluate(source: string, place: RunPlace, timeout: number): Promise<Evaluation> {
    try {
      await scope.load(source);
      const quick = quickPlan(source);
      const evaluation = quick && guarded(() => runPlan(quick, place), timeout);
      if (evaluation) return await evaluation;
      const mentioned = variables.mentioned(source);
      let plan = await prepareScript(source, mentioned);
      if (!mentioned && declaresBuiltIn(plan)) plan = await prepareScript(source, true);
      return await guarded(() => runPlan(plan, place), timeout) ??
        { status: "error", error: compileError(plan, name) };
    } catch (error) {
      return { status: "error", error };
    }
  }

  /** A plan that takes no parse. */
  function quickPlan(source: string): ScriptPlan | null {
    if (variables.mentioned(source)) return null;
    const plan = planScript(source);
    return plan === null || declaresBuiltIn(plan) ? null : plan;
  }

  function declaresBuiltIn({ assigned, functions }: ScriptPlan): boolean {
    return variables.areBuiltIn(assigned) || variables.areBuiltIn(functions);
  }

  function guarded(
    run: () => Evaluation | Promise<Evaluation> | null,
    timeout: number,
  ): Evaluation | Promise<Evaluation> | null {
    let evaluation: Evaluation | Promise<Evaluation> | null = null;
    const inTime = guard(() => {
      evaluation = run();
    }, timeout);
    return inTime ? evaluation : tooLong(timeout);
  }

  return {
    evaluate(source, given) {
      const timeout = given?.timeout ?? options.timeout ?? 0;
      return settle(evaluate(source, placeOf(given?.line), timeout), timeout);
    },
    evaluateNow(source, given) {
      if (scope.mentioned(source)) return null;
      const plan = quickPlan(source);
      const evaluation = plan && runPlan(plan, placeOf(given?.line));
      if (!(evaluation instanceof Promise)) return evaluation;
      return settle(evaluation, given?.timeout ?? options.timeout ?? 0);
    },
    guard,
    bind: variables.set,
    interrupt() {
      // There may be something that was ended from outside, by another thread.
      declared?.undo();
      declared = null;
      abandon?.({ status: "interrupted" });
    },
    async names(expression) {
      if (expression === undefined) {
        return [...new Set([...variables.names(), ...propertyNames(globalThis)])];
      }
      const code = variables.mentioned(expression)
        ? `with (${VARIABLES}) (${expression}\n)`
        : expression;
      return propertyNames((await engine.peek(code)).value);
    },
    close() {
      uninstallStacks();
      engine.close();
    },
  };
}

function tooLong(timeout: number): Evaluation {
  return { status: "timeout", reason: `no result after ${timeout / 1000} s` };
}
