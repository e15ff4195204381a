/**
 * Parses TypeScript with Babel, which is loaded when it is first needed.
 *
 * @module
 */

import type { File } from "@babel/types";
import { SourceError } from "../source_error.ts";

type Parse = typeof import("@babel/parser").parse;

let loaded: Parse | undefined;

/** Loads the parser; 20 to 30 ms the first time. */
export async function loadParser(): Promise<Parse> {
  loaded ??= (await import("@babel/parser")).parse;
  return loaded;
}

const OPTIONS = {
  sourceType: "module",
  allowAwaitOutsideFunction: true,
  // Names may come from earlier sources of the session.
  allowUndeclaredExports: true,
  plugins: ["typescript", "decorators", "decoratorAutoAccessors", "explicitResourceManagement"],
} satisfies Parameters<Parse>[1];

/**
 * Parses a source as a module that may await at its top level.
 *
 * @throws {SourceError} with line and column, and whether more lines could complete the source.
 */
export function parseTypeScript(parse: Parse, source: string): File {
  try {
    return parse(source, OPTIONS);
  } catch (error) {
    throw sourceError(error as BabelError, source, parse);
  }
}

interface BabelError extends SyntaxError {
  readonly loc?: { readonly line: number; readonly column: number };
  readonly pos?: number;
  readonly reasonCode?: string;
}

/** Reasons whose place is at their start, although it is the end of the source that is missing. */
const UNFINISHED = new Set(["UnterminatedTemplate", "UnterminatedComment", "NoCatchOrFinally"]);

function sourceError(error: BabelError, source: string, parse: Parse): SourceError {
  if (error.loc === undefined || error.pos === undefined) {
    // The parser itself stumbled; what it read was surely no program.
    return new SourceError("Cannot read this as TypeScript", { line: 1, column: 1 }, {
      cause: error,
    });
  }
  return new SourceError(
    error.message.replace(/ \(\d+:\d+\)$/, "").replace(/\.$/, ""),
    {
      line: error.loc.line,
      column: error.loc.column + 1,
      incomplete: isIncomplete(error, source, parse),
    },
    { cause: error },
  );
}

function isIncomplete(error: BabelError, source: string, parse: Parse): boolean {
  const { reasonCode = "", pos = 0 } = error;
  if (UNFINISHED.has(reasonCode)) return true;
  if (reasonCode === "DeclarationMissingInitializer") return false;
  // A string goes on in the next line only after a backslash.
  if (reasonCode === "UnterminatedString") return source.trimEnd().endsWith("\\");
  // `(a: number): ` is told where it starts, unless the arrow is there.
  if (reasonCode === "UnexpectedTypeAnnotation") return ARROWS.some((end) => goesOn(source + end));
  return pos >= endOfCode(source);

  function goesOn(longer: string): boolean {
    try {
      parse(longer, OPTIONS);
      return true;
    } catch (error) {
      return ((error as BabelError).pos ?? 0) >= source.length;
    }
  }
}

/** What could follow the beginning of an arrow function's return type. */
const ARROWS = [" => 0", " any => 0", "} => 0", " any> => 0"];

/** Where the last thing that is neither blank nor comment ends; good enough for messages. */
function endOfCode(source: string): number {
  let end = source.trimEnd().length;
  while (true) {
    const text = source.slice(0, end);
    const line = text.slice(text.lastIndexOf("\n") + 1);
    const comment = /(?:^|\s)\/\//.exec(line);
    let start = -1;
    if (text.endsWith("*/")) start = text.lastIndexOf("/*");
    else if (comment !== null) start = end - line.length + comment.index;
    if (start < 0) return end;
    end = source.slice(0, start).trimEnd().length;
  }
}
