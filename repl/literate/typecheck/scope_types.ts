/**
 * The types of what sessions have in scope.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { HELPER_NAMES, LIBRARY_NAMES } from "../../helpers/session_names.ts";
import { snakeCase } from "../../helpers/both_spellings.ts";

const SPELLINGS = `
type Snake<S extends string> = S extends \`\${infer A}\${infer B}\`
  ? B extends Uncapitalize<B> ? \`\${Uncapitalize<A>}\${Snake<B>}\` : \`\${Uncapitalize<A>}_\${Snake<B>}\`
  : S;
type Both<T> = T extends (...args: never[]) => unknown ? T
  : T extends object ? T & { [K in keyof T & string as Snake<K>]: T[K] }
  : T;
`;

/**
 * Declares those helpers and parts of the library as globals that a module mentions, in both
 * spellings: all of them would take seconds to check. Where their types are not installed,
 * they are \`any\`.
 */
export function scopeTypes(module: string): string {
  const words = new Set(module.match(/[A-Za-z_$][\w$]*/g));
  const library = typesOf("mod");
  const helpers = typesOf("repl/helpers/mod");
  return [
    "export {};",
    SPELLINGS,
    "declare global {",
    ...HELPER_NAMES.flatMap((name) => declarations(name, helpers, words)),
    ...LIBRARY_NAMES.flatMap((name) => declarations(name, library, words)),
    "  const $: any;",
    "}",
    "",
  ].join("\n");
}

function declarations(
  name: string,
  module: string | null,
  words: ReadonlySet<string>,
): string[] {
  const type = module === null
    ? "any"
    : `Both<typeof import(${JSON.stringify(module)})[${JSON.stringify(name)}]>`;
  const snake = snakeCase(name);
  return [name, ...(snake === null ? [] : [snake])].filter((each) => words.has(each))
    .map((each) => `  const ${each}: ${type};`);
}

/** Path of a module that has the types, from the sources or from the built package. */
function typesOf(module: string): string | null {
  const dist = import.meta.url.lastIndexOf("/dist/");
  if (dist < 0) return fileURLToPath(new URL(`../../../${module}.ts`, import.meta.url));
  const file = fileURLToPath(`${import.meta.url.slice(0, dist)}/dist/${module}.js`);
  return existsSync(file.replace(/\.js$/, ".d.ts")) ? file : null;
}
