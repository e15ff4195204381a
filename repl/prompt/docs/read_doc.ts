/**
 * Reads what a source, or a file of declarations, says about a name.
 *
 * @module
 */

import type { NameDoc } from "./name_doc.ts";

/** The source of the file that declares a type; null for one that nobody knows. */
export type FindSource = (type: string) => string | null;

/** Reads about an exported name; `name` is what it is to be called. Null if it is not there. */
export function readDoc(
  text: string,
  camel: string,
  name: string,
  findSource: FindSource,
): NameDoc | null {
  const declaration = new RegExp(
    `^export (?:declare )?(?:async )?(?:function|const|class|type|interface) ${camel}\\b`,
    "m",
  ).exec(text);
  if (declaration === null) return null;
  const { sentence, details, example } = readComment(text.slice(0, declaration.index));
  const signature = readSignature(text.slice(declaration.index));
  return {
    name,
    signature: signature.replace(new RegExp(`\\b${camel}\\b`), name),
    sentence,
    details,
    example,
    optionKeys: keysOf(/(\w+Options)\b/.exec(signature)?.[1], text, findSource),
    members: /^interface\b/.test(signature)
      ? keysOf(camel, text, findSource)
      : keysOf(/^const \w+: (\w+)$/.exec(signature)?.[1], text, findSource),
  };
}

/**
 * Reads about a member of an interface, or of a constant whose type is one: what it says itself, or
 * the function that it is the same as.
 */
export function readMember(
  text: string,
  camel: string,
  member: string,
): Omit<NameDoc, "name"> | { readonly same: string } | null {
  const type = new RegExp(`\\bconst ${camel}: (\\w+)`).exec(text)?.[1] ?? camel;
  const body = bodyOf(text, type);
  const found = new RegExp(`^ {2,4}(?:readonly )?${member}\\??(?:[(<]|: ([^;]*);)`, "m").exec(body);
  if (found === null) return null;
  const same = /^typeof (\w+)$/.exec(found[1] ?? "")?.[1];
  if (same !== undefined) return { same };
  const { sentence, details, example } = readComment(body.slice(0, found.index));
  const end = body.indexOf(";", found.index);
  const signature = body.slice(found.index, end).replace(/^\s*(?:readonly )?/, "")
    .replace(/\s+/g, " ");
  return { signature, sentence, details, example, optionKeys: [], members: [] };
}

interface Comment {
  readonly sentence: string;
  readonly details: string;
  readonly example: string | null;
}

/** The comment that a text ends with. */
function readComment(text: string): Comment {
  const comment = /\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*$/.exec(text);
  const doc = (comment?.[1] ?? "").replace(/^[ \t]*\* ?/gm, "").trim();
  const prose = doc.split(/^@/m)[0].replace(/\{@link(?:code)? ([^}]+)\}/g, "$1").trim();
  // What ends in a colon goes on, unless a list or code is below it.
  const [, first, rest] = /^([^]*?(?:\.(?=\s|$)|:(?=\s*\n\s*(?:\n|[-*] ))|$))\s*([^]*)$/.exec(
    prose,
  )!;
  const fence = /```ts\n([^]*?)```/.exec(doc.slice(Math.max(0, doc.indexOf("@example"))));
  return {
    sentence: first.replace(/\s+/g, " "),
    details: rest,
    example: fence === null ? null : inSession(fence[1]),
  };
}

/** What is in scope of a session need not be imported there. */
function inSession(example: string): string {
  return example.replace(/^import (?:type )?\{[^}]*\} from "runlit(?:\/[^"]*)?";\n/gm, "").trim();
}

/** A declaration up to its body, on one line. */
function readSignature(text: string): string {
  let depth = 0;
  let end = 0;
  for (; end < text.length; end++) {
    const char = text[end];
    if (char === "(" || char === "[" || (char === "{" && depth > 0)) depth++;
    if (char === ")" || char === "]" || (char === "}" && depth > 0)) depth--;
    if (depth > 0) continue;
    if (char === ";" || (char === "=" && text[end + 1] !== ">") || char === "{") break;
  }
  return text.slice(0, end).replace(/^export (?:declare )?/, "").replace(/\s+/g, " ")
    .replace(/\( /g, "(").replace(/,? \)/g, ")").trim();
}

/** Keys of an interface, its own ones first, then those of what it extends. */
function keysOf(type: string | undefined, text: string, findSource: FindSource): string[] {
  if (type === undefined) return [];
  const [, other] = new RegExp(`^export type ${type} = (\\w+);`, "m").exec(text) ?? [];
  if (other !== undefined) return keysOf(other, findSource(other) ?? text, findSource);
  const own = Array.from(
    bodyOf(text, type).matchAll(/^ {2,4}(?:readonly )?(\w+)\??(?:[(<]|:)/gm),
    ([, key]) => key,
  );
  const bases = new RegExp(`interface ${type}\\b[^{]*?\\bextends ([^{]+)`).exec(text)?.[1] ?? "";
  const theirs = Array.from(bases.matchAll(/\b[A-Z]\w+/g)).flatMap(([base]) => {
    const source = text.includes(`interface ${base} `) ? text : findSource(base);
    return source === null ? [] : keysOf(base, source, findSource);
  });
  return [...new Set([...own, ...theirs])];
}

function bodyOf(text: string, type: string): string {
  return new RegExp(`interface ${type}\\b[^{]*\\{([^]*?)\\n\\}`).exec(text)?.[1] ?? "";
}
