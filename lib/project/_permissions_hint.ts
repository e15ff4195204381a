/**
 * How to add to permissions that a project file has already.
 *
 * @module
 */

/** `permissions = "strict"`, or `permissions = { net = false }`, in one line. */
const WHOLE = /^\s*("?\$?permissions"?)\s*=\s*("\w*"|\{.*\})\s*(#.*)?$/;
/** `permissions.run.read = ["data"]`: what a failed run suggests to add. */
const PART = /^\s*"?\$?permissions"?\.([\w.-]+\s*=\s*.*?)\s*(?:#[^"'\]}]*)?$/;

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

/** Adds `run.read = […]` to a value, and to the table `run` of it if it has one; or replaces it. */
function add(value: string, part: string): string {
  const items = value.startsWith('"') ? [`profile = ${value}`] : splitItems(value.slice(1, -1));
  const [key] = splitItem(part);
  const [table, ...rest] = part.split(".");
  const at = items.findIndex((item) => [key, table].includes(splitItem(item)[0]));
  if (at < 0) items.push(part);
  else {
    const [name, there] = splitItem(items[at]);
    const isTable = name !== key && /^["{]/.test(there);
    items[at] = isTable ? `${name} = ${add(there, rest.join("."))}` : part;
  }
  return `{ ${items.join(", ")} }`;
}

function splitItem(item: string): [key: string, value: string] {
  const end = item.indexOf("=");
  return [item.slice(0, end).trim(), item.slice(end + 1).trim()];
}

/** Splits what is between the braces of a table at the commas that are in nothing else. */
function splitItems(inner: string): string[] {
  const items = [""];
  let depth = 0;
  for (const [token] of inner.matchAll(/"(?:\\.|[^"\\])*"|[^"]/gs)) {
    if (token === "{" || token === "[") depth++;
    if (token === "}" || token === "]") depth--;
    if (token === "," && depth === 0) items.push("");
    else items[items.length - 1] += token;
  }
  return items.map((item) => item.trim()).filter(Boolean);
}
