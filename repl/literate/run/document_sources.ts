/**
 * What a document is made of.
 *
 * @module
 */

import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Paths that are relative to the file that names them, as in imports and in front matter. */
const RELATIVE = /(?<![\w./@-])\.{1,2}\/[^\s"'`()[\]{}<>|;,*?#]+/g;

const SOURCE = /\.[cm]?[jt]sx?$/;

/**
 * Lists a document and the files beside it that it names by a relative path: the modules that it
 * imports, and in turn what those name. A path that is named in passing is in the list too.
 *
 * @returns Absolute paths, the document's first.
 */
export function documentSources(document: string): string[] {
  const path = resolve(document);
  const found = new Set([path]);
  const waiting = [path];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    for (const [name] of readText(file).matchAll(RELATIVE)) {
      const named = resolve(dirname(file), name);
      if (found.has(named) || !statSync(named, { throwIfNoEntry: false })?.isFile()) continue;
      found.add(named);
      if (SOURCE.test(named)) waiting.push(named);
    }
  }
  return [...found];
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // It is just being replaced: when it is back, it has changed.
  }
}
