/**
 * Colours for TypeScript, line by line or unfinished.
 *
 * @module
 */

/** Kind of a token. */
export type TokenKind =
  | "keyword"
  | "string"
  | "number"
  | "comment"
  | "regex"
  | "name"
  | "type"
  | "punctuation"
  | "space";

/** A piece of source. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** A string or comment that is not closed. */
  readonly open: boolean;
}

const KEYWORDS = new Set(
  ("abstract as async await break case catch class const continue declare default delete do else " +
    "enum export extends false finally for from function if implements import in instanceof " +
    "interface let new null of return satisfies static super switch this throw true try type " +
    "typeof undefined var void while yield").split(" "),
);
const TOKEN =
  /(\s+)|(\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?)|("(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?)|(\d[\w.]*)|([\p{ID_Start}$_#@][\p{ID_Continue}$]*)|(=>|\.\.\.|\?\.|[^])/uy;
const REGEX = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;

/**
 * Divides source into tokens; whatever it is, all of it comes back.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tokenize } from "runlit/highlight";
 *
 * const tokens = tokenize('const a = "x').filter((token) => token.kind !== "space");
 * assert.deepEqual(tokens.map((token) => token.kind), ["keyword", "name", "punctuation", "string"]);
 * assert(tokens[3].open);
 * ```
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  // For each template that is open: how many braces are open in its current `${`.
  const templates: number[] = [];
  let braces = 0;
  let at = 0;
  /** Whether the last token ends a value, so that `/` divides. */
  let value = false;
  const push = (kind: TokenKind, end: number, open = false) => {
    tokens.push({ kind, start: at, end, open });
    at = end;
  };
  while (at < source.length) {
    const char = source[at];
    const resumes = char === "}" && templates.length > 0 && braces === 0;
    if (char === "`" || resumes) {
      if (resumes) braces = templates.pop()!;
      const { end, substitution, closed } = readTemplate(source, at + 1);
      if (substitution) {
        templates.push(braces);
        braces = 0;
      }
      push("string", end, !closed && !substitution);
      value = closed;
      continue;
    }
    if (char === "/" && !value && source[at + 1] !== "/" && source[at + 1] !== "*") {
      REGEX.lastIndex = at;
      const found = REGEX.exec(source);
      if (found !== null) {
        push("regex", at + found[0].length);
        value = true;
        continue;
      }
    }
    TOKEN.lastIndex = at;
    const [all, space, comment, string, number, word] = TOKEN.exec(source)!;
    const end = at + all.length;
    if (space !== undefined) push("space", end);
    else if (comment !== undefined) {
      push("comment", end, comment.startsWith("/*") && !/^\/\*[^]*\*\/$/.test(comment));
    } else if (string !== undefined) {
      push(
        "string",
        end,
        all.length === 1 || all.at(-1) !== all[0] || /(?<!\\)(?:\\\\)*\\.$/.test(all),
      );
      value = true;
    } else if (number !== undefined) {
      push("number", end);
      value = true;
    } else if (word !== undefined) {
      const member = source[at - 1] === ".";
      const keyword = KEYWORDS.has(word) && !member;
      push(keyword ? "keyword" : /^[A-Z][a-z]/.test(word) ? "type" : "name", end);
      value = !keyword || /^(?:this|super|null|true|false|undefined)$/.test(word);
    } else {
      if (char === "{") braces++;
      if (char === "}") braces = Math.max(0, braces - 1);
      push("punctuation", end);
      value = char === ")" || char === "]" || char === "}";
    }
  }
  return tokens;
}

/** The end of a template's text: behind its closing quote, or behind `${`. */
function readTemplate(
  source: string,
  from: number,
): { end: number; substitution: boolean; closed: boolean } {
  for (let i = from; i < source.length; i++) {
    if (source[i] === "\\") i++;
    else if (source[i] === "`") return { end: i + 1, substitution: false, closed: true };
    else if (source[i] === "$" && source[i + 1] === "{") {
      return { end: i + 2, substitution: true, closed: false };
    }
  }
  return { end: source.length, substitution: false, closed: false };
}

const COLORS: Readonly<Record<TokenKind, string>> = {
  keyword: "35",
  string: "32",
  number: "33",
  comment: "2",
  regex: "31",
  name: "",
  type: "36",
  punctuation: "",
  space: "",
};

/** The SGR code of each UTF-16 unit of a source; empty for none. */
export function highlight(source: string): string[] {
  const codes: string[] = new Array(source.length).fill("");
  for (const { kind, start, end } of tokenize(source)) {
    const color = COLORS[kind];
    if (color !== "") codes.fill(color, start, end);
  }
  return codes;
}
