/**
 * Config of JavaScript and TypeScript modules: plain values of top-level declarations, exported or
 * not, and of the default export, whose key is `default`.
 *
 * @module
 */

import type { parse as babelParse, ParserPlugin } from "@babel/parser";
import { type FormatModule, type Found, syntaxError } from "./_found.ts";
import { addValue, type Node } from "./_javascript_value.ts";
import { writeJavascript } from "./_javascript_write.ts";

/** Plugins of the dialects. */
export const PLUGINS: Readonly<Record<string, readonly ParserPlugin[]>> = {
  javascript: ["jsx", "flow"],
  typescript: ["typescript"],
  tsx: ["typescript", "jsx"],
};

/** Makes the format of one of the dialects. */
export function javascript(dialect: "javascript" | "typescript" | "tsx"): FormatModule {
  return { scan: (source) => scan(source, PLUGINS[dialect]), write: writeJavascript };
}

async function scan(source: string, plugins: readonly ParserPlugin[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const statement of await parse(source, plugins)) {
    if (statement.type === "ExportDefaultDeclaration") {
      if (!/Function|Class|Interface/.test(statement.declaration.type)) {
        addValue("default", statement.declaration as Node, source, found);
      }
      continue;
    }
    const declaration = statement.type === "ExportNamedDeclaration"
      ? statement.declaration
      : statement;
    if (declaration?.type !== "VariableDeclaration" || declaration.declare) continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type === "Identifier" && init) addValue(id.name, init, source, found);
    }
  }
  return found;
}

/** Parses a module; its statements. Types are inferred: those of Babel have no name to import. */
export async function parse(
  source: string,
  plugins: readonly ParserPlugin[],
): Promise<ReturnType<typeof babelParse>["program"]["body"]> {
  const { parse } = await import("@babel/parser");
  try {
    return parse(source, {
      sourceType: "unambiguous",
      // Most of what Babel finds wrong (a name declared twice) does not move any value.
      errorRecovery: true,
      attachComment: false,
      allowAwaitOutsideFunction: true,
      allowReturnOutsideFunction: true,
      plugins: [...plugins, "decorators", "explicitResourceManagement"],
    }).program.body;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const { message, loc } = cause as SyntaxError & { loc?: { line: number } };
    throw syntaxError(message.replace(/\.? \(\d+:\d+\)$/, ""), loc?.line ?? 1, cause);
  }
}
