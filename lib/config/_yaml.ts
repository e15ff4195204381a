/**
 * Config of YAML 1.2, and of 1.1 where a file says so. Of several documents the first counts.
 *
 * @module
 */

import type { Alias, Document, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { JsonValue } from "../types.ts";
import { addList, addObject, type Found, syntaxError } from "./_found.ts";
import { readYamlScalar, typed } from "./_yaml_scalar.ts";
import { writeYaml, type YamlFound } from "./_yaml_write.ts";

type Yaml = typeof import("yaml");
type Node = Alias | Scalar | YAMLMap | YAMLSeq;

/** What the reader carries along. */
interface Reader {
  readonly yaml: Yaml;
  readonly source: string;
  readonly found: Found[];
  /** Values of the nodes that have an anchor; aliases come behind these. */
  readonly anchors: Map<string, JsonValue | undefined>;
}

type Context = Pick<YamlFound, "inFlow" | "indent">;

/** Finds the values below the top. */
export async function scan(source: string): Promise<Found[]> {
  const module = await import("yaml");
  const yaml = (module as { default?: Yaml }).default ?? module;
  const documents = yaml.parseAllDocuments(source, { prettyErrors: false }) as Document[];
  const [document] = documents;
  const [error] = document?.errors ?? [];
  if (error) {
    throw syntaxError(error.message, source.slice(0, error.pos[0]).split("\n").length, error);
  }
  const found: Found[] = [];
  if (document?.contents) {
    const reader = { yaml, source, found, anchors: new Map() };
    addValue("", document.contents as Node, reader, { inFlow: false, indent: -1 });
  }
  // The whole file has no key.
  return found.slice(1);
}

function addValue(
  key: string,
  node: Node,
  reader: Reader,
  context: Context,
): JsonValue | undefined {
  const index = reader.found.length;
  const value = addNode(key, node, reader, context.inFlow);
  reader.found[index] = { ...reader.found[index], ...context } as YamlFound;
  if ("anchor" in node && node.anchor) reader.anchors.set(node.anchor, value);
  return value;
}

function addNode(
  key: string,
  node: Node,
  reader: Reader,
  inFlow: boolean,
): JsonValue | undefined {
  const { yaml, source, found, anchors } = reader;
  const place = { key, start: (node.range as number[])[0], end: endOf(node, source) };
  const problem = tagProblem(node);
  if (yaml.isSeq(node)) {
    const context = { inFlow: inFlow || !!node.flow, indent: -1 };
    const add = (key: string, item: Node) => addValue(key, item, reader, context);
    return addList(found, { ...place, problem }, node.items as Node[], add);
  }
  if (yaml.isMap(node)) {
    const index = found.length;
    const { members, merged } = readMembers(node, reader);
    const own = addObject(found, { ...place, problem }, members, (key, { name, value }) => {
      const context = { inFlow: inFlow || !!node.flow, indent: columnOf(name, source) };
      return value ? addValue(key, value, reader, context) : null;
    });
    if (own === undefined || merged.length === 0) return own;
    const value = Object.assign({}, ...merged.reverse(), own) as JsonValue;
    found[index] = { ...found[index], value };
    return value;
  }
  if (yaml.isAlias(node)) {
    const value = anchors.get(node.source);
    found.push({ ...place, ...typed(value) });
    return value;
  }
  found.push({ ...place, ...readYamlScalar(node, source), problem });
  return problem ? undefined : found[found.length - 1].value;
}

/** Where a value ends. Behind block scalars and collections come line ends and comments. */
function endOf(node: Node, source: string): number {
  const [start, end] = node.range as [number, number, number];
  const isBlock = "items" in node && !node.flow && node.items.length > 0;
  if (!isBlock) return start + source.slice(start, end).replace(/\r?\n$/, "").length;
  const last = node.items[node.items.length - 1] as Node | Pair<Node, Node | null>;
  const inner = "key" in last ? last.value ?? last.key : last;
  if ("items" in inner) return endOf(inner, source);
  return start + source.slice(start, (inner.range as number[])[1]).trimEnd().length;
}

/** A name of a map, and its value unless there is none. */
interface Member {
  readonly name: Node;
  readonly value: Node | null;
}

/** Reads the members of a map, and apart from these what is merged into it. */
function readMembers(
  node: YAMLMap,
  { yaml, anchors }: Reader,
): { members: [string, Member][]; merged: JsonValue[] } {
  const members: [string, Member][] = [];
  const merged: JsonValue[] = [];
  for (const { key: name, value } of node.items as Pair<Node, Node | null>[]) {
    if (!yaml.isScalar(name)) continue;
    if (name.value !== "<<" || name.type !== "PLAIN") {
      members.push([String(name.value), { name, value }]);
      continue;
    }
    for (const base of yaml.isSeq(value) ? value.items : [value]) {
      const fields = yaml.isAlias(base) ? anchors.get(base.source) : undefined;
      if (fields !== undefined) merged.push(fields);
    }
  }
  return { members, merged };
}

function columnOf(node: Node, source: string): number {
  const [start] = node.range as [number, number, number];
  return start - (source.lastIndexOf("\n", start - 1) + 1);
}

function tagProblem(node: Node): string | undefined {
  const tag = "tag" in node ? node.tag : undefined;
  const isPlain = !tag || /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/.test(tag);
  return isPlain ? undefined : `it has the tag '${tag}'`;
}

export { writeYaml as write };
