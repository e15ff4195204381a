/**
 * Checks types with the package `typescript`.
 *
 * @module
 */

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as Typescript from "typescript";
import { scopeModules } from "./scope_modules.ts";
import { scopeTypes } from "./scope_types.ts";
import type { TypeDiagnostic } from "./type_diagnostic.ts";

/** Checks a module as if it were a file beside the document. */
export async function typescriptCheck(path: string, module: string): Promise<TypeDiagnostic[]> {
  const ts = await loadTypescript(path);
  const scope = scopeTypes(module, scopeModules());
  const file = `${path}.runlit.ts`;
  const scopeFile = `${path}.runlit-scope.ts`;
  const virtual = new Map([[file, module], [scopeFile, scope]]);
  const options = compilerOptions(ts, path);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => virtual.has(name) || fileExists.call(host, name);
  host.readFile = (name) => virtual.get(name) ?? readFile.call(host, name);
  host.getSourceFile = (name, ...rest) => {
    const text = virtual.get(name);
    if (text === undefined) return getSourceFile.call(host, name, ...rest);
    return ts.createSourceFile(name, text, ts.ScriptTarget.ESNext);
  };
  const program = ts.createProgram([file, scopeFile, ...nodeTypes(path)], options, host);
  const source = program.getSourceFile(file)!;
  const found = [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ];
  return found.map(({ start = 0, code, messageText }) => {
    const { line, character } = source.getLineAndCharacterOfPosition(start);
    const message = ts.flattenDiagnosticMessageText(messageText, "\n");
    return { line: line + 1, column: character + 1, message: `TS${code}: ${message}` };
  });
}

function compilerOptions(ts: typeof Typescript, path: string): Typescript.CompilerOptions {
  const config = ts.findConfigFile(dirname(path), ts.sys.fileExists);
  const own = config === undefined ? {} : ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    { ...ts.sys, readDirectory: () => [] },
    dirname(config),
  ).options;
  return {
    strict: true,
    ...own,
    // What examples are, and how they are run, is not the project's to say.
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: undefined,
    allowImportingTsExtensions: true,
    isolatedDeclarations: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
    composite: false,
    incremental: false,
    noEmit: true,
    skipLibCheck: true,
  };
}

/** The types of Node's built-ins, if they are installed: not every project names them. */
function nodeTypes(path: string): string[] {
  for (const from of [path, import.meta.url]) {
    try {
      return [join(dirname(createRequire(from).resolve("@types/node/package.json")), "index.d.ts")];
    } catch {
      // They are not installed there.
    }
  }
  return [];
}

/** The project's own, then the one that is installed beside us. */
async function loadTypescript(path: string): Promise<typeof Typescript> {
  for (const from of [path, import.meta.url]) {
    try {
      const loaded = createRequire(from)("typescript") as typeof Typescript;
      // Version 7 has no such interface.
      if (typeof loaded.createProgram === "function") return loaded;
    } catch {
      // It is not installed there.
    }
  }
  throw new Error("Cannot check types: 'typescript' is missing; npm install -D typescript@6");
}
