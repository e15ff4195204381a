/**
 * What is wrong with a pattern.
 *
 * @module
 */

/** A pattern, or the expression of one of its types, that cannot be used. */
export class PatternError extends Error {
  override readonly name = "PatternError";
  /** The field at fault as it is written, such as `{x:foo}`; undefined when it is not known. */
  readonly field: string | undefined;

  constructor(message: string, field?: string, options?: ErrorOptions) {
    super(message, options);
    this.field = field;
  }
}
