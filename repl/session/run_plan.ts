/**
 * Runs a script and finds its value.
 *
 * @module
 */

import type { Script } from "node:vm";
import { compileScript } from "./run_script.ts";
import { type DeclaredVariables, nameConstant } from "./declare_variables.ts";
import type { Evaluation } from "./evaluation.ts";
import { isCompound, isExpression, type ScriptPlan } from "./plan_script.ts";
import { prepareScript } from "./prepare_script.ts";
import type { SessionVariables } from "./session_variables.ts";

/** Where a script runs. */
export interface RunPlace {
  /** Name of the document, for stack frames. */
  readonly name: string;
  /** Line of the document that the source begins in, from 1. */
  readonly line: number;
  readonly variables: SessionVariables;
  /** Told what is being declared, for the case that the script is ended from outside. */
  onDeclare(declared: DeclaredVariables | null): void;
}

const NOTHING: Evaluation = { status: "value", value: undefined };
const RUN = { displayErrors: false };

/**
 * Runs a script; what has to be awaited comes as a promise.
 *
 * Null when V8 cannot read it: then nothing has happened, and it is TypeScript or wrong.
 */
export function runPlan(
  plan: ScriptPlan,
  place: RunPlace,
): Evaluation | Promise<Evaluation> | null {
  const script = compileScript(plan, place.name, place.line);
  return script === null ? null : runCompiled(script, plan, place);
}

function runCompiled(
  script: Script,
  plan: ScriptPlan,
  place: RunPlace,
): Evaluation | Promise<Evaluation> {
  const { assigned, constants } = plan;
  let declared: DeclaredVariables | null = null;
  let value: unknown;
  try {
    if (assigned.length > 0) {
      declared = place.variables.declare(assigned);
      place.onDeclare(declared);
    }
    value = script.runInThisContext(RUN);
    if (plan.awaits) return awaitRest(value as Promise<unknown>, plan, declared);
    declared?.seal(constants);
  } catch (error) {
    return failed(error, declared);
  } finally {
    place.onDeclare(null);
  }
  return plan.valued === false ? NOTHING : finish(value, plan);
}

async function awaitRest(
  rest: Promise<unknown>,
  plan: ScriptPlan,
  declared: DeclaredVariables | null,
): Promise<Evaluation> {
  try {
    const value = await rest;
    declared?.seal(plan.constants);
    return plan.valued ? { status: "value", value, awaited: true } : NOTHING;
  } catch (error) {
    return failed(error, declared);
  }
}

function failed(error: unknown, declared: DeclaredVariables | null): Evaluation {
  declared?.undo();
  nameConstant(error);
  return { status: "error", error };
}

/**
 * The value of a script's last statement, awaited. V8 has one for blocks and loops as well, and
 * keeps the one before a declaration; here only an expression has one, and where that cannot be
 * seen it takes a parse.
 */
function finish(value: unknown, plan: ScriptPlan): Evaluation | Promise<Evaluation> {
  if (value === undefined) return NOTHING;
  if (plan.valued === null && !isExpression(plan.code)) {
    if (isCompound(plan.code)) return NOTHING;
    return prepareScript(plan.code).then(({ valued }) => valued ? awaitValue(value) : NOTHING);
  }
  return awaitValue(value);
}

function awaitValue(value: unknown): Evaluation | Promise<Evaluation> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) {
    return { status: "value", value };
  }
  try {
    const then: unknown = Reflect.get(value, "then");
    return typeof then === "function" ? awaitThenable(value) : { status: "value", value };
  } catch (error) {
    return { status: "error", error };
  }
}

async function awaitThenable(thenable: unknown): Promise<Evaluation> {
  try {
    return { status: "value", value: await thenable, awaited: true };
  } catch (error) {
    return failed(error, null);
  }
}
