/**
 * Patterns, made ready to match.
 *
 * @module
 */

import { emit, emitRegex, emitText, MATCH, newProgram, type Program, SAVE } from "./_program.ts";
import { parseRegex } from "./_regex.ts";
import type { PatternField, PatternToken } from "./parse_pattern.ts";
import { parsePattern, type ParsePatternOptions } from "./parse_pattern.ts";
import { PatternError } from "./pattern_error.ts";
import type { PatternType, PatternTypes } from "./pattern_type.ts";
import { patternTypes } from "./pattern_types.ts";
import { strftimeType } from "./strftime_type.ts";
import { suggest } from "../../../lib/suggest.ts";

/** A pattern that is ready to match. */
export interface Pattern {
  readonly text: string;
  /** Literals and fields in order; their index is the item's number. */
  readonly tokens: readonly PatternToken[];
  /** Type of the token with the same index; null for a literal. */
  readonly types: readonly (PatternType | null)[];
  /** For a field whose name occurred before, the index of the token where it did; else -1. */
  readonly repeats: readonly number[];
  readonly ignoreCase: boolean;
  /** Whether `{}` also matches no text. */
  readonly empty: boolean;
}

/** Options of {@linkcode compilePattern}. */
export interface CompilePatternOptions extends ParsePatternOptions {
  /** Types that fields can name. Default: the built-in ones. */
  readonly types?: PatternTypes;
  /** Whether upper and lower case are the same. Default: false. */
  readonly ignoreCase?: boolean;
  /** Whether `{}` and `{x}` also match no text. Default: false. */
  readonly empty?: boolean;
}

/**
 * Makes a pattern ready to match, and checks its types.
 *
 * @throws {PatternError} A field names a type that is not known, or two fields of one name have
 * different types.
 */
export function compilePattern(text: string, options: CompilePatternOptions = {}): Pattern {
  return compileTokens(text, parsePattern(text, options), options);
}

/** Makes a pattern of pieces that were taken from a text. */
export function compileTokens(
  text: string,
  tokens: readonly PatternToken[],
  options: CompilePatternOptions = {},
): Pattern {
  const known = options.types ?? patternTypes();
  const types = tokens.map((token) => (token.kind === "field" ? typeOf(token, known) : null));
  const repeats: number[] = [];
  const first = new Map<string, number>();
  for (const [i, token] of tokens.entries()) {
    const before = token.kind === "field" && token.path.length > 0 ? first.get(token.name) : -1;
    repeats.push(before ?? -1);
    if (token.kind !== "field" || token.path.length === 0) continue;
    if (before === undefined) {
      first.set(token.name, i);
    } else if (types[before] !== types[i] && types[before]!.name !== types[i]!.name) {
      const other = (tokens[before] as PatternField).raw;
      throw new PatternError(
        `Cannot match ${token.raw}: ${other} before it gives '${token.name}' another type; ` +
          `use the same type, or another name`,
        token.raw,
      );
    }
  }
  const { ignoreCase = false, empty = false } = options;
  return { text, tokens, types, repeats, ignoreCase, empty };
}

/**
 * Assembles the program for some of a pattern's tokens.
 *
 * The text of token i is between the positions in slots 2i and 2i + 1.
 *
 * @param same Instruction for a field that repeats; without, such a field matches as if it did not.
 */
export function assemble(pattern: Pattern, first: number, last: number, same?: number): Program {
  const program = newProgram(pattern.ignoreCase);
  for (let i = first; i < last; i++) {
    const token = pattern.tokens[i];
    if (token.kind === "literal") emitText(program, i, token.text);
    else emitField(program, i, pattern, token, same);
  }
  emit(program, last, MATCH);
  return program;
}

function emitField(
  program: Program,
  item: number,
  pattern: Pattern,
  field: PatternField,
  same: number | undefined,
): void {
  const { spec } = field;
  const type = pattern.types[item]!;
  const padding = escapeChar(spec.fill || " ");
  const align = spec.align === "" && spec.width !== undefined ? ">" : spec.align;
  if (align === ">" || align === "^") emitRegex(program, item, parseRegex(`${padding}*`));
  emit(program, item, SAVE, 2 * item);
  if (same !== undefined && pattern.repeats[item] >= 0) {
    emit(program, item, same, 2 * pattern.repeats[item]);
  } else {
    emitRegex(program, item, parseRegex(expressionOf(field, type, pattern.empty)));
  }
  emit(program, item, SAVE, 2 * item + 1);
  if (align === "<" || align === "^") emitRegex(program, item, parseRegex(`${padding}*`));
}

function expressionOf({ spec }: PatternField, type: PatternType, empty: boolean): string {
  const body = typeof type.pattern === "string" ? type.pattern : type.pattern(spec);
  if (type.numeric !== true) return empty && body === ".+?" ? ".*?" : body;
  const fill = spec.align === "=" ? `${escapeChar(spec.fill || "0")}*` : spec.zero ? "0*" : "";
  return `[-+ ]?${fill}(?:${body})`;
}

function escapeChar(char: string): string {
  return /[\\^$.*+?()[\]{}|]/.test(char) ? `\\${char}` : char;
}

function typeOf(field: PatternField, types: PatternTypes): PatternType {
  const name = field.spec.type;
  const type = types.get(name);
  if (type !== undefined) return type;
  if (/^%./.test(name)) return strftimeType(name);
  const near = suggest(name, types.keys());
  throw new PatternError(
    `Cannot match ${field.raw}: there is no type '${name}'` +
      (near === null ? "; `runlit help patterns` lists them" : `; did you mean '${near}'?`),
    field.raw,
  );
}
