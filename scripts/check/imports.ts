/**
 * Checks what sources import and use: the rules that keep the house as `ARCHITECTURE.md` draws it.
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { listSources } from "../house/list_sources.ts";
import { parseSource, walkSyntax } from "../house/parse_source.ts";
import type { ParsedSource, SourceImport, SyntaxNode } from "../house/parse_source.ts";
import { ROOT } from "../house/root.ts";
import type { TaskResult } from "../house/run_tasks.ts";
import { findCycles } from "./find_cycles.ts";

/**
 * Height of an area in the house. Imports point down or stay on a floor, and never form a cycle,
 * neither of files nor of areas.
 */
const FLOORS: Readonly<Record<string, number>> = {
  "lib": 0,
  "lib/runtime": 0,
  "lib/files": 1,
  "lib/config": 2,
  "lib/meta": 2,
  "lib/phases": 2,
  // Every other folder of lib/ (run, store, guild, project, …) is on floor 3.
  "mod.ts": 4,
  "repl": 5,
  "scripts": 6,
  "tests": 7,
};
const FLOOR_OF_LIBRARY = 3;

/** Checks the sources of the checkout. */
export function checkImports(): Promise<TaskResult> {
  const files = ["mod.ts", ...listSources()].filter((file) => existsSync(join(ROOT, file)));
  const problems: string[] = [];
  const graph = new Map<string, Set<string>>();
  const areas = new Map<string, Set<string>>();
  for (const file of files) {
    const source = parseSource(readFileSync(join(ROOT, file), "utf8"));
    for (const used of source.imports) {
      const problem = checkImport(file, used);
      if (problem !== null) problems.push(`${file}:${used.line}: ${problem}`);
      if (!used.specifier.startsWith(".")) continue;
      const target = join(dirname(file), used.specifier);
      if (used.kind !== "dynamic") add(graph, file, target);
      add(areas, areaOf(file), areaOf(target));
    }
    problems.push(...checkUses(file, source));
  }
  for (const cycle of findCycles(graph)) problems.push(`cycle of imports: ${cycle.join(" → ")}`);
  for (const cycle of findCycles(areas)) problems.push(`cycle of areas: ${cycle.join(" → ")}`);
  return Promise.resolve({
    passed: problems.length === 0 ? 1 : 0,
    failed: problems.length === 0 ? 0 : 1,
    skipped: 0,
    note: `${files.length} files`,
    details: problems.join("\n"),
  });
}

/** Says what is wrong with an import, or null. */
export function checkImport(file: string, used: SourceImport): string | null {
  const { specifier, kind } = used;
  if (specifier === "node:process" && !file.startsWith("tests/")) {
    return "importing 'node:process' makes all its streams, in 3 ms on Node: use the global";
  }
  if (specifier.startsWith("node:")) return null;
  if (specifier.startsWith(".")) return checkRelative(file, join(dirname(file), specifier));
  // Tests and examples import it as users do.
  if (specifier.startsWith("runlit") && file.startsWith("tests/")) return null;
  const lazy = file.startsWith("lib/") || file.startsWith("repl/") || file === "mod.ts" ||
    file.startsWith("scripts/commands/");
  if (lazy && kind === "static") {
    return `'${specifier}' has to be imported where it is used, with 'await import()': ` +
      `every command would wait for it`;
  }
  return null;
}

function checkRelative(file: string, target: string): string | null {
  if (!target.endsWith(".ts") && !target.endsWith(".json")) {
    return `'${target}' has to be named with its extension`;
  }
  const name = target.slice(target.lastIndexOf("/") + 1);
  const inside = `${file}/`.startsWith(`${dirname(target)}/`);
  if (name.startsWith("_") && !inside && !file.startsWith("tests/")) {
    return `'${target}' is private to '${dirname(target)}/'`;
  }
  if (target === "mod.ts" && file.startsWith("lib/")) return "the library may not import 'mod.ts'";
  if (floorOf(target) > floorOf(file)) {
    return `'${areaOf(file)}' may not import from '${areaOf(target)}', which stands above it`;
  }
  return null;
}

/** Names uses of what a part of the house has to do without. */
export function checkUses(file: string, source: ParsedSource): string[] {
  const problems: string[] = [];
  const library = file.startsWith("lib/");
  const commands = file.startsWith("scripts/commands/") || file.startsWith("scripts/cli/");
  if (!library && !commands) return problems;
  walkSyntax(source.body, (node) => {
    if (node.type !== "MemberExpression") return;
    const used = `${nameOf(node.object)}.${nameOf(node.property)}`;
    const problem = used.startsWith("Deno.") && library
      ? "the library uses 'node:' built-ins only"
      : used.startsWith("console.") && library
      ? "the library prints nothing"
      : used.startsWith("console.")
      ? "commands print with 'print()' and 'note()' (see scripts/cli/command.ts)"
      : /^process\.std(out|err)$/.test(used) && library
      ? "the library prints nothing"
      : null;
    if (problem !== null) problems.push(`${file}:${node.loc.start.line}: '${used}': ${problem}`);
  });
  return problems;
}

function nameOf(node: SyntaxNode): string {
  return node.type === "Identifier" ? node.name : "";
}

/** The area that a file belongs to: a key of the floors, or a folder of `lib/`. */
function areaOf(file: string): string {
  const [top, folder, ...rest] = file.split("/");
  return top === "lib" && rest.length > 0 ? `lib/${folder}` : top;
}

function floorOf(file: string): number {
  return FLOORS[areaOf(file)] ?? FLOOR_OF_LIBRARY;
}

function add(graph: Map<string, Set<string>>, from: string, to: string): void {
  if (from === to) return;
  const targets = graph.get(from) ?? new Set();
  graph.set(from, targets.add(to));
}
