/**
 * The variables that a session's sources declare.
 *
 * @module
 */

import { type DeclaredVariables, declareIn } from "./declare_variables.ts";
import { defineGlobal } from "./scope.ts";

/** Variables of a session. */
export interface SessionVariables {
  /** Makes names assignable; throws a `TypeError` for one that cannot be declared. */
  declare(names: readonly string[]): DeclaredVariables;
  /** Sets variables, declared or not. */
  set(values: Readonly<Record<string, unknown>>): void;
  /** Does one of the names belong to the runtime? */
  areBuiltIn(names: readonly string[]): boolean;
  /** Does a source mention a variable that has a name of the runtime's? */
  mentioned(source: string): boolean;
  /** Names of the variables that have a name of the runtime's. */
  names(): string[];
}

const PROPERTY = { writable: true, configurable: true, enumerable: true };

/** Name by which scripts know the variables that are no globals. */
export const VARIABLES = "__vars";

/**
 * Names of the runtime that nothing but a page in a browser relies on. Documents use them for
 * variables, which then need no special care.
 */
const FREE = new Set(
  ("alert close closed confirm event find history length location name navigator open origin " +
    "parent print prompt screen self status stop top window").split(" "),
);

/**
 * Keeps the variables of a session.
 *
 * Variables are properties of the global object, but for those that have a name of the runtime's:
 * after `import { setTimeout } from "node:timers/promises"` every module would find that one, this
 * engine included. They are properties of an object of their own, and sources that mention them
 * are evaluated with it.
 */
export function createVariables(): SessionVariables {
  const builtIn = new Set(
    Object.getOwnPropertyNames(globalThis).filter((name) => !FREE.has(name)),
  );
  const own: Record<string, unknown> = Object.create(null);
  let pattern: RegExp | null = null;
  defineGlobal(VARIABLES, own);

  function targetOf(name: string): object {
    if (!builtIn.has(name)) return globalThis;
    // What holds these names would be lost.
    if (name === "undefined" || name === "globalThis") {
      throw new TypeError(`Cannot declare '${name}': the runtime keeps it; take another name`);
    }
    if (!(name in own)) pattern = null;
    return own;
  }

  return {
    declare: (names) => declareIn(names, targetOf),
    set(values) {
      for (const name in values) {
        if (targetOf(name) !== own) defineGlobal(name, values[name]);
        else Object.defineProperty(own, name, { value: values[name], ...PROPERTY });
      }
    },
    areBuiltIn: (names) => names.some((name) => builtIn.has(name)),
    mentioned(source) {
      const names = Object.keys(own);
      if (names.length === 0) return false;
      pattern ??= new RegExp(`(?<![\\w$])(?:${names.join("|").replaceAll("$", "\\$")})(?![\\w$])`);
      return pattern.test(source);
    },
    names: () => Object.keys(own),
  };
}
