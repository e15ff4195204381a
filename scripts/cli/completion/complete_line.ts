/**
 * What could be the last word of a command line.
 *
 * @module
 */

import type { Argument, Command, Option } from "commander";
import { COMMANDS } from "../../_commands.ts";
import { createProgram } from "../create_program.ts";
import type { WorkspaceOptions } from "../workspace.ts";
import type { Candidate, Candidates } from "./candidate.ts";
import { describeKind, type LineSoFar } from "./describe_kind.ts";

const NONE: Candidates = { words: [], files: false };

/**
 * Finds what could complete the last of the words, which are those of a command line behind
 * `runlit`. Only words that begin as it does are returned.
 */
export async function completeLine(words: readonly string[]): Promise<Candidates> {
  const current = words.at(-1) ?? "";
  const found = await candidates(words.slice(0, -1), current);
  const seen = new Set<string>();
  return {
    files: found.files,
    words: found.words.filter(({ value }) => {
      return value.startsWith(current) && !seen.has(value) && seen.add(value);
    }),
  };
}

async function candidates(before: readonly string[], current: string): Promise<Candidates> {
  const at = before.findIndex((word) => !word.startsWith("-"));
  if (at < 0 || before[at] === "help") return start(current);
  const entry = COMMANDS.find(({ name, aliases }) => {
    return name === before[at] || aliases?.includes(before[at]);
  });
  if (entry === undefined) return NONE;
  const program = await createProgram([entry]);
  const command = program.commands.find((each) => each.name() === entry.name)!;
  const options = [...command.options, ...program.options];
  return await complete(command, options, before.slice(at + 1), current);
}

/** The first word: a command, or an option of all of them. */
async function start(current: string): Promise<Candidates> {
  if (current.startsWith("-")) {
    return { words: (await createProgram([])).options.flatMap(optionWords), files: false };
  }
  const words = COMMANDS.map(({ name, summary }): Candidate => ({
    value: name,
    description: summary,
  }));
  return { words: [...words, { value: "help", description: "print help" }], files: false };
}

async function complete(
  command: Command,
  options: readonly Option[],
  before: readonly string[],
  current: string,
): Promise<Candidates> {
  const { line, pending, literal } = readLine(options, before);
  if (pending !== null) return await optionValues(pending, line);
  const equals = current.indexOf("=");
  if (!literal && current.startsWith("--") && equals > 0) {
    const option = options.find(({ long }) => long === current.slice(0, equals));
    return option === undefined
      ? NONE
      : prefixed(current.slice(0, equals + 1), await optionValues(option, line));
  }
  if (!literal && current.startsWith("-")) {
    return { words: options.flatMap(optionWords), files: false };
  }
  const argument = argumentAt(command, line.positionals.length);
  return argument === undefined ? NONE : await argumentValues(argument, { ...line, current });
}

interface ReadLine {
  readonly line: LineSoFar;
  /** The option whose value comes next. */
  readonly pending: Option | null;
  /** Whether options have ended with `--`. */
  readonly literal: boolean;
}

function readLine(options: readonly Option[], before: readonly string[]): ReadLine {
  const positionals: string[] = [];
  const workspace: WorkspaceOptions = {};
  let pending: Option | null = null;
  let literal = false;
  const take = (option: Option, value: string) => {
    if (option.attributeName() === "directory") workspace.directory = value;
    if (option.attributeName() === "runs") workspace.runs = value;
  };
  for (const word of before) {
    if (pending !== null) {
      take(pending, word);
      pending = null;
    } else if (literal || !word.startsWith("-") || word === "-") positionals.push(word);
    else if (word === "--") literal = true;
    else {
      const [name, value] = word.split(/=(.*)/s);
      const option = options.find(({ long, short }) => name === long || name === short);
      if (option?.required && value === undefined) pending = option;
      else if (option !== undefined && value !== undefined) take(option, value);
    }
  }
  return { line: { positionals, workspace, current: "" }, pending, literal };
}

function argumentAt(command: Command, index: number): Argument | undefined {
  const list = command.registeredArguments;
  const last = list.at(-1);
  return list[index] ?? (last?.variadic ? last : undefined);
}

function optionWords({ long, short, description, hidden }: Option): Candidate[] {
  return hidden ? [] : [long, short].flatMap((value) => value ? { value, description } : []);
}

async function optionValues(option: Option, line: LineSoFar): Promise<Candidates> {
  if (option.argChoices) return choices(option.argChoices);
  const kind = /[<[](\w+)/.exec(option.flags)?.[1];
  return kind === undefined ? NONE : await describeKind(kind, line);
}

async function argumentValues(argument: Argument, line: LineSoFar): Promise<Candidates> {
  if (argument.argChoices) return choices(argument.argChoices);
  return await describeKind(argument.name(), line);
}

function choices(values: readonly string[]): Candidates {
  return { words: values.map((value) => ({ value })), files: false };
}

function prefixed(start: string, { words, files }: Candidates): Candidates {
  return { words: words.map((word) => ({ ...word, value: start + word.value })), files };
}
