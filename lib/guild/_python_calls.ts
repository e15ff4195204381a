/**
 * Calls in Python's syntax tree.
 *
 * @module
 */

import { children, type PythonNode, pythonValue } from "../config/python_tree.ts";
import type { JsonValue } from "../types.ts";

/** A script, parsed, with what its names stand for. */
export interface PythonScript {
  readonly source: string;
  readonly top: PythonNode;
  /** Values that are assigned to names at module level. */
  readonly constants: ReadonlyMap<string, PythonNode>;
  /** What imported names stand for: `{"ap" → "argparse", "option" → "click.option"}`. */
  readonly imports: ReadonlyMap<string, string>;
}

/** A call: what is called, by whom, and with what. */
export interface PythonCall {
  readonly node: PythonNode;
  /** Text of what has the method, such as `parser`; empty for a plain function. */
  readonly receiver: string;
  /** The receiver, if it is an expression. */
  readonly receiverNode: PythonNode | null;
  /** The function with its imports resolved: `add_argument`, `click.option`. */
  readonly name: string;
  readonly args: readonly PythonNode[];
  readonly keywords: ReadonlyMap<string, PythonNode>;
  /** Whether there are arguments that nobody can see: `*args`, `**options`. */
  readonly spread: boolean;
}

/** Visits a node and all below it, in the order of the source. */
export function walk(node: PythonNode, visit: (node: PythonNode) => void): void {
  visit(node);
  for (let child = node.firstChild; child; child = child.nextSibling) walk(child, visit);
}

/** Collects the names of a module. */
export function readScript(top: PythonNode, source: string): PythonScript {
  const constants = new Map<string, PythonNode>();
  const imports = new Map<string, string>();
  walk(top, (node) => {
    if (node.name === "ImportStatement") addImports(node, source, imports);
    if (node.name !== "AssignStatement" || node.parent?.name !== "Script") return;
    const nodes = children(node);
    const at = nodes.findIndex((each) => each.name === "AssignOp");
    const value = nodes[at + 1];
    if (nodes[0]?.name === "VariableName" && value && nodes.length === at + 2) {
      constants.set(text(nodes[0], source), value);
    }
  });
  return { source, top, constants, imports };
}

function addImports(node: PythonNode, source: string, imports: Map<string, string>): void {
  const words = source.slice(node.from, node.to).replace(/#.*|\\\n|[()]/g, " ").trim();
  const from = /^from\s+([\w.]+)\s+import\s+([^]*)$/.exec(words);
  const list = from === null ? words.replace(/^import\s+/, "") : from[2];
  for (const item of list.split(",")) {
    const [name, as, alias] = item.trim().split(/\s+/);
    if (!name) continue;
    const local = as === "as" && alias ? alias : name;
    imports.set(local, from === null ? name : `${from[1]}.${name}`);
  }
}

/** Reads a call, or a decorator that is one; null for any other node. */
export function readCall(node: PythonNode, script: PythonScript): PythonCall | null {
  const { source } = script;
  const nodes = children(node);
  const list = nodes.at(-1);
  if (list?.name !== "ArgList") return null;
  let callee: string;
  let receiver = "";
  let receiverNode: PythonNode | null = null;
  if (node.name === "Decorator") {
    const path = source.slice(nodes[1].from, list.from).replace(/\s/g, "");
    const dot = path.lastIndexOf(".");
    [receiver, callee] = dot < 0 ? ["", path] : [path.slice(0, dot), path.slice(dot + 1)];
  } else if (node.name === "CallExpression") {
    const target = nodes[0];
    if (target.name === "MemberExpression") {
      const parts = children(target);
      receiverNode = parts[0];
      receiver = text(parts[0], source).replace(/\s/g, "");
      callee = text(parts.at(-1)!, source);
    } else callee = text(target, source);
  } else return null;
  return {
    node,
    receiver,
    receiverNode,
    name: resolve(receiver, callee, script),
    ...args(list, source),
  };
}

function resolve(receiver: string, callee: string, { imports }: PythonScript): string {
  if (receiver === "") return imports.get(callee) ?? callee;
  const [first, ...rest] = receiver.split(".");
  const module = imports.get(first);
  return module === undefined ? callee : [module, ...rest, callee].join(".");
}

function args(
  list: PythonNode,
  source: string,
): Pick<PythonCall, "args" | "keywords" | "spread"> {
  const positional: PythonNode[] = [];
  const keywords = new Map<string, PythonNode>();
  let spread = false;
  const parts: PythonNode[][] = [[]];
  for (const node of children(list).slice(1, -1)) {
    if (node.name === ",") parts.push([]);
    else parts[parts.length - 1].push(node);
  }
  for (const [first, second, third] of parts) {
    if (first === undefined) continue;
    if (first.name === "*" || first.name === "**") spread = true;
    else if (second?.name === "AssignOp" && third) keywords.set(text(first, source), third);
    else positional.push(first);
  }
  return { args: positional, keywords, spread };
}

/** A value that is plain, or a name of one; undefined for what would have to be computed. */
export function valueOf(
  node: PythonNode | undefined,
  script: PythonScript,
  depth: number = 0,
): JsonValue | undefined {
  if (node === undefined || depth > 5) return undefined;
  const { source, constants } = script;
  if (node.name === "VariableName") {
    return valueOf(constants.get(text(node, source)), script, depth + 1);
  }
  if (node.name === "BinaryExpression") return sum(node, script, depth);
  if (node.name === "MemberExpression") return itemValue(node, script, depth);
  const called = node.name === "CallExpression" ? callValue(node, script, depth) : undefined;
  if (called !== undefined) return called;
  const value = pythonValue(node, source)?.value;
  if (value !== undefined || !/^(?:Array|Tuple|Set)Expression$/.test(node.name)) return value;
  const items = children(node).slice(1, -1).filter((each) => each.name !== ",")
    .map((item) => valueOf(item, script, depth + 1));
  return items.includes(undefined) ? undefined : items as JsonValue[];
}

/** `NAMES[0]`, `SIZES["m"]` */
function itemValue(node: PythonNode, script: PythonScript, depth: number): JsonValue | undefined {
  const [object, open, index] = children(node);
  if (open?.name !== "[") return undefined;
  const container = valueOf(object, script, depth + 1);
  const key = valueOf(index, script, depth + 1);
  if (Array.isArray(container) && typeof key === "number") return container.at(key);
  if (typeof container !== "object" || container === null || typeof key !== "string") {
    return undefined;
  }
  return Object.entries(container).find(([name]) => name === key)?.[1];
}

/** Texts that are put together, and arithmetic with two numbers: `4 * 1024`. */
function sum(node: PythonNode, script: PythonScript, depth: number): JsonValue | undefined {
  const [left, operator, right] = children(node);
  const a = valueOf(left, script, depth + 1);
  const b = valueOf(right, script, depth + 1);
  const sign = text(operator, script.source);
  if (typeof a === "string" && typeof b === "string") return sign === "+" ? a + b : undefined;
  if (typeof a !== "number" || typeof b !== "number") return undefined;
  switch (sign) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "**":
      return a ** b;
  }
}

/** `range(1, 4)`, `list(...)`, `Path("x")`. */
function callValue(node: PythonNode, script: PythonScript, depth: number): JsonValue | undefined {
  const call = readCall(node, script);
  if (call === null || call.spread || call.keywords.size > 0) return undefined;
  const values = call.args.map((arg) => valueOf(arg, script, depth + 1));
  if (values.includes(undefined)) return undefined;
  if (call.name === "range" && values.every((value) => Number.isInteger(value))) {
    const [start, end, step] = values.length === 1
      ? [0, values[0] as number, 1]
      : [...values as number[], 1];
    const length = Math.ceil((end - start) / step);
    if (!(length >= 0 && length <= 1000)) return undefined;
    return Array.from({ length }, (_, i) => start + i * step);
  }
  if (values.length !== 1) return undefined;
  if (/^(?:list|tuple|sorted|set)$/.test(call.name) && Array.isArray(values[0])) return values[0];
  const isPath = /^(?:pathlib\.)?(?:Pure|Posix)?Path$/.test(call.name);
  return isPath && typeof values[0] === "string" ? values[0] : undefined;
}

/** A text that is plain. */
export function stringOf(node: PythonNode | undefined, script: PythonScript): string | undefined {
  const value = valueOf(node, script);
  return typeof value === "string" ? value : undefined;
}

export function text(node: PythonNode, source: string): string {
  return source.slice(node.from, node.to);
}

/** Line of a node, counted from 1. */
export function lineOf(node: PythonNode, source: string): number {
  let line = 1;
  for (
    let at = source.indexOf("\n");
    at >= 0 && at < node.from;
    at = source.indexOf("\n", at + 1)
  ) {
    line++;
  }
  return line;
}
