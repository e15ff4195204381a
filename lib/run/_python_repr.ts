/**
 * Values as Python prints them: the runner log of both layouts has lists and strings in this form.
 *
 * @module
 */

/** Formats strings and lists of strings as Python's `repr()` does. */
export function pythonRepr(value: string | readonly string[]): string {
  if (typeof value !== "string") return `[${value.map((item) => pythonRepr(item)).join(", ")}]`;
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  let text = "";
  for (const char of value) {
    if (char === quote || char === "\\") text += `\\${char}`;
    else text += ESCAPES[char] ?? (/\p{C}/u.test(char) ? numeric(char) : char);
  }
  return quote + text + quote;
}

const ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function numeric(char: string): string {
  const code = char.codePointAt(0)!;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}
