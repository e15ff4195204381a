/**
 * What the options that every command has are set to.
 *
 * @module
 */

/** Options that every command has. */
export interface CliSettings {
  /** Colours wanted (`--color`), unwanted (`--no-color`), or left to the terminal. */
  color?: boolean;
  /** No notes on stderr (`--quiet`). */
  quiet: boolean;
  /** More notes on stderr (`--verbose`). */
  verbose: boolean;
  /** Errors with their stack and causes (`--debug`). */
  debug: boolean;
}

/** Settings of this process. */
export const settings: CliSettings = { quiet: false, verbose: false, debug: false };
