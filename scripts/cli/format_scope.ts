/**
 * Scopes as people read them.
 *
 * @module
 */

import type { ScopePlan } from "../../lib/phases/scope/plan_scope.ts";
import type { ScopeRecord } from "../../lib/phases/scope/scope_record.ts";
import type { JsonObject, JsonValue } from "../../lib/types.ts";
import { styled } from "./styled.ts";

/**
 * Formats what a phase may do, what enforces it, and what is withheld, as lines: the last with what
 * to write in the project file to let it through.
 */
export function formatScope({ scope, record, withheld, hidden }: ScopePlan): string[] {
  if (record === null) return [];
  const { phase } = scope;
  const { policy, profile, permissions, layers } = record;
  const by = layers.length === 0 ? "nothing" : layers.join(", ");
  const lines = [`${styled(phase, "bold")}  profile ${profile}, ${policy}, enforced by ${by}`];
  for (const [name, value] of Object.entries(permissions)) {
    const text = describe(value);
    if (text === "") continue;
    if (name !== "limits") lines.push(`  ${name.padEnd(8)}${text}${noteOf(name, record)}`);
  }
  for (const [name, value] of Object.entries(permissions.limits as JsonObject)) {
    const unit = name === "time" || name === "grace" ? " ms" : AMOUNTS.has(name) ? " bytes" : "";
    lines.push(`  ${"limit".padEnd(8)}${name} ${value}${unit}${noteOf(`limits.${name}`, record)}`);
  }
  const unlisted = withheld.filter(({ why }) => why === "unlisted").map(({ name }) => name);
  if (unlisted.length > 0) lines.push(`  withheld ${unlisted.join(" ")}`);
  const named = withheld.filter(({ why }) => why !== "unlisted");
  const places = hidden.filter(({ isPrecaution }) => !isPrecaution);
  const kept = [...named, ...places.map(({ path, line }) => ({ name: path, line }))];
  const width = Math.max(0, ...kept.map(({ name }) => name.length));
  for (const { name, line } of kept) {
    const allow = line === null ? "" : `  ${styled(line, "dim")}`;
    lines.push(`  withheld ${line === null ? name : name.padEnd(width)}${allow}`);
  }
  return lines;
}

const AMOUNTS = new Set(["memory", "file-size", "output", "disk"]);

/** What enforces a part, if it is restricted at all, and what that leaves open. */
function noteOf(name: string, { enforced, unenforced }: ScopeRecord): string {
  const open = unenforced.find((part) => part.permission === name);
  if (open !== undefined) return styled(`  not enforced: ${open.reason}`, "yellow");
  const layer = enforced.find((part) => part.permission === name);
  if (layer === undefined) return "";
  return styled(`  (${layer.by}${layer.but === undefined ? "" : `; ${layer.but}`})`, "dim");
}

/** `all except …`, a list, `yes` or `no`. */
function describe(value: JsonValue): string {
  if (typeof value !== "object" || value === null) {
    return value === true ? "yes" : value === false ? "no" : String(value ?? "");
  }
  if (Array.isArray(value)) return value.join(", ");
  const { all, allow, except, deny, linked, ...rest } = value as {
    readonly [key: string]: JsonValue;
  };
  if (all === undefined) {
    return Object.entries(rest).map(([name, limit]) => `${name} ${describe(limit)}`).join(", ");
  }
  const names = (list: JsonValue | undefined) => (Array.isArray(list) ? list.join(", ") : "");
  const granted = all === true ? "all" : [names(allow), names(linked)].filter(Boolean).join(", ") ||
    "nothing";
  const without = [names(all === true ? except : undefined), names(deny)].filter((part) =>
    part !== ""
  );
  if (without.length === 0) return granted;
  const added = all === true ? [names(allow), names(linked)].filter(Boolean).join(", ") : "";
  return `${granted} except ${without.join(", ")}${added === "" ? "" : `, but with ${added}`}`;
}
