/**
 * The error that file operations throw.
 *
 * @module
 */

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied; check who owns it, and its mode",
  EBUSY: "it is in use",
  EDQUOT: "the disk quota is used up; free some space and try again",
  EEXIST: "it exists already",
  EIO: "the disk reported an error",
  EISDIR: "it is a directory",
  ELOOP: "it is a symbolic link, which is not followed here",
  EMFILE: "too many files are open; raise the limit with `ulimit -n`",
  ENAMETOOLONG: "its path, or a name in it, is longer than the system allows",
  ENOENT: "it does not exist",
  ENOSPC: "no space is left on the disk; free some and try again",
  ENOTDIR: "a part of its path is not a directory",
  EPERM: "it is not permitted; check who owns it, and its mode",
  EROFS: "the file system is read-only",
};

/** A file operation that failed: what could not be done, to which path, and why. */
export class FileError extends Error {
  override readonly name = "FileError";
  /** The path that the caller asked for, never that of a temporary file. */
  readonly path: string;
  /** Why it failed, in words: the last part of the message. */
  readonly reason: string;
  /** System error code, such as `ENOENT`; empty if there is none. */
  readonly code: string;

  constructor(action: string, path: string, reason: string, cause?: unknown) {
    super(
      `Cannot ${action} ${JSON.stringify(shortened(path))}: ${reason}`,
      cause === undefined ? undefined : { cause },
    );
    this.path = path;
    this.reason = reason;
    this.code = (cause as NodeJS.ErrnoException | undefined)?.code ?? "";
  }
}

/** A path as a message has it: nobody reads thousands of directories. */
function shortened(path: string): string {
  return path.length <= MOST ? path : `${path.slice(0, MOST / 2)}…${path.slice(-MOST / 4)}`;
}

/** Characters of a path that a message has. */
const MOST = 800;

/**
 * Makes a {@linkcode FileError} that says in plain words what the system's error means.
 *
 * `action` is a verb (`read`, `write`, …); `reason` replaces the words that go with the error's code.
 */
export function fileError(
  action: string,
  path: string,
  cause: unknown,
  reason?: string,
): FileError {
  return new FileError(action, path, reason ?? reasonOf(cause), cause);
}

/** Says in plain words what a system error means, and what helps. */
export function reasonOf(error: unknown): string {
  const { code = "" } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
