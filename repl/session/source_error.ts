/**
 * The error for source that cannot be parsed, or that no runtime here can execute.
 *
 * @module
 */

/** A syntax error with its place in the source. */
export class SourceError extends SyntaxError {
  override name = "SyntaxError";
  /** Line in the source, from 1. */
  readonly line: number;
  /** Column in that line, from 1. */
  readonly column: number;
  /** The source is the beginning of something valid: more lines may complete it. */
  readonly incomplete: boolean;

  constructor(
    message: string,
    place: { readonly line: number; readonly column: number; readonly incomplete?: boolean },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.line = place.line;
    this.column = place.column;
    this.incomplete = place.incomplete ?? false;
    // The place is told by whoever shows the error; kept out of `inspect`, which lists own fields.
    for (const key of ["name", "line", "column", "incomplete"]) {
      Object.defineProperty(this, key, { enumerable: false });
    }
  }
}
