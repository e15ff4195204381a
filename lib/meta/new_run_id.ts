/**
 * New run IDs.
 *
 * @module
 */

import { randomUuid } from "../runtime/random_uuid.ts";

/**
 * Returns a new run ID: a random UUID (version 4), 36 characters, lower case.
 *
 * IDs are never derived from what is already there: a run is claimed by creating its directory, and
 * a random name makes a clash so unlikely that it can be an error.
 *
 * @example A new ID
 * ```ts
 * import assert from "node:assert/strict";
 * import { newRunId } from "runlit/new-run-id";
 *
 * assert.match(newRunId(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
 * ```
 */
export function newRunId(): string {
  return randomUuid();
}
