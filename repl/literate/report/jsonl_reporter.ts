/**
 * Reports as JSON, a line for each event.
 *
 * @module
 */

import type { Reporter, TestEvent } from "./events.ts";

/** Makes a reporter that writes each event as a line of JSON. */
export function jsonlReporter(): Reporter {
  return (event: TestEvent): string => `${JSON.stringify(event)}\n`;
}
