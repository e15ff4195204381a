/**
 * Config of Python modules: plain values that are assigned to names at module level.
 *
 * Of several assignments of values to a name the last counts. Statements that the parser does not
 * understand are passed over, so that newer syntax elsewhere in a file does no harm.
 *
 * @module
 */

import type { Found } from "./_found.ts";
import { addValue, children, type Node } from "./_python_value.ts";

/** Finds the values of a module, in the order of their (last) assignment. */
export async function scan(source: string): Promise<Found[]> {
  const { parser } = await import("@lezer/python");
  const names = new Map<string, Found[]>();
  for (const statement of statements(parser.parse(maskUnknown(source)).topNode, source)) {
    const assignment = readAssignment(statement, source);
    if (!assignment) continue;
    for (const name of assignment.names) {
      const found: Found[] = [];
      addValue(name, assignment.value, source, found);
      keepLast(names, name, found);
    }
  }
  return [...names.values()].flat();
}

/** Lets a later assignment of a name replace earlier ones, unless only the earlier is a value. */
export function keepLast(names: Map<string, Found[]>, name: string, found: Found[]): void {
  const isExpression = found.length === 1 && found[0].problem !== undefined;
  if (isExpression && names.has(name)) return;
  names.delete(name);
  names.set(name, found);
}

/**
 * Replaces what the parser takes for something else by what has the same length: the dot of `1.`
 * and `1.e5`, which it takes for an attribute, and form feeds.
 */
export function maskUnknown(source: string): string {
  return source
    .replace(/(?<![\w.])\d[\d_]*\.(?=[eE][+-]?\d|(?![\w.]))/g, (text) => `${text.slice(0, -1)}0`)
    .replaceAll("\f", " ");
}

function* statements(script: Node, source: string): Generator<Node> {
  for (let node = script.firstChild; node; node = node.nextSibling) {
    // What is indented belongs to a block that the parser did not understand.
    if (/[ \t]/.test(source[node.from - 1] ?? "")) continue;
    if (node.name === "AssignStatement") yield node;
    if (node.name === "StatementGroup") {
      for (let part = node.firstChild; part; part = part.nextSibling) {
        if (part.name === "AssignStatement") yield part;
      }
    }
  }
}

interface Assignment {
  readonly names: readonly string[];
  readonly value: Node;
}

/** Reads `a = b = value`; undefined if no plain name gets exactly one value. */
function readAssignment(statement: Node, source: string): Assignment | undefined {
  const parts: Node[][] = [[]];
  for (const node of children(statement)) {
    if (node.name === "AssignOp") parts.push([]);
    else parts[parts.length - 1].push(node);
  }
  const [value, ...others] = parts.pop() as Node[];
  if (value === undefined || others.length > 0 || parts.length === 0) return undefined;
  if (hasError(statement) || isCutShort(statement, source)) return undefined;
  const names = parts
    .filter(([name, type, ...rest]) =>
      name?.name === "VariableName" && rest.length === 0 && (!type || type.name === "TypeDef")
    )
    .map(([name]) => source.slice(name.from, name.to));
  return { names, value };
}

function hasError(node: Node): boolean {
  if (node.type.isError) return true;
  return children(node).some(hasError);
}

/** Whether the parser gave up in the line in which the statement ends. */
function isCutShort(statement: Node, source: string): boolean {
  const next = statement.nextSibling;
  return !!next?.type.isError && !/[\r\n]/.test(source.slice(statement.to, next.to));
}

export { writePython as write } from "./_python_write.ts";
