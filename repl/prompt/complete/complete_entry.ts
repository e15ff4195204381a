/**
 * What could be written at the cursor of an entry.
 *
 * @module
 */

import type { SessionProcess } from "../child/session_process.ts";
import { DOT_COMMANDS, isDotCommand } from "../dot_commands.ts";
import type { Completion } from "../editor/completion_list.ts";
import { isShellInput } from "../shell_input.ts";
import { completePath } from "./complete_path.ts";
import { findPlace } from "./find_place.ts";
import { optionKeys } from "./option_keys.ts";

/** What completion asks. */
export interface CompletionSource {
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
      if (/^(?:run|openRun|open_run)$/.test(place.call)) {
        const runs = await source.session.runs();
        const names = runs.flatMap(({ id, name }) => place.written === "" ? [name] : [name, id]);
        const found = fitting(names, place.written, place.from);
        if (found.candidates.length !== 1) return found;
        return { from: place.from, candidates: [found.candidates[0] + place.quote] };
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

function fitting(names: readonly string[], written: string, from: number): Completion {
  const candidates = [...new Set(names)].filter((name) => name.startsWith(written));
  return { from, candidates: candidates.sort() };
}
