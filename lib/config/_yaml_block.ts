/**
 * YAML's block scalars.
 *
 * @module
 */

/**
 * Writes a text as a block like another: literal or folded, indented alike, its comment kept.
 *
 * The last line end is left to the source. Returns undefined if a block cannot hold the text.
 */
export function writeYamlBlock(
  text: string,
  place: { readonly start: number; readonly end: number },
  source: string,
): string | undefined {
  const old = source.slice(place.start, place.end);
  const header = /^([|>])[-+\d]*([ \t]+#[^\r\n]*)?[ \t]*\r?\n/.exec(old);
  const indent = /^(?:[ \t]*\r?\n)*( +)\S/.exec(old.slice(header?.[0].length))?.[1];
  if (!header || indent === undefined || !canHold(text)) return undefined;
  const [, body, ends] = /^([^]*?)(\n*)$/.exec(text) as RegExpExecArray;
  const isFolded = header[1] === ">" && !/^[ \t]/m.test(body);
  // A folded line end is a space, so one that shall remain needs an empty line.
  const lines = isFolded ? body.replace(/(?<=[^\n])\n+/g, "$&\n") : body;
  const chomp = ends === "" ? "-" : ends === "\n" ? "" : "+";
  // Empty lines that follow would belong to a block that keeps its own.
  if (chomp === "+" && !/^\r?\n(?![ \t]*[\r\n]|[ \t]+$)/.test(source.slice(place.end))) {
    return undefined;
  }
  const eol = source.includes("\r\n") ? "\r\n" : "\n";
  const content = lines.split("\n").map((line) => line === "" ? "" : indent + line).join(eol);
  return (isFolded ? ">" : "|") + chomp + (header[2] ?? "") + eol + content +
    eol.repeat(Math.max(0, ends.length - 1));
}

/** Whether a block can hold a text without saying how far it is indented. */
function canHold(text: string): boolean {
  return !/^\n* |^\n*$|[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]|\p{Cs}/u.test(text);
}
