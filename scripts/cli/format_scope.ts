/**
 * Scopes as people read them.
 *
 * @module
 */

import type { ScopeRecord } from "../../lib/phases/scope/scope_record.ts";
import type { JsonValue } from "../../lib/types.ts";
import { styled } from "./styled.ts";

/** Formats what a phase may do, what enforces it, and what is withheld, as lines. */
export function formatScope(phase: string, record: ScopeRecord): string[] {
  const { policy, profile, permissions, layers, enforced, unenforced, withheld } = record;
  const by = layers.length === 0 ? "nothing" : layers.join(", ");
  const lines = [`${styled(phase, "bold")}  profile ${profile}, ${policy}, enforced by ${by}`];
  for (const [name, value] of Object.entries(permissions)) {
    const text = describe(value);
    if (text === "") continue;
    const layer = enforced.find((part) => part.permission === name);
    const open = unenforced.find((part) => part.permission === name);
    const note = open !== undefined
      ? styled(`  not enforced: ${open.reason}`, "yellow")
      : layer?.but === undefined
      ? ""
      : styled(`  (${layer.but})`, "dim");
    lines.push(`  ${name.padEnd(8)}${text}${note}`);
  }
  const kept = [...withheld.variables, ...withheld.paths];
  if (kept.length > 0) lines.push(`  withheld ${kept.join(", ")}`);
  return lines;
}

/** `all except …`, a list, `yes` or `no`. */
function describe(value: JsonValue): string {
  if (typeof value !== "object" || value === null) {
    return value === true ? "yes" : value === false ? "no" : String(value ?? "");
  }
  if (Array.isArray(value)) return value.join(", ");
  const { all, allow, except, deny, ...rest } = value as { readonly [key: string]: JsonValue };
  if (all === undefined) {
    return Object.entries(rest).map(([name, limit]) => `${name} ${describe(limit)}`).join(", ");
  }
  const names = (list: JsonValue | undefined) => (Array.isArray(list) ? list.join(", ") : "");
  const granted = all === true ? "all" : names(allow) || "nothing";
  const without = [names(all === true ? except : undefined), names(deny)].filter((part) =>
    part !== ""
  );
  return without.length === 0 ? granted : `${granted} except ${without.join(", ")}`;
}
