/**
 * Expected and actual output, brought into the form in which they are compared.
 *
 * @module
 */

/** Options of {@linkcode normalizeExpected} and {@linkcode normalizeActual}. */
export interface NormalizeOptions {
  /** Whether white space counts. Default: true. */
  readonly space?: boolean;
  /** Whether backslashes are slashes. Default: false. */
  readonly paths?: boolean;
  /** Line that stands for a blank one, or false. Default: `⤶`. */
  readonly blankline?: string | false;
  /** Whether a missing line end at the end of the output counts. Default: false. */
  readonly eol?: boolean;
  /** What options of modules do to both sides. */
  readonly transforms?: readonly ((text: string) => string)[];
}

/** Brings expected output into its form for comparing. */
export function normalizeExpected(expected: string, options: NormalizeOptions = {}): string {
  if (expected === "") return "";
  const text = replaceBlankLines(`${expected}\n`, options.blankline ?? "⤶");
  return normalizeBoth(text, options);
}

/** Brings actual output into its form for comparing. */
export function normalizeActual(actual: string, options: NormalizeOptions = {}): string {
  return normalizeBoth(cleanOutput(actual, options), options);
}

/**
 * Output as a document can hold it: lines end with LF, blank lines are empty, and the last line
 * ends too, unless that counts.
 */
export function cleanOutput(actual: string, options: NormalizeOptions = {}): string {
  let text = actual.includes("\r") ? actual.replace(/\r\n?/g, "\n") : actual;
  // Only a line that begins with white space can be blank without being empty.
  if (/^[^\S\n]/m.test(text)) text = text.replace(/^[^\S\n]+$/gm, "");
  return text === "" || text.endsWith("\n") || options.eol === true ? text : `${text}\n`;
}

/** Makes the lines that stand for blank ones empty; white space behind the mark is allowed. */
function replaceBlankLines(text: string, mark: string | false): string {
  if (mark === false || !text.includes(mark)) return text;
  return text.split("\n").map((line) => (line.trimEnd() === mark ? "" : line)).join("\n");
}

function normalizeBoth(text: string, options: NormalizeOptions): string {
  let result = text;
  if (options.space === false) result = result.trim().replace(/\s+/g, " ");
  if (options.paths === true) result = result.replaceAll("\\\\", "\\").replaceAll("\\", "/");
  for (const transform of options.transforms ?? []) result = transform(result);
  return result;
}
