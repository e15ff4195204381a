/**
 * What could be the word that somebody has begun.
 *
 * @module
 */

/** One of the words that could stand there. */
export interface Candidate {
  /** The whole word. One that ends in `=` or `/` is to be gone on with: no blank follows it. */
  readonly value: string;
  readonly description?: string;
}

/** All of them, or as well any file: those the shell knows better how to list. */
export interface Candidates {
  readonly words: readonly Candidate[];
  readonly files: boolean;
}
