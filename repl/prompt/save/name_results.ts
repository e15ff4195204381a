/**
 * Inputs that use `_`, `_3`, `last` and the like, as inputs that do without.
 *
 * @module
 */

import { tokenize } from "../editor/highlight.ts";
import { loadParser, parseTypeScript } from "../../session/erase/parse.ts";
import type { RecordedInput } from "../recorded_input.ts";
import { isObject } from "../../session/plan_script.ts";
import { isShellInput } from "../shell_input.ts";
import { awaitValue } from "./await_value.ts";

/**
 * Gives results that others use a name: `f()`, later `_ + 1`, becomes `const _1 = f()`, `_1`, and
 * later `_1 + 1`.
 */
export async function nameResults(inputs: readonly RecordedInput[]): Promise<RecordedInput[]> {
  let last: number | null = null;
  const used = new Set<number>();
  const declared = new Set<string>();
  const sources = inputs.map(({ source, number, plain }) => {
    if (isShellInput(source)) return source;
    for (
      const [, name] of source.matchAll(/\b(?:const|let|var|function|class|as)\s+(_\d*|last)\b/g)
    ) {
      declared.add(name);
    }
    const renamed = renameWords(source, (word) => {
      if (declared.has(word)) return null;
      if (word === "last") return '(await run("@latest"))';
      const wanted = word === "_" ? last : /^_\d+$/.test(word) ? Number(word.slice(1)) : null;
      if (wanted === null || !inputs.some((input) => input.number === wanted)) return null;
      used.add(wanted);
      return `_${wanted}`;
    });
    if (plain !== null) last = number;
    return renamed;
  });
  const named: RecordedInput[] = [];
  for (const [i, input] of inputs.entries()) {
    const source = sources[i];
    const isNamed = used.has(input.number) && input.plain !== null;
    // An object in braces is one for the session, but a block where it stands by itself.
    const whole = isNamed && isObject(source) ? `(${source.trim()})` : source;
    const start = isNamed ? await lastExpression(whole) : null;
    if (start === null) named.push({ ...input, source });
    else {
      const name = `_${input.number}`;
      // In the session the name is that of the value, not of a promise.
      const text = input.awaited ? await awaitValue(whole) : whole;
      const code = `${text.slice(0, start)}const ${name} = ${text.slice(start)}`;
      named.push({ ...input, source: code, plain: null, awaited: false });
      named.push({ ...input, source: name, printed: "", awaited: false });
    }
  }
  return named;
}

/** Replaces names that are no properties, and stand in no string or comment. */
function renameWords(source: string, rename: (word: string) => string | null): string {
  let result = "";
  let before = "";
  for (const { kind, start, end } of tokenize(source)) {
    const text = source.slice(start, end);
    const isName = kind === "name" && before !== "." && before !== "?.";
    result += isName ? rename(text) ?? text : text;
    if (kind !== "space") before = text;
  }
  return result;
}

/** Where the expression begins that a source ends with; null when it ends with something else. */
async function lastExpression(source: string): Promise<number | null> {
  const { body } = parseTypeScript(await loadParser(), source).program;
  const last = body.at(-1);
  return last?.type === "ExpressionStatement" ? last.start ?? null : null;
}
