/**
 * Runs as a table.
 *
 * @module
 */

import { stripControl } from "../../lib/phases/strip_control.ts";
import type { RunInfo } from "../../lib/store/run_info.ts";
import type { JsonValue, Run } from "../../lib/types.ts";
import { displayWidth } from "./display_width.ts";
import { formatAge } from "./format_age.ts";
import { formatConfigValue } from "./format_config_value.ts";
import { type Column, formatTable, type TableOptions } from "./format_table.ts";

/** What is shown of each run. */
export const RUN_COLUMNS: readonly Column[] = [
  { title: "#", align: "right" },
  { title: "name" },
  { title: "operation" },
  { title: "started" },
  { title: "status" },
  { title: "description", shrinks: true },
];

/**
 * The cells of a run's line.
 *
 * @param place Its place in the list, from 1.
 * @param now What its start is told relative to, in ms since the epoch; null for ISO 8601.
 */
export function runRow(run: Run & Partial<RunInfo>, place: number, now: number | null): string[] {
  const started = run.started ?? null;
  const ms = started === null ? null : started / 1000;
  const when = ms === null ? "" : now === null ? new Date(ms).toISOString() : formatAge(ms, now);
  const version = run.opref?.version === undefined ? "" : ` v${run.opref.version}`;
  return [
    String(place),
    run.name,
    `${run.opref?.name ?? ""}${version}`,
    when,
    run.status ?? "",
    // A run's summary is its own word, and must not command the terminal.
    stripControl(describe(run)),
  ];
}

/** Columns that a narrow terminal does without, in the order in which they go. */
const OPTIONAL = ["description", "started", "operation"];

/**
 * Formats runs as a table, newest first as they are listed. On a narrow terminal whole columns are
 * left out rather than lines broken.
 */
export function formatRuns(
  runs: readonly (Run & Partial<RunInfo>)[],
  now: number | null,
  options: TableOptions,
): string {
  const rows = runs.map((run, i) => runRow(run, i + 1, now));
  let kept = RUN_COLUMNS.map((_, i) => i);
  const widths = RUN_COLUMNS.map(({ title, shrinks }, i) =>
    Math.max(title.length, ...rows.map((row) => shrinks ? 0 : displayWidth(row[i])))
  );
  for (const name of OPTIONAL) {
    const total = kept.reduce((sum, i) => sum + widths[i] + 2, -2);
    if (options.width === undefined || options.width === null || total <= options.width) break;
    kept = kept.filter((i) => RUN_COLUMNS[i].title !== name);
  }
  const columns = kept.map((i) => RUN_COLUMNS[i]);
  return formatTable(columns, rows.map((row) => kept.map((i) => row[i])), options);
}

/** The label, then what was measured, then what was set. */
function describe(run: Partial<RunInfo>): string {
  const { metrics, attributes } = fields(run.summary);
  const values = { ...fields(metrics), ...fields(attributes), ...(run.config ?? {}) };
  const pairs = Object.entries(values).map(([name, value]) =>
    `${name}=${formatConfigValue(value)}`
  );
  return [run.label ?? "", pairs.join(" ")].filter((part) => part !== "").join("  ");
}

function fields(value: JsonValue | undefined): { readonly [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as { readonly [key: string]: JsonValue }
    : {};
}
