/**
 * Digests that are known from copying, so that files are not read once more for the manifest.
 *
 * @module
 */

/** SHA-256 by path of the files that nothing has touched since they were copied. */
export type Digests = Map<string, string>;

/** What the steps of one staging tell each other. */
export interface DigestOptions {
  readonly digests?: Digests;
}
