/**
 * Runs documents.
 *
 * @module
 */

export * from "./find_documents.ts";
export * from "./project_settings.ts";
export * from "./run_document.ts";
export * from "./run_documents.ts";
export * from "./update_failed.ts";
