/**
 * Which tests there are, and which were asked for.
 *
 * @module
 */

import { existingPaths, listFiles, listSources } from "../house/list_sources.ts";

/** Tests by how they are run, as paths relative to the checkout. */
export interface ListedTests {
  /** `node:test` files, for both runtimes. */
  units: string[];
  /** Literate documents, for both runtimes. */
  documents: string[];
  /** Tests of the published package, which run once. */
  packages: string[];
}

/**
 * Lists the tests, or those that a word names: by a folder (`files`), a file's name without its
 * ending (`make_run`) or the beginning of its path (`tests/files/copy`).
 */
export function listTests(words: readonly string[] = []): ListedTests {
  const sources = listSources(["tests"]).filter((file) => file.endsWith("_test.ts"));
  const wanted = (file: string) => {
    const parts = file.replace(/(_test\.ts|\.md)$/, "").split("/").slice(
      file.includes("/") ? 1 : 0,
    );
    return words.length === 0 ||
      words.some((word) => parts.includes(word) || (word.includes("/") && file.startsWith(word)));
  };
  const isPackage = (file: string) => file.startsWith("tests/package/");
  return {
    units: sources.filter((file) => !isPackage(file) && wanted(file)),
    documents: [...existingPaths(["README.md"]), ...listFiles("tests", ".md")].filter(wanted),
    packages: sources.filter((file) => isPackage(file) && wanted(file)),
  };
}
