/**
 * What there is of a kind: runs, operations, config values.
 *
 * @module
 */

import { listFiles } from "../../../lib/files/list_files.ts";
import type { FlagDef } from "../../../lib/guild/flag_def.ts";
import { getOperation } from "../../../lib/project/get_operation.ts";
import { planRun } from "../../../lib/project/plan_run.ts";
import { PHASES } from "../phase_names.ts";
import type { JsonValue } from "../../../lib/types.ts";
import { findRun, readRuns } from "../find_runs.ts";
import { findScript } from "../find_script.ts";
import { openWorkspace, type Workspace, type WorkspaceOptions } from "../workspace.ts";
import type { Candidate, Candidates } from "./candidate.ts";

/** A command line up to the word that is being completed. */
export interface LineSoFar {
  /** Words that are no options, behind the command's name. */
  readonly positionals: readonly string[];
  readonly workspace: WorkspaceOptions;
  /** The word itself. */
  readonly current: string;
}

type Kind = (line: LineSoFar) => Promise<Candidates>;

/** By the name that an argument, or the value of an option, has in the command's help. */
const KINDS: Readonly<Record<string, Kind>> = {
  run: runs,
  runs,
  batch: runs,
  operation: async (line) => ({
    ...merge(await operations(line), await config(line)),
    files: true,
  }),
  operations,
  config,
  words: async (line) => merge(await runs(line), await config({ ...line, positionals: [] })),
  policy: async () => words(["require", "prefer", "off"].map((value) => ({ value }))),
  phase: async () => words(PHASES.map((value) => ({ value }))),
  path: filesOfRun,
  script: files,
  documents: files,
  file: files,
  dir: files,
};

/** Lists what there is of a kind; nothing for one that has no list, such as a number. */
export async function describeKind(kind: string, line: LineSoFar): Promise<Candidates> {
  return await KINDS[kind]?.(line) ?? words([]);
}

/** Nobody looks through more. */
const MOST_RUNS = 200;

async function runs(line: LineSoFar): Promise<Candidates> {
  const { runs } = await readRuns(await openWorkspace(line.workspace));
  // Who begins with letters of an ID means one; else there would be two words for each run.
  const byId = /^[0-9a-f]*[0-9][0-9a-f-]*$/.test(line.current);
  return words([
    { value: "@latest", description: "the newest run" },
    ...runs.slice(0, MOST_RUNS).map(({ id, name, opref, status, label }) => ({
      value: byId ? id : name,
      description: [opref?.name, status, label].filter(Boolean).join(" "),
    })),
  ]);
}

async function operations(line: LineSoFar): Promise<Candidates> {
  const { project } = await openWorkspace(line.workspace);
  return words((project?.operations ?? []).map(({ name, data }) => ({
    value: name,
    description: typeof data.description === "string" ? data.description : "",
  })));
}

/** Without an operation's name, that of the default one. */
async function config(line: LineSoFar): Promise<Candidates> {
  const workspace = await openWorkspace(line.workspace);
  const [first] = line.positionals;
  const word = first === undefined || first.includes("=") ? undefined : first;
  const keys = await configKeys(workspace, word, line.workspace);
  const [key, begun] = line.current.split("=", 2);
  if (begun === undefined) {
    return words(keys.map(({ name, initial, about }) => ({
      value: `${name}=`,
      description: [initial === null ? "" : JSON.stringify(initial), about].filter(Boolean).join(
        " ",
      ),
    })));
  }
  const known = keys.find(({ name }) => name === key);
  const values = known?.values ??
    (known === undefined
      ? []
      : typeof known.initial === "boolean"
      ? [true, false]
      : [known.initial]);
  return words(
    values.filter((value) => value !== null).map((value) => ({
      value: `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
    })),
  );
}

interface Key {
  readonly name: string;
  readonly initial: JsonValue;
  readonly values?: readonly JsonValue[];
  readonly about?: string;
}

async function configKeys(
  workspace: Workspace,
  word: string | undefined,
  options: WorkspaceOptions,
): Promise<Key[]> {
  const script = await findScript(workspace, word, options);
  if (script !== null) return script.operation.flags.map(flagKey);
  const { project } = workspace;
  const isKnown = word === undefined || project?.operations.some(({ name }) => name === word);
  const hasDefault = project?.operations.length === 1 ||
    project?.operations.some(({ data }) => data.default === true);
  if (project === null || !isKnown || (word === undefined && !hasDefault)) return [];
  const opdef = getOperation(project, word);
  const { keys } = await planRun(workspace.location.dir, opdef, { exclude: [workspace.runsDir] });
  return keys.map(({ name, value, description }) => ({ name, initial: value, about: description }));
}

function flagKey({ name, default: initial, choices, description }: FlagDef): Key {
  return { name, initial, values: choices, about: description };
}

async function filesOfRun(line: LineSoFar): Promise<Candidates> {
  const run = await findRun(await openWorkspace(line.workspace), line.positionals[0] ?? "@latest");
  const found = await listFiles(run.runDir, { onError: () => {} });
  return words(found.map(({ path }) => ({ value: path })));
}

async function files(): Promise<Candidates> {
  return { words: [], files: true };
}

function words(list: readonly Candidate[]): Candidates {
  return { words: list, files: false };
}

function merge(first: Candidates, second: Candidates): Candidates {
  return { words: [...first.words, ...second.words], files: first.files || second.files };
}
