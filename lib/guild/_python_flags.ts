/**
 * Flags of Python scripts.
 *
 * @module
 */

import { children, parsePython, type PythonNode, pythonValue } from "../config/python_tree.ts";
import type { DetectedFlags } from "./detect_flags.ts";
import { flagsOfOptions, type FoundOptions, noOptions } from "./_found_options.ts";
import { globalFlags } from "./_global_flags.ts";
import { argparseOptions } from "./_python_argparse.ts";
import { lineOf, type PythonScript, readScript, walk } from "./_python_calls.ts";
import { clickOptions } from "./_python_click.ts";

/** Packages that read arguments in ways of their own. */
const OTHERS = [
  "typer",
  "fire",
  "docopt",
  "absl",
  "hydra",
  "simple_parsing",
  "tyro",
  "jsonargparse",
  "tap",
  "optparse",
  "getopt",
];

export async function pythonFlags(source: string, path: string): Promise<DetectedFlags> {
  const top = await parsePython(source);
  const script = readScript(top, source);
  const modules = new Set([...script.imports.values()].map((name) => name.split(".")[0]));
  const description = docstring(top, script);
  const broken = firstError(top);
  const syntaxError = broken === null ? {} : { doubtfulLine: lineOf(broken, source) };
  const base = { language: "python", ...syntaxError } as const;

  if (modules.has("argparse") || modules.has("click")) {
    const found = modules.has("argparse") ? argparseOptions(script) : clickOptions(script);
    return { ...base, dest: "args", ...flagsOfOptions(found), ...described(found, description) };
  }
  const other = OTHERS.find((name) => modules.has(name)) ?? parserClass(script);
  if (other !== undefined) {
    const reason = `flags of '${other}' cannot be read from the script`;
    const line = lineOf(importOf(top, other, source) ?? top, source);
    const unknown = [{ what: "its options", reason, line }];
    return { ...base, dest: "args", flags: [], unknown, ...described(noOptions(), description) };
  }
  const flags = await globalFlags(source, "python", path);
  const unknown = positionalArguments(top, source);
  return { ...base, dest: "globals", flags, unknown, ...described(noOptions(), description) };
}

/** Parsers that are a small part of a large package. */
function parserClass({ imports }: PythonScript): string | undefined {
  return [...imports.values()].find((name) => name === "transformers.HfArgumentParser")
    ?.split(".")[1];
}

/** `sys.argv[1]` has no name that a flag could have. */
function positionalArguments(top: PythonNode, source: string): DetectedFlags["unknown"] {
  let found: PythonNode | null = null;
  walk(top, (node) => {
    if (found !== null || node.name !== "MemberExpression") return;
    const text = source.slice(node.from, node.to).replace(/\s+/g, "");
    if (
      /^sys\.argv(?:\[(?!0\]).*)?$/.test(text) && !/^\s*\[\s*0\s*\]/.test(source.slice(node.to))
    ) {
      found = node;
    }
  });
  if (found === null) return [];
  const reason = "'sys.argv' is read by position";
  return [{ what: "its arguments", reason, line: lineOf(found, source) }];
}

function described(found: FoundOptions, fallback: string | undefined): { description?: string } {
  const description = found.description ?? fallback;
  return description === undefined ? {} : { description };
}

function docstring(top: PythonNode, script: PythonScript): string | undefined {
  const first = children(top).find((node) => !/^#|Comment/.test(node.name));
  const inner = first?.name === "ExpressionStatement" ? children(first)[0] : undefined;
  const value = inner === undefined ? undefined : pythonValue(inner, script.source)?.value;
  if (typeof value !== "string") return undefined;
  return value.trim().split(/\n\s*\n/)[0].replace(/\s+/g, " ") || undefined;
}

function importOf(top: PythonNode, name: string, source: string): PythonNode | null {
  let found: PythonNode | null = null;
  walk(top, (node) => {
    if (found === null && node.name === "ImportStatement") {
      if (source.slice(node.from, node.to).includes(name)) found = node;
    }
  });
  return found;
}

/** Where the parser did not understand the script, which Python itself might. */
function firstError(top: PythonNode): PythonNode | null {
  let found: PythonNode | null = null;
  walk(top, (node) => {
    if (found === null && node.type.isError) found = node;
  });
  return found;
}
