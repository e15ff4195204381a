/**
 * What a document's front matter, or a project's file, says about its examples.
 *
 * @module
 */

import type { OptionValues } from "../options/option_table.ts";

/** Settings of a document. */
export interface DocumentSettings {
  /** Options that hold for all its examples. */
  readonly options: OptionValues;
  /** Regular expressions of types by name. */
  readonly parseTypes: Readonly<Record<string, string>>;
  /** Modules with functions for types, and for options. */
  readonly parseFunctions: readonly string[];
  readonly optionFunctions: readonly string[];
  /** Code that is run before the first example: the project's first, then the document's. */
  readonly init: readonly string[];
  /** Variables to add to the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Deno's permissions, such as `read` or `net=example.com`; null for all. */
  readonly permissions: readonly string[] | null;
  /** Milliseconds for all examples together, or null for the default. */
  readonly documentTimeout: number | null;
  /** Whether the rest is not run after the first failure. */
  readonly failFast: boolean;
}

/** Settings of a document that says nothing. */
export const NO_SETTINGS: DocumentSettings = {
  options: {},
  parseTypes: {},
  parseFunctions: [],
  optionFunctions: [],
  init: [],
  env: {},
  permissions: null,
  documentTimeout: null,
  failFast: false,
};

/**
 * Merges a project's settings with a document's, which win.
 *
 * Lists are joined, the project's first, so that a document can use what the project's code made.
 */
export function mergeSettings(
  project: DocumentSettings,
  document: DocumentSettings,
): DocumentSettings {
  return {
    options: { ...project.options, ...document.options },
    parseTypes: { ...project.parseTypes, ...document.parseTypes },
    parseFunctions: [...project.parseFunctions, ...document.parseFunctions],
    optionFunctions: [...project.optionFunctions, ...document.optionFunctions],
    init: [...project.init, ...document.init],
    env: { ...project.env, ...document.env },
    permissions: document.permissions ?? project.permissions,
    documentTimeout: document.documentTimeout ?? project.documentTimeout,
    failFast: document.failFast || project.failFast,
  };
}
