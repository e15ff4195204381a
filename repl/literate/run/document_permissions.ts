/**
 * What has to be known of a document before its process is started.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { resolveOptions } from "../options/resolve_options.ts";
import { type DocumentSettings, mergeSettings } from "../parse/document_settings.ts";
import { parseDocument } from "../parse/parse_document.ts";

/** What a document's front matter asks of its process. */
export interface DocumentNeeds {
  /** Deno's permissions; null for all. */
  readonly permissions: readonly string[] | null;
  /** How often it is run again when it fails. */
  readonly retries: number;
}

/** Reads a document's front matter: the examples are read by its own process. */
export async function documentPermissions(
  path: string,
  project: DocumentSettings,
): Promise<DocumentNeeds> {
  const text = readFileSync(path, "utf8");
  const front = /^\uFEFF?\s*---\r?\n[^]*?\n---\s*(?:\n|$)/.exec(text);
  if (front === null) {
    return { permissions: project.permissions, retries: retriesOf(project) };
  }
  const { settings } = await parseDocument(front[0]);
  const merged = mergeSettings(project, settings);
  return { permissions: merged.permissions, retries: retriesOf(merged) };
}

function retriesOf({ options }: DocumentSettings): number {
  return resolveOptions(options).retryOnFail;
}
