/**
 * Calls in the syntax tree of JavaScript and TypeScript.
 *
 * @module
 */

import { type JavascriptNode, javascriptValue } from "../config/javascript_tree.ts";
import type { ConfigType } from "../config/config_entry.ts";
import type { JsonValue } from "../types.ts";

/** A node, seen without Babel's types. */
export interface JsNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly loc: { readonly start: { readonly line: number } };
  readonly [key: string]: unknown;
}

/** A script, parsed, with what its names stand for. */
export interface JsScript {
  readonly source: string;
  readonly body: readonly JsNode[];
  readonly constants: ReadonlyMap<string, JsNode>;
  /** What imported names stand for: `{"parseArgs" → "node:util#parseArgs"}`. */
  readonly imports: ReadonlyMap<string, string>;
}

/** A call of a function or method. */
export interface JsCall {
  readonly node: JsNode;
  /** Name of the function or method. */
  readonly name: string;
  /** What has the method. */
  readonly receiver: JsNode | null;
  readonly args: readonly JsNode[];
}

/** Visits nodes and all below them, children first. */
export function walkJs(value: unknown, visit: (node: JsNode, parent: JsNode | null) => void): void {
  const step = (each: unknown, parent: JsNode | null) => {
    if (Array.isArray(each)) { for (const item of each) step(item, parent); }
    else if (isNode(each)) {
      for (const key of Object.keys(each)) {
        if (key !== "loc" && key !== "extra" && typeof each[key] === "object") {
          step(each[key], each);
        }
      }
      visit(each, parent);
    }
  };
  step(value, null);
}

function isNode(value: unknown): value is JsNode {
  return typeof value === "object" && value !== null && typeof (value as JsNode).type === "string";
}

/** Collects the names of a module. */
export function readJsScript(body: readonly JsNode[], source: string): JsScript {
  const constants = new Map<string, JsNode>();
  const imports = new Map<string, string>();
  walkJs(body, (node) => {
    if (node.type === "ImportDeclaration") {
      const from = (node.source as JsNode).value as string;
      for (const each of node.specifiers as JsNode[]) {
        const imported = each.imported as JsNode | undefined;
        const name = imported === undefined ? "default" : nameOf(imported);
        imports.set(nameOf(each.local as JsNode), `${from}#${name}`);
      }
    }
    if (node.type === "ExpressionStatement") {
      const module = required(node.expression as JsNode);
      // No variable can have this name.
      if (module !== null) imports.set(`(${module})`, `${module}#default`);
    }
    if (node.type !== "VariableDeclarator" || !isNode(node.init)) return;
    const id = node.id as JsNode;
    const module = required(node.init);
    if (module !== null && id.type === "Identifier") imports.set(nameOf(id), `${module}#default`);
    if (module !== null && id.type === "ObjectPattern") {
      for (const property of id.properties as JsNode[]) {
        if (property.type !== "ObjectProperty") continue;
        const name = nameOf(property.key as JsNode);
        imports.set(nameOf(property.value as JsNode), `${module}#${name}`);
      }
    }
    if (id.type === "Identifier") constants.set(nameOf(id), node.init);
  });
  return { source, body, constants, imports };
}

/** Module of `require("x")`, `await import("x")`, `require("x")(…)` and `require("x").y`. */
function required(node: JsNode): string | null {
  if (node.type === "AwaitExpression") return required(node.argument as JsNode);
  if (node.type === "MemberExpression") return required(node.object as JsNode);
  if (node.type !== "CallExpression") return null;
  const callee = node.callee as JsNode;
  const [first] = node.arguments as JsNode[];
  const loads = (callee.type === "Identifier" && callee.name === "require") ||
    callee.type === "Import";
  if (!loads) return required(callee);
  return first?.type === "StringLiteral" ? first.value as string : null;
}

/** Name of an identifier, or the text of a string. */
export function nameOf(node: JsNode): string {
  return String(node.name ?? node.value ?? "");
}

/** Reads a call, also `new X()`; null for any other node. */
export function readJsCall(node: JsNode): JsCall | null {
  if (!/^(?:Optional)?CallExpression$|^NewExpression$/.test(node.type)) return null;
  const callee = node.callee as JsNode;
  const args = node.arguments as JsNode[];
  if (callee.type === "Identifier") return { node, name: nameOf(callee), receiver: null, args };
  const module = callee.type === "CallExpression" ? required(callee) : null;
  if (module !== null) return { node, name: module, receiver: null, args };
  if (!/MemberExpression$/.test(callee.type) || callee.computed === true) return null;
  const name = nameOf(callee.property as JsNode);
  return { node, name, receiver: callee.object as JsNode, args };
}

/** A value that is plain, or a name of one, and how it is spelled. */
export function jsValue(
  node: JsNode | undefined,
  script: JsScript,
  depth: number = 0,
): { readonly value: JsonValue; readonly type: ConfigType } | undefined {
  if (node === undefined || depth > 5) return undefined;
  if (node.type === "Identifier" && script.constants.has(nameOf(node))) {
    return jsValue(script.constants.get(nameOf(node)), script, depth + 1);
  }
  if (node.type === "BinaryExpression" && node.operator === "+") {
    const [a, b] = [node.left, node.right].map((each) =>
      jsValue(each as JsNode, script, depth + 1)?.value
    );
    const both = typeof a === "string" && typeof b === "string";
    return both ? { value: a + b, type: "string" } : undefined;
  }
  return javascriptValue(node as unknown as JavascriptNode, script.source);
}

/** A text that is plain. */
export function jsText(node: JsNode | undefined, script: JsScript): string | undefined {
  const value = jsValue(node, script)?.value;
  return typeof value === "string" ? value : undefined;
}

/** Members of an object literal, or of a constant that is one; null for anything else. */
export function members(
  node: JsNode | undefined,
  script: JsScript,
  depth: number = 0,
): Map<string, JsNode> | null {
  if (node === undefined || depth > 5) return null;
  if (/^TS(?:As|Satisfies)Expression$/.test(node.type)) {
    return members(node.expression as JsNode, script, depth + 1);
  }
  if (node.type === "Identifier") {
    return members(script.constants.get(nameOf(node)), script, depth + 1);
  }
  if (node.type !== "ObjectExpression") return null;
  const found = new Map<string, JsNode>();
  for (const property of node.properties as JsNode[]) {
    if (property.type === "ObjectProperty" && property.computed !== true) {
      found.set(nameOf(property.key as JsNode), property.value as JsNode);
    } else if (property.type === "SpreadElement") {
      const inner = members(property.argument as JsNode, script, depth + 1);
      for (const [name, value] of inner ?? []) found.set(name, value);
    }
  }
  return found;
}

export function lineOfJs(node: JsNode): number {
  return node.loc.start.line;
}
