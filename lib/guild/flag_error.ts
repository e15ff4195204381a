/**
 * The error of everything that reads flags, values of flags, and batches.
 *
 * @module
 */

/** Options of {@linkcode FlagError}. */
export interface FlagErrorOptions extends ErrorOptions {
  /** Flag that it is about. */
  readonly flag?: string;
  /** File that the flag, or its value, comes from. */
  readonly file?: string;
  /** Line of that file. */
  readonly line?: number;
}

/** A flag that cannot be found, or a value that it cannot have. */
export class FlagError extends Error {
  override readonly name = "FlagError";
  readonly flag: string | undefined;
  readonly file: string | undefined;
  readonly line: number | undefined;

  constructor(message: string, options: FlagErrorOptions = {}) {
    super(message, options);
    this.flag = options.flag;
    this.file = options.file;
    this.line = options.line;
  }
}
