/**
 * Types of fields: what text they match, and which value it stands for.
 *
 * @module
 */

import type { FieldSpec } from "./parse_field_spec.ts";

/** A type that a field can name, such as `d` in `{x:d}`. */
export interface PatternType {
  readonly name: string;
  /** One line for `runlit help`: what it matches, and what the value is. */
  readonly doc: string;
  /**
   * Regular expression for the text, or a function that makes one from the field's spec.
   *
   * `.` matches line breaks, `\w` letters of all scripts; there are no look-arounds and no
   * back-references, so that no document can hang.
   */
  readonly pattern: string | ((spec: FieldSpec) => string);
  /** Whether a sign, and padding between sign and digits, may come first. */
  readonly numeric?: boolean;
  /** Makes the value from the text; an error it throws is why the text does not match. */
  readonly convert?: (text: string) => unknown;
}

/** Types by name. */
export type PatternTypes = ReadonlyMap<string, PatternType>;
