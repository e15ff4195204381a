/**
 * What a copy is asked for, and what it tells.
 *
 * @module
 */

/** Options of {@linkcode copyFile}. */
export interface CopyFileOptions {
  /** Compute the digest of what was copied, in the same pass. Default: false. */
  readonly hash?: boolean;
  /** Gets the number of bytes copied so far, after each that many of a large file. */
  readonly onProgress?: (bytes: number) => void;
}

/** What was copied. */
export interface CopiedFile {
  /** Bytes. */
  readonly size: number;
  /** SHA-256 digest of the copied bytes in hex, if `hash` was set. */
  readonly sha256?: string;
}
