/**
 * What the house rules need to know about a source file.
 *
 * @module
 */

import { parse } from "@babel/parser";
import type { ParserOptions } from "@babel/parser";

/** A node of Babel's syntax tree, as far as the checks look at it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly loc: { readonly start: { readonly line: number; readonly column: number } };
  // deno-lint-ignore no-explicit-any
  readonly [key: string]: any;
}

/** One import, re-export or `import()` of a source file. */
export interface SourceImport {
  readonly specifier: string;
  readonly line: number;
  readonly kind: "static" | "type" | "dynamic";
}

/** A parsed source file. */
export interface ParsedSource {
  readonly imports: readonly SourceImport[];
  /** Names of exported values. */
  readonly values: readonly string[];
  /** Names of exported types and interfaces. */
  readonly types: readonly string[];
  readonly body: readonly SyntaxNode[];
}

const OPTIONS: ParserOptions = { sourceType: "module", plugins: ["typescript"] };

/** Parses a TypeScript module: its imports, the names it exports, and its syntax tree. */
export function parseSource(text: string): ParsedSource {
  const body = parse(text, OPTIONS).program.body as unknown as SyntaxNode[];
  const imports: SourceImport[] = [];
  const values: string[] = [];
  const types: string[] = [];
  for (const node of body) {
    const from = node.source?.value as string | undefined;
    const isType = node.importKind === "type" || node.exportKind === "type";
    if (from !== undefined && node.type !== "ExpressionStatement") {
      imports.push({
        specifier: from,
        line: node.loc.start.line,
        kind: isType ? "type" : "static",
      });
    }
    if (node.type !== "ExportNamedDeclaration") continue;
    const into = isType ? types : values;
    for (const specifier of node.specifiers ?? []) {
      (specifier.exportKind === "type" ? types : into).push(specifier.exported.name);
    }
    into.push(...declaredNames(node.declaration));
  }
  walkSyntax(body, (node) => {
    if (node.type === "TSImportType") {
      const specifier = (node.argument?.literal ?? node.argument)?.value;
      if (specifier !== undefined) {
        imports.push({ specifier, line: node.loc.start.line, kind: "type" });
      }
      return;
    }
    const called = node.type === "CallExpression" && node.callee.type === "Import"
      ? node.arguments[0]
      : node.type === "ImportExpression"
      ? node.source
      : null;
    if (called?.type !== "StringLiteral") return;
    imports.push({ specifier: called.value, line: node.loc.start.line, kind: "dynamic" });
  });
  return { imports, values, types, body };
}

/** Calls `visit` with every node of a syntax tree, parents first. */
export function walkSyntax(tree: unknown, visit: (node: SyntaxNode) => void): void {
  if (Array.isArray(tree)) {
    for (const item of tree) walkSyntax(item, visit);
  } else if (typeof tree === "object" && tree !== null && "type" in tree) {
    visit(tree as SyntaxNode);
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === "object" && value !== null && key !== "loc") walkSyntax(value, visit);
    }
  }
}

function declaredNames(declaration: SyntaxNode | null | undefined): string[] {
  if (!declaration) return [];
  if (declaration.type === "VariableDeclaration") {
    return declaration.declarations.map((d: SyntaxNode) => d.id.name as string);
  }
  return [declaration.id.name as string];
}
