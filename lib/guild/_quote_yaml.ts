/**
 * Text in YAML: without quotes where it can be, else in the quotes that PyYAML would take.
 *
 * @module
 */

/** Begins something else than text: a comment, a collection, an anchor, a tag, a quote, …. */
const STARTS_ELSE = /^(?:[#,[\]{}&*!|>'"%@`]|[-?:](?:\s|$)|---|\.\.\.)/;

/** Ends a plain text, or begins a comment in it. */
const BREAKS_OFF = /:(?:\s|$)|\s#/;

/** Needs escapes, and so double quotes. */
// deno-lint-ignore no-control-regex
const NOT_PRINTABLE = /[\x00-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\u2028\u2029\x85]|\p{Cs}/u;

/** Reads as something else than text, by the rules of YAML 1.1 and by those of 1.2. */
const READS_ELSE = new RegExp(
  [
    "y|Y|n|N|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF",
    "~|null|Null|NULL|<<|=",
    "[-+]?0b[01_]+|[-+]?0o?[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+",
    "[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?",
    "[-+]?(?:[0-9][0-9_]*\\.?[0-9_]*|\\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?",
    "[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)|[-+]?(?:inf|infinity|nan)",
    "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*)?",
  ].map((part) => `(?:${part})`).join("|").replace(/^/, "^(?:").replace(/$/, ")$"),
);

/** Spells text as a YAML scalar of one line. */
export function quoteYaml(text: string): string {
  if (NOT_PRINTABLE.test(text)) return doubleQuoted(text);
  const isPlain = text !== "" && text.trim() === text && !STARTS_ELSE.test(text) &&
    !BREAKS_OFF.test(text) && !READS_ELSE.test(text);
  return isPlain ? text : `'${text.replaceAll("'", "''")}'`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\0": "\\0",
  "\x07": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  "\x1b": "\\e",
  '"': '\\"',
  "\\": "\\\\",
  "\x85": "\\N",
  "\u2028": "\\L",
  "\u2029": "\\P",
};

function doubleQuoted(text: string): string {
  let inner = "";
  for (const char of text) {
    inner += ESCAPES[char] ?? (NOT_PRINTABLE.test(char) ? numeric(char.charCodeAt(0)) : char);
  }
  return `"${inner}"`;
}

function numeric(code: number): string {
  const hex = code.toString(16).toUpperCase();
  return code < 0x100 ? `\\x${hex.padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`;
}
