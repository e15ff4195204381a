/**
 * Makes a script of a source without parsing it, where V8's own word is enough.
 *
 * @module
 */

import { readable, type ScriptText } from "./run_script.ts";

/** A script, and what has to be done around it. */
export interface ScriptPlan extends ScriptText {
  /** Names that the script assigns to; they must be there before. */
  readonly assigned: readonly string[];
  /** Those of them that nothing may assign to later. */
  readonly constants: readonly string[];
  /** Names of the functions that the script itself makes global. */
  readonly functions: readonly string[];
  /** Is the script's value a promise that stands for the rest of it? */
  readonly awaits: boolean;
  /** Is the value that of an expression? Null when only a parse could tell. */
  readonly valued: boolean | null;
}

/** Something that takes a closer look; most sources have nothing of it. */
const SPECIAL =
  /[<{]|\b(?:import|export|const|let|var|class|function|using|enum|namespace|await|if|for|while|do|switch|try|throw|with)\b/;
const MODULE = /\b(?:import|export)\b/;
const DECLARES = /\b(?:const|let|var|class|function|using|enum|namespace)\b/;
const AWAITS = /\bawait\b/;
const CALL_AFTER_TYPES = /[^=]>\s*[(`]/;
const STATEMENT = /\b(?:if|for|while|do|switch|try|throw|with)\b|(?:^|[;}\n])\s*\{/;

const NAME = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`;
const LIST = String.raw`\s*${NAME}\s*(?:,\s*${NAME}\s*)*,?\s*`;
const VARIABLE = new RegExp(
  String.raw`^\s*(const|let|var)\s+(?:(${NAME})|(\{${LIST}\}|\[${LIST}\]))\s*(?:=(?![=>])|;?\s*$)`,
  "u",
);
const NAMED = new RegExp(String.raw`^\s*(?:(class)|(?:async\s+)?function\s*\*?)\s*(${NAME})`, "u");

/**
 * Makes a script of a source, or returns null when that takes a parse.
 *
 * Whatever is an expression, or one declaration, is recognised by letting V8 compile it as such.
 * Words in strings and comments count as well: that costs time, never the meaning. One thing is
 * JavaScript and means something else in TypeScript: `f<T>(x)`, two comparisons or a call with a
 * type argument. What looks like it is parsed.
 */
export function planScript(source: string): ScriptPlan | null {
  if (!SPECIAL.test(source)) return { ...PLAIN, code: source, valued: true };
  if (MODULE.test(source)) return null;
  const less = source.indexOf("<");
  if (less >= 0 && CALL_AFTER_TYPES.test(source.slice(less))) return null;
  if (DECLARES.test(source) || AWAITS.test(source)) {
    return planDeclaration(source) ?? planExpression(source) ?? planCompound(source);
  }
  if (isObject(source)) return planExpression(source);
  return { ...PLAIN, code: source, valued: STATEMENT.test(source) ? null : true };
}

const PLAIN: Omit<ScriptPlan, "code" | "valued"> = {
  before: "",
  after: "",
  assigned: [],
  constants: [],
  functions: [],
  awaits: false,
};

function planExpression(source: string): ScriptPlan | null {
  if (/^\s*(?:const|let|var)\s/.test(source)) return null;
  const code = withoutEnd(source);
  if (!isExpression(code)) return null;
  if (!AWAITS.test(source)) {
    return { ...PLAIN, before: "(", code, after: "\n)", valued: true };
  }
  return { ...PLAIN, before: "(async () => (", code, after: "\n))()", awaits: true, valued: true };
}

/** `for (const x of y) …` and the like. */
function planCompound(source: string): ScriptPlan | null {
  if (!isCompound(source)) return null;
  if (!AWAITS.test(source)) return { ...PLAIN, code: source, valued: false };
  const awaits = { before: "(async () => {", after: "\n})()", awaits: true };
  return { ...PLAIN, ...awaits, code: source, valued: false };
}

function planDeclaration(source: string): ScriptPlan | null {
  const variable = VARIABLE.exec(source);
  if (variable !== null) return planVariable(source, variable);
  const [, isClass, name] = NAMED.exec(source) ?? [];
  if (name === undefined || !isExpression(source)) return null;
  // A function is global by being declared in a script.
  if (!isClass) return { ...PLAIN, code: source, functions: [name], valued: false };
  if (AWAITS.test(source)) return null;
  return { ...PLAIN, before: `${name} = `, code: source, assigned: [name], valued: false };
}

function planVariable(source: string, found: RegExpExecArray): ScriptPlan | null {
  const [head, keyword, name, pattern] = found;
  const assigned = name === undefined ? pattern.match(/[^\s{}[\],]+/g) ?? [] : [name];
  const constants = keyword === "const" ? assigned : [];
  const at = source.indexOf(keyword);
  const code = " ".repeat(keyword.length) + withoutEnd(source.slice(at + keyword.length));
  const blank = source.slice(0, at);
  const plan = { ...PLAIN, assigned, constants, valued: false };
  if (!head.trimEnd().endsWith("=")) {
    if (name === undefined || keyword === "const") return null;
    return { ...plan, code: blank + code, after: " = void 0" };
  }
  // Where only one value can stand: `const a = 1, b = 2` and `const a = 1; f()` are something else.
  const rest = withoutEnd(source.slice(head.length));
  const alone = isAlone(rest);
  if (alone === false || alone === null && !readable(`(async () => 0 ? ${rest}\n: 0)`)) return null;
  if (AWAITS.test(rest)) {
    return { ...plan, before: "(async () => (", code: blank + code, after: "\n))()", awaits: true };
  }
  return { ...plan, before: "(", code: blank + code, after: "\n)" };
}

/** Is there nothing behind a value? Null when a look at the brackets and quotes cannot tell. */
function isAlone(text: string): boolean | null {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case "(":
      case "[":
      case "{":
        depth++;
        break;
      case ")":
      case "]":
      case "}":
        depth--;
        break;
      case ",":
      case ";":
        if (depth === 0) return false;
        break;
      case "'":
      case '"': {
        const end = text.indexOf(text[at], at + 1);
        if (end < 0 || text.lastIndexOf("\\", end) > at) return null;
        at = end;
        break;
      }
      // Regular expressions, comments and templates take more than a look, and so does a line
      // that may end a statement.
      case "/":
      case "`":
      case "\n":
        return null;
    }
  }
  return true;
}

/** Can a source be read as one expression, `await` included? */
export function isExpression(source: string): boolean {
  return readable(`(async () => (${withoutEnd(source)}\n))`);
}

/** Is it one object in braces, and so no block? */
export function isObject(source: string): boolean {
  return /^\s*\{/.test(source) && !/;\s*$/.test(source) && isExpression(source);
}

/** Is it one statement that is no expression, such as a loop? */
export function isCompound(source: string): boolean {
  // Between `do` and `while` there is room for exactly one statement, and none that declares.
  return /^\s*(?:(?:for|if|while|do|try|switch|throw)\b|\{)/.test(source) &&
    readable(`(async () => { do ${source}\nwhile (0) })`);
}

/** A source without its last semicolon. */
function withoutEnd(source: string): string {
  return source.replace(/;\s*$/, "");
}
