/**
 * How output is compared with what was expected.
 *
 * @module
 */

import type { NormalizeOptions } from "./normalize_output.ts";
import type { PatternTypes } from "./pattern_type.ts";

/** Options of {@linkcode matchOutput}; those of an example can be given as they are. */
export interface MatchOptions extends NormalizeOptions {
  /** Whether the expected output is a pattern with fields; wins over `wildcard`. Default: false. */
  readonly parse?: boolean;
  /** Text that matches anything, or false. Default: false. */
  readonly wildcard?: string | false;
  /** Whether upper and lower case differ. Default: true. */
  readonly case?: boolean;
  /** Whether braces in pairs are text. Default: true. */
  readonly balance?: boolean;
  /** Whether `{}` also matches no text. Default: false. */
  readonly empty?: boolean;
  /** Types that fields can name. Default: the built-in ones. */
  readonly types?: PatternTypes;
}
