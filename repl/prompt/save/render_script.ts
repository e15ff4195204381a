/**
 * A session as a script.
 *
 * @module
 */

import { bothSpellings } from "../../helpers/both_spellings.ts";
import { sessionScope } from "../../helpers/session_scope.ts";
import { tokenize } from "../editor/highlight.ts";
import type { RecordedInput } from "../recorded_input.ts";
import { isShellInput, shellCommand } from "../shell_input.ts";
import { isObject } from "../../session/plan_script.ts";
import { awaitValue } from "./await_value.ts";
import { nameResults } from "./name_results.ts";

/** Packages that names in scope come from, in the order of `sessionScope()`. */
const ORIGINS = ["runlit/helpers", "runlit", "dax"];

/**
 * Writes the inputs that did not fail as a module: with imports of what was in scope, and names
 * declared once.
 */
export async function renderScript(inputs: readonly RecordedInput[]): Promise<string> {
  const good: { readonly source: string }[] = [];
  for (const input of await nameResults(inputs.filter(({ status }) => status === "value"))) {
    good.push({ source: await inModule(input) });
  }
  const declared = new Set<string>();
  const redeclared = new Set<string>();
  for (const { source } of good) {
    for (const name of declaredIn(source)) (declared.has(name) ? redeclared : declared).add(name);
  }
  const seen = new Set<string>();
  const body = good.map(({ source }, i) => {
    const once = declareOnce(source.trimEnd(), redeclared, seen);
    return i > 0 && goesOn(once) ? `;${once}` : once;
  });
  const words = new Set(
    good.flatMap(({ source }) =>
      tokenize(source)
        .filter(({ kind, start }) => /^(?:name|type)$/.test(kind) && source[start - 1] !== ".")
        .map(({ start, end }) => source.slice(start, end))
    ),
  );
  const imports = sessionScope().lazy.flatMap(({ names }, i) => {
    const used = names.filter((name) => words.has(name) && !declared.has(name));
    if (used.length === 0 || ORIGINS[i] === undefined) return [];
    if (ORIGINS[i] === "dax") return ['import $ from "dax";'];
    const list = used.map((name) => camelOf(name, names)).join(", ");
    return [`import { ${list} } from "${ORIGINS[i]}";`];
  });
  return [...imports, ...(imports.length > 0 ? [""] : []), ...body, ""].join("\n");
}

/** An input as it has to stand in a module to do what it did in the session. */
async function inModule({ source, awaited }: RecordedInput): Promise<string> {
  if (isShellInput(source)) return viaDax(source);
  if (isObject(source)) return `(${source.trim()})`;
  return awaited ? await awaitValue(source) : source;
}

/** Whether a statement would be taken for the rest of the one before, which may have no semicolon. */
function goesOn(source: string): boolean {
  const first = tokenize(source).find(({ kind }) => kind !== "space" && kind !== "comment");
  return first !== undefined && /[(\[`/+-]/.test(source[first.start]);
}

/** A command that failed did not end the session, and does not end the script. */
function viaDax(source: string): string {
  return `await $\`sh -c \${${JSON.stringify(shellCommand(source))}}\`.noThrow();`;
}

/** A name in snake_case is imported under its real name. */
function camelOf(name: string, names: readonly string[]): string {
  const camel = names.find((other) => other !== name && name in bothSpellings({ [other]: 0 }));
  return camel === undefined ? name : `${camel} as ${name}`;
}

function declaredIn(source: string): string[] {
  return Array.from(source.matchAll(/^(?:const|let|var)\s+([\w$]+)/gm), ([, name]) => name);
}

/** What is declared again becomes an assignment. */
function declareOnce(source: string, redeclared: ReadonlySet<string>, seen: Set<string>): string {
  return source.replace(
    /^(const|let|var)(\s+)([\w$]+)(\s*:[^=\n]+?)?(?=\s*=)/gm,
    (all, _keyword: string, space: string, name: string, type = "") => {
      if (!redeclared.has(name)) return all;
      if (seen.has(name)) return name;
      seen.add(name);
      return `let${space}${name}${type}`;
    },
  );
}
