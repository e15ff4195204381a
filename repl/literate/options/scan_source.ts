/**
 * Comments and brackets in source code, found without parsing it.
 *
 * @module
 */

/** Where a line comment begins, and its mark. */
export interface Comment {
  readonly start: number;
  readonly mark: "//" | "#";
}

// Behind these words a slash begins a regular expression, behind other words it divides.
const BEFORE_REGEX =
  /(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield|instanceof)$/;

/** Finds the line comments of TypeScript, and `#` comments behind white space. */
export function scanTypeScript(source: string): Comment[] {
  const comments: Comment[] = [];
  walk(source, (start, mark) => comments.push({ start, mark }));
  return comments;
}

/**
 * Whether brackets, strings and comments that source code opens are all closed.
 *
 * Source for which this is false is certainly not complete; otherwise it may be.
 */
export function isClosed(source: string): boolean {
  return walk(source) === 0;
}

/** The line ends of source code at which nothing is open, as offsets. */
export function closedLineEnds(source: string): number[] {
  const ends: number[] = [];
  walk(source, undefined, (at) => ends.push(at));
  return ends;
}

/** Walks over the code and returns how many things are open at its end. */
function walk(
  source: string,
  onComment?: (start: number, mark: "//" | "#") => void,
  onClosedLine?: (at: number) => void,
): number {
  // What is open: brackets, and "`" for a template whose `${` encloses what is walked over.
  const open: string[] = [];
  let i = 0;
  while (i < source.length) {
    const char = source[i];
    const next = source[i + 1];
    if (char === "/" && next === "/" || (char === "#" && isHashComment(source, i))) {
      onComment?.(i, char === "/" ? "//" : "#");
      i = endOfLine(source, i);
    } else if (char === "/" && next === "*") {
      const end = source.indexOf("*/", i + 2);
      if (end < 0) return open.length + 1;
      i = end + 2;
    } else if (char === "/" && beginsRegex(source, i)) {
      i = endOfRegex(source, i);
    } else if (char === '"' || char === "'") {
      i = endOfString(source, i, char);
    } else if (char === "`" || (char === "}" && open[open.length - 1] === "`")) {
      if (char === "}") open.pop();
      i = endOfTemplate(source, i);
      if (i > source.length) return open.length + 1;
      if (source[i - 1] === "{") open.push("`");
    } else {
      if ("([{".includes(char)) open.push(char);
      else if (")]}".includes(char)) open.pop();
      else if (char === "\n" && open.length === 0) onClosedLine?.(i);
      i++;
    }
  }
  return open.length;
}

/** Finds the comments of a shell command. */
export function scanShell(source: string): Comment[] {
  const comments: Comment[] = [];
  let i = 0;
  while (i < source.length) {
    const char = source[i];
    if (char === "\\") {
      i += 2;
    } else if (char === "'") {
      const end = source.indexOf("'", i + 1);
      i = end < 0 ? source.length : end + 1;
    } else if (char === '"') {
      for (i++; i < source.length && source[i] !== '"'; i++) if (source[i] === "\\") i++;
      i++;
    } else if (char === "#" && isBehindSpace(source, i)) {
      comments.push({ start: i, mark: "#" });
      i = endOfLine(source, i);
    } else {
      i++;
    }
  }
  return comments;
}

// A `#` elsewhere is a private name's.
function isHashComment(source: string, at: number): boolean {
  return isBehindSpace(source, at) && /[ \t]*[+-][A-Za-z]/y.test(source.slice(at + 1, at + 40));
}

function isBehindSpace(source: string, at: number): boolean {
  return at === 0 || /\s/.test(source[at - 1]);
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end;
}

/** A string that is not closed ends with its line. */
function endOfString(source: string, at: number, quote: string): number {
  let i = at + 1;
  while (i < source.length && source[i] !== quote && source[i] !== "\n") {
    i += source[i] === "\\" ? 2 : 1;
  }
  return source[i] === quote ? i + 1 : i;
}

/** Past the template's end, past the `{` of its next `${`, or past the source if it has neither. */
function endOfTemplate(source: string, at: number): number {
  for (let i = at + 1; i < source.length; i++) {
    if (source[i] === "\\") i++;
    else if (source[i] === "`") return i + 1;
    else if (source[i] === "$" && source[i + 1] === "{") return i + 2;
  }
  return source.length + 1;
}

function beginsRegex(source: string, at: number): boolean {
  const before = source.slice(Math.max(0, at - 40), at).trimEnd();
  const last = before[before.length - 1];
  if (before.endsWith("++") || before.endsWith("--")) return false;
  if (last === undefined || "(,=:[!&|?{};+-*%<>~^".includes(last)) return true;
  return BEFORE_REGEX.test(before);
}

function endOfRegex(source: string, at: number): number {
  let inClass = false;
  let i = at + 1;
  for (; i < source.length && source[i] !== "\n"; i++) {
    if (source[i] === "\\") i++;
    else if (source[i] === "[") inClass = true;
    else if (source[i] === "]") inClass = false;
    else if (source[i] === "/" && !inClass) return i + 1;
  }
  return i;
}
