/**
 * A list of edits to a source, applied all at once.
 *
 * @module
 */

interface Edit {
  readonly start: number;
  readonly end: number;
  text: string;
}

/** Edits that were noted for a source. Ranges must not overlap. */
export interface Edits {
  /**
   * Replaces a range by as many spaces; line breaks stay. `first` and `last` are put where the
   * range's first and last characters were.
   */
  blank(start: number, end: number, marks?: { first?: string; last?: string }): void;
  /** Replaces a range; line breaks of the range which `text` lacks are added at its end. */
  replace(start: number, end: number, text: string): void;
  insert(at: number, text: string): void;
  /** Puts `;` at the start of the blanks that end at `end`; false when there are none. */
  terminate(end: number): boolean;
  readonly count: number;
  apply(): string;
}

/** Starts a list of edits to a source. */
export function createEdits(source: string): Edits {
  const edits: Edit[] = [];
  const blanksByEnd = new Map<number, Edit>();
  return {
    get count(): number {
      return edits.length;
    },
    blank(start, end, { first = "", last = "" } = {}) {
      if (end <= start) return;
      const spaces = source.slice(start, end).replace(/[^\n\r\u2028\u2029]/g, " ");
      const text = first + spaces.slice(first.length, spaces.length - last.length) + last;
      const edit = { start, end, text };
      edits.push(edit);
      blanksByEnd.set(end, edit);
    },
    replace(start, end, text) {
      const missing = countBreaks(source.slice(start, end)) - countBreaks(text);
      edits.push({ start, end, text: text + "\n".repeat(Math.max(0, missing)) });
    },
    insert(at, text) {
      edits.push({ start: at, end: at, text });
    },
    terminate(end) {
      const edit = blanksByEnd.get(end);
      if (edit === undefined) return false;
      edit.text = ";" + edit.text.slice(1);
      return true;
    },
    apply() {
      if (edits.length === 0) return source;
      // A stable sort: insertions at one place keep the order in which they were noted.
      edits.sort((a, b) => a.start - b.start || a.end - b.end);
      let code = "";
      let at = 0;
      for (const { start, end, text } of edits) {
        code += source.slice(at, start) + text;
        at = end;
      }
      return code + source.slice(at);
    },
  };
}

function countBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
