/**
 * What a sandbox makes visible, as data.
 *
 * @module
 * @internal
 */

/**
 * How something is mounted. What is there stays where it is: programs, environments and stack
 * traces find the paths they know.
 *
 * | kind | |
 * |---|---|
 * | `private` | an empty directory in memory, writable |
 * | `link` | a symbolic link, where the sandbox's own directories have to have one |
 * | `ro`, `rw` | what the host has, read-only or writable |
 * | `pin` | what the host has, mounted onto itself so that it cannot be renamed |
 * | `lock` | read-only within what is writable |
 * | `device` | a device node, or a directory of them |
 * | `hide` | an empty directory, read-only |
 * | `blank` | an empty file |
 * | `deny` | a file or directory that cannot be opened |
 */
export type MountKind =
  | "private"
  | "link"
  | "ro"
  | "rw"
  | "pin"
  | "lock"
  | "device"
  | "hide"
  | "blank"
  | "deny";

/** One thing that a sandbox mounts. */
export interface Mount {
  readonly kind: MountKind;
  /** Absolute path, without symbolic links on its way. */
  readonly at: string;
  /** `link`: where it leads. `device`: what is mounted, where it is not `at` itself. */
  readonly target?: string;
  /** `deny`: whether it is a directory. */
  readonly isDir?: boolean;
}

/** What the root directory of a sandbox is: the host's, or nothing but what is mounted. */
export type RootKind = "ro" | "rw" | "empty";

/** Whether `path` is `dir`, or below it. */
export function isWithin(path: string, dir: string): boolean {
  return path === dir || path.startsWith(dir === "/" ? "/" : `${dir}/`);
}
