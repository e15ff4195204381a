/**
 * Front matter: data between two `---` lines at a document's start.
 *
 * @module
 */

import { findLines, isBlank, type Lines, lineText } from "./_lines.ts";

/** Where front matter is, and what it says. */
export interface FrontMatter {
  /** Lines before the first that is not front matter, counted from 0. */
  readonly lineCount: number;
  /** Its data, or null when it cannot be read. */
  readonly data: Readonly<Record<string, unknown>> | null;
  /** Why it cannot be read; null when it can. */
  readonly error: { readonly line: number; readonly message: string } | null;
}

/**
 * Reads the front matter of a document: JSON, TOML or YAML, which has to be a mapping.
 *
 * It begins with the first line that is not blank, if that is `---`, and ends at the next `---`.
 *
 * @param source The document, or its lines.
 * @returns Null when the document has none.
 */
export async function readFrontMatter(source: string | Lines): Promise<FrontMatter | null> {
  const lines = typeof source === "string" ? findLines(source) : source;
  let first = 0;
  while (first < lines.count && isBlank(lines, first)) first++;
  if (first >= lines.count || !isRule(lines, first)) return null;
  let last = first + 1;
  while (last < lines.count && !isRule(lines, last)) last++;
  if (last >= lines.count || last === first + 1) return null;
  const body = Array.from({ length: last - first - 1 }, (_, i) => lineText(lines, first + 1 + i));
  const lineCount = last + 1;
  try {
    const data = await parseData(body.join("\n") + "\n");
    if (isMapping(data)) return { lineCount, data, error: null };
    const message = `Cannot use front matter: it has to be a mapping of names to values, ` +
      `and is ${nameOf(data)}; write a rule as '***' if it is none`;
    return { lineCount, data: null, error: { line: first + 1, message } };
  } catch (error) {
    const line = (error as { line?: number }).line ?? 1;
    const why = String((error as Error).message).split("\n")[0].replace(/[.:]$/, "");
    const message = `Cannot read front matter: ${why}`;
    return { lineCount, data: null, error: { line: first + 1 + line, message } };
  }
}

function isRule(lines: Lines, index: number): boolean {
  return lines.text.charCodeAt(lines.starts[index]) === 45 &&
    /^---[ \t]*$/.test(lineText(lines, index));
}

async function parseData(body: string): Promise<unknown> {
  const start = body.trimStart();
  if (/^[[{"]/.test(start) && !/^\[+[^\],"]*\]+[ \t]*(?:#.*)?$/m.test(start)) {
    // What looks like JSON may still be a YAML flow mapping.
    try {
      return JSON.parse(body);
    } catch {
      return parseYaml(body);
    }
  }
  if (!looksLikeToml(body)) return parseYaml(body);
  try {
    const { parse } = await import("smol-toml");
    return parse(body);
  } catch (error) {
    // `a = 1` is a text in YAML, so that only a mapping tells that it is meant.
    const data = await parseYaml(body).catch(() => null);
    if (isMapping(data)) return data;
    throw error;
  }
}

async function parseYaml(body: string): Promise<unknown> {
  const { parse } = await import("yaml");
  try {
    return parse(body);
  } catch (error) {
    const line = (error as { linePos?: { line: number }[] }).linePos?.[0]?.line;
    throw Object.assign(error as Error, { line });
  }
}

function looksLikeToml(body: string): boolean {
  return /^[ \t]*(?:\[[^\]]*\]+|[\w."'-]+[ \t]*=)/m.test(body);
}

function isMapping(data: unknown): data is Record<string, unknown> {
  return typeof data === "object" && data !== null && !Array.isArray(data) &&
    !(data instanceof Date);
}

function nameOf(data: unknown): string {
  if (Array.isArray(data)) return "a list";
  return data === null || data === undefined ? "empty" : `a ${typeof data}`;
}
