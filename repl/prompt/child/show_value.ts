/**
 * Values as the prompt shows them.
 *
 * @module
 */

import { inspect } from "node:util";
import type { Run } from "../../../lib/types.ts";
import { formatTable } from "../../display/format_table.ts";
import { DISPLAY } from "../../session/format_value.ts";
import { formatRuns } from "../../display/run_table.ts";

/** Options of {@linkcode showValue}. */
export interface ShowOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
}

/**
 * Shows a value fitted to the terminal: runs and lists of runs as tables, others by inspection.
 * Null when there is nothing to show.
 */
export function showValue(value: unknown, options: ShowOptions): string | null {
  if (value === undefined) return null;
  const { width, color } = options;
  const styleTitles = (titles: string) => color ? `\x1b[2m${titles}\x1b[22m` : titles;
  if (typeof value === "object" && value !== null) {
    if (Reflect.get(value, DISPLAY) === false) return null;
    if (Array.isArray(value) && value.length > 0) {
      if (value.every(isRun)) return formatRuns(value, Date.now(), { width, styleTitles });
      if (value.every(isManifestEntry)) {
        const rows = value.map(({ type, sha256, path }) => [type, sha256.slice(0, 12), path]);
        const columns = [{ title: "type" }, { title: "sha256" }, { title: "path", shrinks: true }];
        return formatTable(columns, rows, { width, styleTitles });
      }
    }
    if (isRun(value)) {
      const rows = Object.entries(value).filter(([, field]) =>
        field !== null && field !== undefined
      )
        .map(([name, field]) => [name, fieldText(name, field)]);
      return formatTable([{ title: "run" }, { title: value.name, shrinks: true }], rows, {
        width,
        styleTitles,
      });
    }
  }
  return inspect(value, { colors: color, breakLength: Math.max(20, width), compact: 3 });
}

function isRun(value: unknown): value is Run {
  if (typeof value !== "object" || value === null) return false;
  return ["id", "name", "runDir", "metaDir"].every((key) =>
    typeof Reflect.get(value, key) === "string"
  ) && "opref" in value;
}

interface ManifestLike {
  readonly type: string;
  readonly sha256: string;
  readonly path: string;
}

function isManifestEntry(value: unknown): value is ManifestLike {
  if (typeof value !== "object" || value === null) return false;
  return ["type", "sha256", "path"].every((key) => typeof Reflect.get(value, key) === "string");
}

/** Times are told as times, records on one line. */
function fieldText(name: string, field: unknown): string {
  if (typeof field === "string") return field;
  if (typeof field === "number" && field > 1e14) return new Date(field / 1000).toISOString();
  if (name === "opref" && typeof field === "object") {
    const { namespace, name: op, version } = field as Record<string, string | undefined>;
    return [namespace && `${namespace}:`, op, version && ` v${version}`].filter(Boolean).join("");
  }
  return inspect(field, { breakLength: Infinity, compact: true });
}
