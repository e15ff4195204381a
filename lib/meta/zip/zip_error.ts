/**
 * What can be wrong with a zip file.
 *
 * @module
 */

/** A zip file that cannot be read or written; `path` names it. */
export class ZipError extends Error {
  override readonly name = "ZipError";
  readonly path: string;

  constructor(path: string, why: string, options?: ErrorOptions & { readonly writing?: boolean }) {
    super(`Cannot ${options?.writing ? "write" : "read"} zip '${path}': ${why}`, options);
    this.path = path;
  }
}
