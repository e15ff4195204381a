/**
 * The types of what sessions have in scope.
 *
 * @module
 */

import { HELPER_NAMES, LIBRARY_NAMES } from "../../helpers/session_names.ts";
import { snakeCase } from "../../helpers/both_spellings.ts";
import type { ScopeModules } from "./scope_modules.ts";

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
 * spellings: all of them would take seconds to check. Without modules that have
 * their types, they are `any`.
 */
export function scopeTypes(module: string, modules: ScopeModules | null): string {
  const words = new Set(module.match(/[A-Za-z_$][\w$]*/g));
  return [
    "export {};",
    SPELLINGS,
    "declare global {",
    ...HELPER_NAMES.flatMap((name) => declarations(name, modules?.helpers, words)),
    ...LIBRARY_NAMES.flatMap((name) => declarations(name, modules?.library, words)),
    "  const $: any;",
    "}",
    "",
  ].join("\n");
}

function declarations(
  name: string,
  module: string | undefined,
  words: ReadonlySet<string>,
): string[] {
  const type = module === undefined
    ? "any"
    : `Both<typeof import(${JSON.stringify(module)})[${JSON.stringify(name)}]>`;
  const snake = snakeCase(name);
  return [name, ...(snake === null ? [] : [snake])].filter((each) => words.has(each))
    .map((each) => `  const ${each}: ${type};`);
}
