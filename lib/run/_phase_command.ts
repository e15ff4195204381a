/**
 * Which command a phase executes, and what comes with it.
 *
 * @module
 */

import { ProjectError } from "../errors.ts";
import { suggest } from "../suggest.ts";
import type { Command, JsonValue, OpDef, PhaseName } from "../types.ts";

interface PhaseTraits {
  readonly key: string;
  readonly output: string;
  /** What early Gage called the phase: it ran in the project, and its output had its own name. */
  readonly alias?: { readonly key: string; readonly output: string };
}

const PHASES: Readonly<Record<PhaseName, PhaseTraits>> = {
  sourcecode: {
    key: "stage-sourcecode",
    output: "10_sourcecode",
    alias: { key: "copy-sourcecode", output: "10_sourcecode" },
  },
  runtime: { key: "stage-runtime", output: "20_runtime" },
  dependencies: {
    key: "stage-dependencies",
    output: "30_dependencies",
    alias: { key: "copy-deps", output: "30_deps" },
  },
  run: { key: "run", output: "40_run" },
  finalize: { key: "finalize", output: "50_finalize" },
};

const KEYS: readonly string[] = Object.values(PHASES).flatMap((phase) =>
  phase.alias === undefined ? [phase.key] : [phase.key, phase.alias.key]
);

/** The command of a phase as an operation defines it. */
export interface PhaseCommand {
  readonly phase: PhaseName;
  /** Key of the opdef's `exec`, such as `stage-sourcecode` or its alias `copy-sourcecode`. */
  readonly key: string;
  readonly command: Command;
  /** Name of its output below `output/`. */
  readonly output: string;
  /** Whether it runs in the project directory instead of the run directory. */
  readonly inProject: boolean;
}

/** Name of the output of a phase's canonical command. */
export function phaseOutput(phase: PhaseName): string {
  return PHASES[phase].output;
}

/**
 * Finds a phase's command in an operation's definition: null when it has none.
 *
 * @throws {ProjectError} `exec` has an unknown key, both names of a phase, or a command that is
 * neither a string nor a list of strings.
 */
export function phaseCommand(opdef: OpDef, phase: PhaseName): PhaseCommand | null {
  const exec = opdef.data.exec;
  if (exec === undefined || exec === null) return null;
  if (typeof exec === "string" || Array.isArray(exec)) {
    return phase === "run" ? traits(opdef, phase, "run", exec, false) : null;
  }
  if (typeof exec !== "object") throw bad(opdef, "exec", "a string, a list of strings or a table");
  checkKeys(opdef, Object.keys(exec));
  const table = exec as { readonly [key: string]: JsonValue };
  const { key, alias } = PHASES[phase];
  if (alias !== undefined && table[alias.key] !== undefined) {
    if (table[key] !== undefined) {
      throw bad(opdef, `exec.${alias.key}`, `left out: it is the old name of '${key}', also given`);
    }
    return traits(opdef, phase, alias.key, table[alias.key], true);
  }
  return table[key] === undefined ? null : traits(opdef, phase, key, table[key], false);
}

function traits(
  opdef: OpDef,
  phase: PhaseName,
  key: string,
  value: JsonValue,
  aliased: boolean,
): PhaseCommand | null {
  const isList = Array.isArray(value) && value.every((item) => typeof item === "string");
  if (typeof value !== "string" && !isList) {
    throw bad(opdef, `exec.${key}`, "a string or a list of strings");
  }
  const command = value as Command;
  if (command.length === 0) return null;
  const { output, alias } = PHASES[phase];
  return { phase, key, command, output: aliased ? alias!.output : output, inProject: aliased };
}

function checkKeys(opdef: OpDef, keys: readonly string[]): void {
  const unknown = keys.find((key) => !KEYS.includes(key));
  if (unknown === undefined) return;
  const near = suggest(unknown, KEYS);
  throw new ProjectError(
    `Operation '${opdef.name}' has an unknown key 'exec.${unknown}'` +
      (near === null ? `: the phases are ${KEYS.join(", ")}` : `: did you mean '${near}'?`),
  );
}

function bad(opdef: OpDef, key: string, expected: string): ProjectError {
  return new ProjectError(`'${key}' of operation '${opdef.name}' has to be ${expected}`);
}
