/**
 * The patterns that select source code when an operation names none.
 *
 * @module
 */

/**
 * Text files below 100,000 bytes, at most 500 of them, but nothing in hidden directories, Python
 * environments, or directories that hold a file named `.nocopy`. Gage 0.1.2 has the same list.
 */
export const DEFAULT_FILE_PATTERNS: readonly string[] = [
  "**/* text size<100000 max-matches=500",
  "-**/.* dir",
  "-**/* dir sentinel=bin/activate",
  "-**/* dir sentinel=.nocopy",
  "-summary.json",
];
