/**
 * Config of Jupyter notebooks whose code is Python. Each code cell is read as a module of its own.
 *
 * @module
 */

import type { Node } from "jsonc-parser";
import type { JsonValue } from "../types.ts";
import type { Found } from "./_found.ts";
import { parseJson } from "./_json.ts";
import { maskMagics } from "./_notebook_magics.ts";
import { keepLast, scan as scanPython, write as writePython } from "./_python.ts";

/** A value of a cell, with the code and the place there that it was read from. */
interface CellFound extends Found {
  readonly code: string;
  readonly inCode: Found;
}

/** Finds the values of all code cells. Of several assignments to a name the last counts. */
export async function scan(source: string): Promise<Found[]> {
  const root = await parseJson(source);
  const names = new Map<string, Found[]>();
  if (!isPython(root)) return [];
  for (const cell of child(root, "cells")?.children ?? []) {
    if (child(cell, "cell_type")?.value !== "code") continue;
    const { code, offsets } = readCode(child(cell, "source"), source);
    const cellNames = new Map<string, Found[]>();
    for (const inCode of await scanPython(maskMagics(code))) {
      const [name] = inCode.key.split(".", 1);
      const { start, end } = inCode;
      const found: CellFound = {
        ...inCode,
        start: offsets[start],
        // Not where the next character begins, which may be in the next string.
        end: offsets[end - 1] + lengthAt(source, offsets[end - 1]),
        code,
        inCode,
      };
      cellNames.set(name, [...(cellNames.get(name) ?? []), found]);
    }
    for (const [name, found] of cellNames) keepLast(names, name, found);
  }
  return [...names.values()].flat();
}

function isPython(root: Node | undefined): boolean {
  const metadata = child(root, "metadata");
  const language = child(child(metadata, "kernelspec"), "language")?.value ??
    child(child(metadata, "language_info"), "name")?.value;
  return language === undefined || /^i?python/i.test(String(language));
}

function child(node: Node | undefined, name: string): Node | undefined {
  return node?.children?.findLast((each) => each.children?.[0].value === name)?.children?.[1];
}

/** Joins a cell's lines, with the offset that each code unit has in the notebook. */
function readCode(node: Node | undefined, source: string): { code: string; offsets: number[] } {
  let code = "";
  const offsets: number[] = [];
  const parts = node?.type === "array" ? node.children ?? [] : node ? [node] : [];
  for (const part of parts) {
    if (part.type !== "string") continue;
    code += part.value;
    const end = part.offset + part.length - 1;
    for (let at = part.offset + 1; at < end; at += lengthAt(source, at)) offsets.push(at);
  }
  return { code, offsets };
}

/** Length of the character at an offset within a JSON string, which may be an escape. */
function lengthAt(source: string, at: number): number {
  return source[at] !== "\\" ? 1 : source[at + 1] === "u" ? 6 : 2;
}

/** Spells a value as Python within a JSON string. */
export function write(value: JsonValue, found: Found, source: string): string {
  const { code, inCode } = found as CellFound;
  const text = JSON.stringify(writePython(value, inCode, code)).slice(1, -1);
  const isEscaped = /\\u(?!00[0-7])[\da-fA-F]{4}/.test(source) && !/[^\0-\x7f]/.test(source);
  if (!isEscaped) return text;
  return text.replace(
    /[^\0-\x7f]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
