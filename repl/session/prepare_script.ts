/**
 * Makes a script of a TypeScript source, for an evaluator that remembers declarations.
 *
 * @module
 */

import type { Statement } from "@babel/types";
import { declaredBy, eraseFile } from "./erase/erase_file.ts";
import { loadParser, parseTypeScript } from "./erase/parse.ts";
import type { ScriptPlan } from "./plan_script.ts";
import { VARIABLES } from "./session_variables.ts";

/**
 * Makes a script of a source: types erased, imports awaited, and its declarations turned into
 * assignments to globals, which later sources see and may declare again in any way.
 *
 * A source that awaits becomes an async function that is called; its functions are made global
 * before anything else. Functions of other sources are global by being declared in a script.
 *
 * @param apart The source uses variables that are no globals: it is evaluated with them.
 *
 * @throws {SourceError} as `eraseTypes()` does.
 */
export async function prepareScript(source: string, apart = false): Promise<ScriptPlan> {
  const parse = await loadParser();
  const file = parseTypeScript(parse, source);
  const { edits, awaits } = eraseFile(file, source, true);
  const { body, directives } = file.program;
  const assigned: string[] = [];
  const constants: string[] = [];
  const functions: string[] = [];
  for (const statement of body) {
    const declared = declaredBy(statement, source);
    if (declared === null) continue;
    const { kind, names } = declared;
    (kind === "function" ? functions : assigned).push(...names);
    if (kind === "const") constants.push(...names);
  }
  const last: Statement | undefined = body.at(-1);
  const valued = last === undefined ? directives.length > 0 : last.type === "ExpressionStatement";
  const plan = { constants, awaits, valued };
  if (!awaits && !apart) {
    return { ...plan, before: "", code: edits.apply(), after: "", assigned, functions };
  }
  if (valued && last) edits.insert(last.start as number, "return ");
  const hoisted = functions.length > 0 ? `${DEFINE}({ ${functions.join(", ")} }); ` : "";
  const call = `(${awaits ? "async " : ""}() => {`;
  return {
    ...plan,
    // Code in a `with` can be strict, if only the `with` is not.
    before: apart ? `with (${VARIABLES}) ${call} "use strict"; ${hoisted}` : `${call} ${hoisted}`,
    code: edits.apply(),
    after: "\n})()",
    assigned: [...assigned, ...functions],
    functions: [],
    sloppy: apart,
  };
}

/** What makes functions known outside of the one that they are in. */
const DEFINE = "__imp.define";
