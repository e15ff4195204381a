/**
 * What type checkers find.
 *
 * @module
 */

/** Something wrong in a module: line and column from 1. */
export interface TypeDiagnostic {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
