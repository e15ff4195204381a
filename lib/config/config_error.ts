/**
 * The error of everything that reads or patches config.
 *
 * @module
 */

/** Options of {@linkcode ConfigError}. */
export interface ConfigErrorOptions extends ErrorOptions {
  /** File that holds, or should hold, the value. */
  readonly file?: string;
  /** Key of the value, such as `train.lr`. */
  readonly key?: string;
}

/** Config that cannot be read, selected or set. The message names the file and the key. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly file: string | undefined;
  readonly key: string | undefined;

  constructor(message: string, options: ConfigErrorOptions = {}) {
    super(message, options);
    this.file = options.file;
    this.key = options.key;
  }
}
