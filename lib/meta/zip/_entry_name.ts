/**
 * Names that entries of a zip file may have.
 *
 * @module
 */

/**
 * Says what is wrong with an entry's name, or null.
 *
 * Whoever writes entries to the disk must not be led out of the directory it writes to: not by
 * `..`, nor by absolute paths, drives or backslashes, which are separators to some. `..foo` is a
 * name like any other.
 */
export function entryNameProblem(name: string): string | null {
  if (name === "" || name === "/") return "is empty";
  if (name.includes("\0")) return "has a NUL character";
  if (name.includes("\\")) return "has a backslash";
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name)) return "is not relative";
  for (const part of (name.endsWith("/") ? name.slice(0, -1) : name).split("/")) {
    if (part === ".." || part === "." || part === "") return `has a part '${part}'`;
  }
  return null;
}
