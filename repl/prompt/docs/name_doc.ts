/**
 * What help tells.
 *
 * @module
 */

/** What is known about a name. */
export interface NameDoc {
  readonly name: string;
  readonly signature: string;
  /** The first sentence of its documentation. */
  readonly sentence: string;
  /** The rest of it, without tags. */
  readonly details: string;
  /** Code of its first example; null for none. */
  readonly example: string | null;
  /** Keys of its options. */
  readonly optionKeys: readonly string[];
  /** Names of its members, of a type or an object. */
  readonly members: readonly string[];
}
