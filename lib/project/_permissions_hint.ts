/**
 * How to add to permissions that a project file has already.
 *
 * @module
 */

/** `permissions = "strict"`, or `permissions = { net = false }`, in one line. */
const WHOLE = /^\s*("?\$?permissions"?)\s*=\s*("\w*"|\{.*\})\s*(#.*)?$/;
/** `permissions.run.read = ["data"]`: what a failed run suggests to add. */
const PART = /^\s*"?\$?permissions"?\.([\w.-]+\s*=\s*.*?)\s*$/;

/**
 * Returns what to write instead of a line that TOML refuses, since permissions have a value already that
 * cannot be extended; null if the line is something else.
 *
 * @param line Number of the line, from 1.
 */
export function permissionsHint(text: string, line: number): string | null {
  const lines = text.split("\n");
  const part = PART.exec(lines[line - 1] ?? "")?.[1];
  if (part === undefined) return null;
  for (let at = line - 2; at >= 0 && !/^\s*\[/.test(lines[at]); at--) {
    const [, key, value] = WHOLE.exec(lines[at]) ?? [];
    if (key === undefined) continue;
    return `instead of lines ${at + 1} and ${line}, write: ${key} = ${add(value, part)}`;
  }
  return null;
}

/** Adds `run.read = […]` to a value, and to the table `run` of it if it has one. */
function add(value: string, part: string): string {
  const [, table, rest] = /^(\w[\w-]*)\.(.*)$/s.exec(part) ?? [];
  const has = table === undefined
    ? null
    : new RegExp(`\\b${table}\\s*=\\s*("\\w*"|\\{[^{}]*\\})`).exec(value);
  if (has !== null) return value.replace(has[0], () => `${table} = ${add(has[1], rest)}`);
  const before = value.startsWith('"') ? `profile = ${value}` : value.slice(1, -1).trim();
  return `{ ${[before, part].filter(Boolean).join(", ")} }`;
}
