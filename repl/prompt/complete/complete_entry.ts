/**
 * What could be written at the cursor of an entry.
 *
 * @module
 */

import { builtinModules } from "node:module";
import type { SessionProcess } from "../child/session_process.ts";
import { DOT_COMMANDS, isDotCommand } from "../dot_commands.ts";
import type { Completion } from "../editor/completion_list.ts";
import { isShellInput } from "../shell_input.ts";
import { completePath } from "./complete_path.ts";
import { findPlace } from "./find_place.ts";
import { optionKeys } from "./option_keys.ts";

/** What completion asks. */
export interface CompletionSource {
  readonly projectDir: string;
  readonly cwd: string;
  readonly session: Pick<SessionProcess, "names" | "runs">;
}

const KEYWORDS =
  ("async await break case catch class const continue default delete do else export " +
    "extends false finally for from function if import in instanceof interface let new null of " +
    "return satisfies switch throw true try type typeof undefined void while yield").split(" ");

/** Finds candidates: commands, names, properties, option keys, paths, runs. */
export async function completeEntry(
  source: CompletionSource,
  text: string,
  cursor: number,
): Promise<Completion> {
  const before = text.slice(0, cursor);
  const command = /^\s*(\.\w*)$/.exec(before);
  if (command !== null) {
    const from = cursor - command[1].length;
    return fitting(DOT_COMMANDS.map(({ name }) => name), command[1], from);
  }
  if (isDotCommand(text)) {
    const [all, word] = /^\s*(\.\w+)\s+/.exec(before) ?? ["", ""];
    const { completes } = DOT_COMMANDS.find(({ name }) => name === word) ?? {};
    if (completes === undefined) return { from: cursor, candidates: [] };
    if (completes === "path") {
      return completePath(before.slice(all.length), all.length, source.cwd, "");
    }
  }
  if (isShellInput(text)) {
    const [word] = /[^\s'"=]*$/.exec(before)!;
    return completePath(word, cursor - word.length, source.cwd, "");
  }
  const place = findPlace(before);
  switch (place.kind) {
    case "string":
      if (place.call === "run") {
        const runs = await source.session.runs();
        const names = runs.flatMap(({ id, name }) => place.written === "" ? [name] : [name, id]);
        return quoted(fitting(names, place.written, place.from), place.quote);
      }
      if (/^open_?[rR]un$/.test(place.call)) {
        const ids = (await source.session.runs()).map(({ id }) => id);
        const found = quoted(fitting(ids, place.written, place.from), place.quote);
        if (found.candidates.length > 0) return found;
      }
      if (place.call === "start") {
        const names = await operationNames(source.projectDir);
        return quoted(fitting(names, place.written, place.from), place.quote);
      }
      if (/\b(?:from|import)\s*\(?\s*["'][^"']*$/.test(before)) {
        const found = fitting(MODULES, place.written, place.from);
        if (found.candidates.length > 0) return quoted(found, place.quote);
      }
      return completePath(place.written, place.from, source.cwd, place.quote);
    case "property": {
      const names = await source.session.names(place.expression);
      const own = names.filter((name) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name));
      const shown = place.written === "" ? own.filter((name) => !name.startsWith("__")) : own;
      return fitting(shown, place.written, place.from);
    }
    case "name": {
      const keys = place.call === "" ? [] : await optionKeys(place.call);
      if (keys.length > 0) {
        const found = fitting(keys.map((key) => `${key}: `), place.written, place.from);
        if (found.candidates.length > 0) return found;
      }
      if (place.written === "") return { from: cursor, candidates: [] };
      return fitting([...await source.session.names(), ...KEYWORDS], place.written, place.from);
    }
    case "none":
      return { from: cursor, candidates: [] };
  }
}

/** Modules that are there without being installed: what else, a path says. */
const MODULES = [
  "runlit",
  ...builtinModules.filter((name) => !name.startsWith("_"))
    .map((name) => name.startsWith("node:") ? name : `node:${name}`),
];

/** A name that is sure ends with its quote. */
function quoted({ from, candidates }: Completion, quote: string): Completion {
  return { from, candidates: candidates.length === 1 ? [candidates[0] + quote] : candidates };
}

async function operationNames(projectDir: string): Promise<string[]> {
  const { findProject } = await import("../../../lib/project/find_project.ts");
  const { loadProject } = await import("../../../lib/project/load_project.ts");
  try {
    const { file } = findProject(projectDir);
    return file === null ? [] : (await loadProject(file)).operations.map(({ name }) => name);
  } catch {
    return []; // It says what is wrong when it is used.
  }
}

function fitting(names: readonly string[], written: string, from: number): Completion {
  const candidates = [...new Set(names)].filter((name) => name.startsWith(written));
  return { from, candidates: candidates.sort() };
}
