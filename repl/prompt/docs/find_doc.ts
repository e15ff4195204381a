/**
 * What the sources say about a name: signature, first sentence, example.
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NameDoc } from "./name_doc.ts";
import { readDoc, readMember } from "./read_doc.ts";
import { SESSION_DOCS } from "./session_docs.ts";

let files: ReadonlyMap<string, string> | undefined;

/**
 * Finds what is known about a name in scope, or a member of one such as `runMeta.ls`, in either
 * spelling; null for nothing.
 */
export function findDoc(name: string): NameDoc | null {
  const known = SESSION_DOCS[name];
  if (known !== undefined) return { name, details: "", optionKeys: [], members: [], ...known };
  const [first, member, ...more] = name.split(".");
  const camel = inCamelCase(first);
  files ??= indexNames();
  const file = files.get(camel);
  if (file === undefined || more.length > 0) return null;
  const text = readFileSync(file, "utf8");
  const findSource = (type: string) => {
    const target = files?.get(type) ?? importedFrom(file, text, type);
    return target === null ? null : readFileSync(target, "utf8");
  };
  if (member === undefined) return readDoc(text, camel, name, findSource);
  const found = readMember(text, camel, inCamelCase(member));
  if (found === null || !("same" in found)) return found && { ...found, name };
  // A member that is a function of the library is documented there.
  const source = findSource(found.same);
  return source === null ? null : readDoc(source, found.same, name, findSource);
}

function inCamelCase(name: string): string {
  return name.replace(/(?<=[a-z])_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The file that a file imports a name from; null if there is no such file. */
function importedFrom(file: string, text: string, name: string): string | null {
  for (const [, names, path] of text.matchAll(/^import (?:type )?\{([^}]*)\} from "(\.[^"]+)"/gm)) {
    if (!new RegExp(`\\b${name}\\b`).test(names)) continue;
    const target = declarationsOf(file, path);
    if (existsSync(target)) return target;
  }
  return null;
}

/** Of what a declaration file imports there are declarations too. */
function declarationsOf(file: string, path: string): string {
  const target = join(dirname(file), path);
  return file.endsWith(".d.ts") ? target.replace(/(?:\.d)?\.[jt]s$/, ".d.ts") : target;
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
      visit(declarationsOf(file, path));
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
