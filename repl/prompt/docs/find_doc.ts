/**
 * What the sources say about a name: signature, first sentence, example.
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { SESSION_DOCS } from "./session_docs.ts";

/** What is known about a name. */
export interface NameDoc {
  readonly name: string;
  readonly signature: string;
  /** The first sentence of its documentation. */
  readonly sentence: string;
  /** The rest of it, without tags. */
  readonly details: string;
  /** Code of its first example; null for none. */
  readonly example: string | null;
  /** Keys of its options. */
  readonly optionKeys: readonly string[];
}

let files: ReadonlyMap<string, string> | undefined;

/** Finds what is known about a name in scope, in either spelling; null for nothing. */
export function findDoc(name: string): NameDoc | null {
  const camel = name.replace(/(?<=[a-z])_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const known = SESSION_DOCS[name];
  if (known !== undefined) return { name, details: "", optionKeys: [], ...known };
  files ??= indexNames();
  const file = files.get(camel);
  if (file === undefined) return null;
  return readDoc(readFileSync(file, "utf8"), camel, name);
}

/** Names that something is known about, as they are spelt in the library. */
export function documentedNames(): string[] {
  files ??= indexNames();
  return [...Object.keys(SESSION_DOCS), ...files.keys()];
}

/** Which file declares each exported name: the sources, or their declarations in a package. */
function indexNames(): Map<string, string> {
  const names = new Map<string, string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    const text = readFileSync(file, "utf8");
    const exported =
      /^export (?:declare )?(?:async )?(?:function|const|class|type|interface) (\w+)/gm;
    for (const [, name] of text.matchAll(exported)) if (!names.has(name)) names.set(name, file);
    for (const [, path] of text.matchAll(/^export (?:\*|\{[^}]*\}) from "(\.[^"]+)"/gm)) {
      const target = join(dirname(file), path);
      visit(file.endsWith(".d.ts") ? target.replace(/\.[jt]s$/, ".d.ts") : target);
    }
  };
  const root = packageRoot();
  const [library, helpers] =
    existsSync(join(root, "dist/mod.d.ts")) && !existsSync(join(root, "mod.ts"))
      ? ["dist/mod.d.ts", "dist/repl/helpers/mod.d.ts"]
      : ["mod.ts", "repl/helpers/mod.ts"];
  visit(join(root, helpers));
  visit(join(root, library));
  return names;
}

/** The directory with `package.json`. */
function packageRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, "package.json")) && dir !== dirname(dir)) dir = dirname(dir);
  return dir;
}

function readDoc(text: string, camel: string, name: string): NameDoc | null {
  const declaration = new RegExp(
    `^export (?:declare )?(?:async )?(?:function|const|class|type|interface) ${camel}\\b`,
    "m",
  ).exec(text);
  if (declaration === null) return null;
  const comment = /\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*$/.exec(text.slice(0, declaration.index));
  const doc = (comment?.[1] ?? "").replace(/^[ \t]*\* ?/gm, "").trim();
  const prose = doc.split(/^@/m)[0].replace(/\{@link(?:code)? ([^}]+)\}/g, "$1").trim();
  const [, first, rest] = /^([^]*?(?:[.:](?=\s|$)|$))\s*([^]*)$/.exec(prose)!;
  const fence = /```ts\n([^]*?)```/.exec(doc.slice(Math.max(0, doc.indexOf("@example"))));
  const signature = readSignature(text.slice(declaration.index));
  return {
    name,
    signature: signature.replace(new RegExp(`\\b${camel}\\b`), name),
    sentence: first.replace(/\s+/g, " "),
    details: rest,
    example: fence === null ? null : fence[1].trimEnd(),
    optionKeys: keysOf(text, /(\w+Options)\b/.exec(signature)?.[1]),
  };
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

function keysOf(text: string, type: string | undefined): string[] {
  if (type === undefined) return [];
  const body = new RegExp(`interface ${type}\\b[^{]*\\{([^]*?)\\n\\}`).exec(text)?.[1] ?? "";
  return Array.from(body.matchAll(/^ {2,4}(?:readonly )?(\w+)\??(?:\(|:)/gm), ([, key]) => key);
}
