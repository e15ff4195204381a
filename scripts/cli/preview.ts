/**
 * What a run would be, before it is made.
 *
 * @module
 */

import { join, resolve } from "node:path";
import { parseFilePatterns } from "../../lib/files/parse_file_patterns.ts";
import { type SelectedFile, selectFiles } from "../../lib/files/select_files.ts";
import type { RunPlan } from "../../lib/project/plan_run.ts";
import { leaveOutSecrets } from "../../lib/phases/scope/leave_out_secrets.ts";
import { formatBytes } from "./format.ts";
import { scopeOf, type ScopeOptions } from "./scope_options.ts";
import { styled } from "./styled.ts";
import type { Workspace } from "./workspace.ts";

/** What a run would be, as `runlit run --dry-run --json` prints it. */
export interface RunPreview {
  readonly operation: string;
  readonly command: string | readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly sourcecode: readonly { readonly path: string; readonly size: number }[];
  readonly warnings: readonly string[];
  /** What enforces the scope of the run phase, and what it withholds; null if nothing is scoped. */
  readonly scope: ScopePreview | null;
  readonly runsDir: string;
}

/** What a preview says about the scope of the run phase. */
export interface ScopePreview {
  readonly profile: string;
  readonly layers: readonly string[];
  /** Variables that are withheld, each with the line that would allow it. */
  readonly withheld: readonly { readonly name: string; readonly line: string | null }[];
}

/** Finds out what a run would be, without making it. */
export async function previewRun(
  workspace: Workspace,
  plan: RunPlan,
  options: ScopeOptions = {},
): Promise<RunPreview> {
  const rules = parseFilePatterns(plan.opdef.data.sourcecode);
  const dir = resolve(workspace.location.dir);
  const selected = await selectFiles(dir, rules, { exclude: [workspace.runsDir] });
  const scoped = await previewScope(workspace, plan, options);
  const { files, warnings } = scoped.scope === null ? selected : leaveOutSecrets(selected, rules);
  return {
    operation: plan.opref.name,
    command: plan.cmd.args,
    config: plan.config,
    sourcecode: files.map(({ path, size }: SelectedFile) => ({ path, size })),
    warnings: [...warnings.map((warning) => warning.message), ...scoped.warnings],
    scope: scoped.scope,
    runsDir: workspace.runsDir,
  };
}

async function previewScope(
  workspace: Workspace,
  plan: RunPlan,
  options: ScopeOptions,
): Promise<{ scope: ScopePreview | null; warnings: readonly string[] }> {
  const { scope: policy, permissions = [] } = await scopeOf(options, workspace);
  if (policy === "off") return { scope: null, warnings: [] };
  const { planScope, readPermissions } = await import("../../lib/phases/scope/scoping.ts");
  const { record, withheld, warnings } = await planScope({
    phase: "run",
    run: { runDir: join(workspace.runsDir, "run") },
    permissions: [...permissions, ...readPermissions(plan.opdef)],
    policy,
    runsDir: workspace.runsDir,
    projectDir: workspace.location.dir,
  });
  if (record === null) return { scope: null, warnings };
  const { profile, layers } = record;
  return { scope: { profile, layers, withheld }, warnings };
}

/** Files named in a preview for a person: the others are counted. */
const MOST_FILES = 5;

/** Formats a preview for a person, as lines. */
export function formatPreview(preview: RunPreview, changed: readonly string[]): string[] {
  const { operation, command, config, sourcecode, warnings } = preview;
  const label = (text: string) => styled(text.padEnd(10), "dim", "stderr");
  const text = typeof command === "string" ? command : command.join(" ");
  const lines = [
    `${label("operation")} ${styled(operation, "bold", "stderr")}`,
    ...text.trimEnd().split("\n").map((line, i) => `${label(i === 0 ? "command" : "")} ${line}`),
  ];
  for (const [i, [name, value]] of Object.entries(config).entries()) {
    const shown = `${name} = ${JSON.stringify(value)}`;
    const mark = changed.includes(name) ? styled(shown, "bold", "stderr") : shown;
    lines.push(`${label(i === 0 ? "config" : "")} ${mark}`);
  }
  const bytes = sourcecode.reduce((sum, file) => sum + file.size, 0);
  const names = sourcecode.slice(0, MOST_FILES).map((file) => file.path);
  if (sourcecode.length > MOST_FILES) names.push("…");
  const count = `${sourcecode.length} file${sourcecode.length === 1 ? "" : "s"}`;
  lines.push(`${label("source")} ${count}, ${formatBytes(bytes)}: ${names.join(", ")}`);
  if (preview.scope !== null) {
    const { profile, layers, withheld } = preview.scope;
    const by = layers.length === 0 ? "not enforced" : `enforced by ${layers.join(", ")}`;
    lines.push(`${label("scope")} ${profile}, ${by}`);
    for (const { name, line } of withheld) {
      lines.push(`${label("")} withholds ${name}${line === null ? "" : `; to allow it: ${line}`}`);
    }
  }
  for (const warning of warnings) {
    lines.push(`${styled("warning:", "yellow", "stderr")} ${warning}`);
  }
  return lines;
}
