import type { DetectedFlags } from "../../lib/guild/detect_flags.ts";
import type { FlagDef } from "../../lib/guild/flag_def.ts";

/** A line for each thing that was found. */
export function summarize(found: DetectedFlags): string {
  const lines = [`${found.dest}${found.description ? `: ${found.description}` : ""}`];
  for (const flag of found.flags) lines.push(summarizeFlag(flag));
  for (const { what, reason, line } of found.unknown) lines.push(`? ${what}: ${reason} (${line})`);
  return lines.join("\n");
}

function summarizeFlag({ name, default: value, description, line, ...traits }: FlagDef): string {
  const more = Object.entries(traits).map(([key, each]) =>
    each === true && key !== "argSwitch"
      ? key
      : `${key}:${typeof each === "string" ? each : JSON.stringify(each)}`
  );
  const about = description === undefined ? "" : ` "${description}"`;
  const shown = typeof value === "number" ? String(value) : JSON.stringify(value);
  const place = line === undefined ? "" : `${line}| `;
  return [`${place}${name}=${shown}`, ...more].join(" ") + about;
}
