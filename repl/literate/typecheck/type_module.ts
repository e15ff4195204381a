/**
 * All examples of a document as one module, for a type checker.
 *
 * @module
 */

import type { File, Statement } from "@babel/types";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { declaredBy } from "../../session/erase/erase_file.ts";
import { loadParser, parseTypeScript } from "../../session/erase/parse.ts";
import { parsePattern } from "../match/parse_pattern.ts";
import { resolveOptions } from "../options/resolve_options.ts";
import type { Example, ParsedDocument } from "../parse/document_types.ts";

/** A module, and where its lines come from. */
export interface TypeModule {
  readonly text: string;
  /** Line of the document, from 1, for each line of the module; 0 for those not to be reported. */
  readonly lines: readonly number[];
  /** Columns that a line of the module is moved to the left by in comparison to the document. */
  readonly indents: readonly number[];
}

/** Options of {@linkcode typeModule}. */
export interface TypeModuleOptions {
  /** Whether examples are checked that do not say. Default: false. */
  readonly all?: boolean;
}

/**
 * Puts the examples of a document into one module. A name that is declared again opens a block, in
 * which the rest is nested; imports go to the top, resolved from the document; names that fields
 * of expected output bind have type `any`. What cannot be parsed is left out: running it says why.
 *
 * @param path Absolute path of the document.
 */
export async function typeModule(
  document: ParsedDocument,
  path: string,
  options: TypeModuleOptions = {},
): Promise<TypeModule> {
  const parse = await loadParser();
  const writer = createWriter(pathToFileURL(`${dirname(path)}/`).href);
  for (const example of document.examples) {
    if (example.language !== "ts") continue;
    const resolved = resolveOptions(document.settings.options, example.options);
    const own = { ...document.settings.options, ...example.options }.typecheck;
    const isChecked = own === undefined ? options.all ?? false : own !== false;
    let file: File;
    const code = asExpression(example.code, (text) => parseTypeScript(parse, text));
    try {
      file = parseTypeScript(parse, code);
    } catch {
      continue;
    }
    writer.add(example, code, file.program.body, isChecked && !resolved.fails);
    if (resolved.parse) writer.bind(namesOf(example.expected));
  }
  return writer.end();
}

/** As in a session, one object in braces is an object. */
function asExpression(code: string, parse: (text: string) => unknown): string {
  if (!/^\s*\{/.test(code) || /;\s*$/.test(code)) return code;
  try {
    parse(`(${code}\n)`);
    return `(${code}\n)`;
  } catch {
    return code;
  }
}

function namesOf(expected: string): string[] {
  return parsePattern(expected).flatMap((token) =>
    token.kind === "field" && token.path.length > 0 ? [token.path[0]] : []
  );
}

interface Writer {
  add(example: Example, code: string, body: readonly Statement[], isChecked: boolean): void;
  bind(names: readonly string[]): void;
  end(): TypeModule;
}

function createWriter(base: string): Writer {
  const top: [text: string, line: number, indent: number][] = [];
  const rest: [text: string, line: number, indent: number][] = [];
  const imported = new Set<string>();
  const known = new Set<string>();
  let scope = new Set<string>();
  let depth = 0;
  return {
    add({ line, column }, code, body, isChecked) {
      const names: string[] = [];
      let own = code;
      for (const statement of body) {
        const start = statement.start!;
        const text = code.slice(start, statement.end!);
        const declared = declaredBy(statement, code)?.names ?? [];
        if (statement.type === "ImportDeclaration") {
          own = blank(own, start, statement.end!);
          const locals = statement.specifiers.map((specifier) => specifier.local.name);
          if (locals.some((name) => imported.has(name))) continue;
          for (const name of locals) imported.add(name);
          const first = line + code.slice(0, start).split("\n").length - 1;
          fromDocument(text, base).split("\n").forEach((part, i) => {
            top.push([part, isChecked ? first + i : 0, column - 1]);
          });
          continue;
        }
        if (
          statement.type === "TSTypeAliasDeclaration" ||
          statement.type === "TSInterfaceDeclaration"
        ) {
          names.push(statement.id.name);
        }
        if (/^export\s/.test(text)) own = blank(own, start, start + "export ".length);
        names.push(...declared);
      }
      if (names.some((name) => scope.has(name))) {
        rest.push(["{", 0, 0]);
        depth++;
        scope = new Set();
      }
      for (const name of names) {
        scope.add(name);
        known.add(name);
      }
      fromDocument(own, base).split("\n").forEach((part, i) => {
        rest.push([part, isChecked ? line + i : 0, column - 1]);
      });
      rest.push([";", 0, 0]);
    },
    bind(names) {
      for (const name of names) {
        if (known.has(name)) continue;
        known.add(name);
        scope.add(name);
        rest.push([`let ${name}: any;`, 0, 0]);
      }
    },
    end() {
      const lines = [
        ...top,
        ...rest,
        ["}".repeat(depth), 0, 0] as const,
        ["export {};", 0, 0] as const,
      ];
      return {
        text: `${lines.map(([text]) => text).join("\n")}\n`,
        lines: lines.map(([, line]) => line),
        indents: lines.map(([, , indent]) => indent),
      };
    },
  };
}

/** Keeps the line breaks, and the columns of what follows. */
function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, " ") + text.slice(end);
}

/** Relative imports start at the document, wherever the module is. */
function fromDocument(text: string, base: string): string {
  return text.replace(
    /(\bfrom\s*|\bimport\s*\(?\s*)(["'])(\.\.?\/[^"']*)\2/g,
    (_all, before: string, quote: string, specifier: string) =>
      `${before}${quote}${new URL(specifier, base).pathname}${quote}`,
  );
}
