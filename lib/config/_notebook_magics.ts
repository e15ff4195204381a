/**
 * What IPython adds to Python: `%magic` and `!command` lines, `%%cell` magics, `help?`.
 *
 * @module
 */

/** Cell magics whose cell is Python, run in the notebook itself. */
const PYTHON_CELL = /^%%(?:time|timeit|capture|prun|memit|mprun)\b/;

/** Replaces what is no Python by as much that is, so that all offsets remain. */
export function maskMagics(code: string): string {
  const [blank] = /^\s*/.exec(code) as RegExpExecArray;
  const first = code.slice(blank.length).split(/[\r\n]/, 1)[0];
  if (first.startsWith("%%")) {
    if (!PYTHON_CELL.test(first)) return "";
    return blank + " ".repeat(first.length) + maskLines(code.slice(blank.length + first.length));
  }
  return maskLines(code);
}

const MAGIC = /^(?:[%!?]|[\w.,[\] ]+=\s*[%!]|[\w.*]+\?\??\s*$)/;

/** Strings that may span lines, comments, brackets, and everything else by the character. */
const TOKEN =
  /[a-zA-Z]*("""|''')(?:\\[^]|(?!\1)[^])*(?:\1|$)|(["'])(?:\\[^]|(?!\2)[^\\\r\n])*\2?|#[^\r\n]*|\\\r?\n|[^]/g;

function maskLines(code: string): string {
  if (!/[%!?]/.test(code)) return code;
  let masked = "";
  let depth = 0;
  let at = 0;
  while (at < code.length) {
    // A logical line: it ends at a line end that is outside of brackets and strings.
    const [line] = /^(?:[^\r\n]*\\\r?\n)*[^\r\n]*/.exec(code.slice(at)) as RegExpExecArray;
    const text = line.trimStart();
    if (depth === 0 && MAGIC.test(text)) {
      // A statement, since it may be all there is in a block.
      masked += line.slice(0, line.length - text.length) + "0" + " ".repeat(text.length - 1);
      at += line.length;
    }
    TOKEN.lastIndex = at;
    for (let token = TOKEN.exec(code)?.[0]; token; token = TOKEN.exec(code)?.[0]) {
      masked += token;
      at += token.length;
      if (/^[([{]$/.test(token)) depth++;
      else if (/^[)\]}]$/.test(token)) depth = Math.max(0, depth - 1);
      else if (token === "\n") break;
    }
  }
  return masked;
}
