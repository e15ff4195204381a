/**
 * Flags in an operation's definition.
 *
 * @module
 */

import type { JsonObject, JsonValue } from "../types.ts";
import type { FlagDef, FlagType } from "./flag_def.ts";
import { FlagError } from "./flag_error.ts";
import { suggest } from "../suggest.ts";

/** What a flag's table may hold: Guild's names, and its kind of value. */
const KEYS: Readonly<Record<string, [field: keyof FlagDef, kind: string]>> = {
  "default": ["default", "any"],
  "description": ["description", "string"],
  "type": ["type", "type"],
  "choices": ["choices", "array"],
  "required": ["required", "boolean"],
  "arg-name": ["argName", "string"],
  "arg-switch": ["argSwitch", "any"],
  "arg-false": ["argFalse", "string"],
  "arg-join": ["argJoin", "boolean"],
  "arg-encoding": ["argEncoding", "object"],
  "arg-split": ["argSplit", "boolean"],
  "arg-repeat": ["argRepeat", "string"],
  "positional": ["positional", "boolean"],
  "after-command": ["afterCommand", "boolean"],
  "line": ["line", "number"],
};

const TYPES: readonly FlagType[] = [
  "string",
  "int",
  "float",
  "number",
  "boolean",
  "path",
  "existing-path",
];

/** Encodes flags as the table that an operation's definition has of them. */
export function encodeFlags(flags: readonly FlagDef[]): JsonObject {
  return Object.fromEntries(
    flags.map((flag) => [
      flag.name,
      Object.fromEntries(
        Object.entries(KEYS)
          .map(([key, [field]]) => [key, flag[field] as JsonValue | undefined] as const)
          .filter(([, value]) => value !== undefined) as [string, JsonValue][],
      ),
    ]),
  );
}

/**
 * Decodes the flags of an operation's definition: a table of tables, or of defaults.
 *
 * @throws {FlagError} Something that no flag has, or a value of the wrong kind.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decodeFlags } from "runlit/flag-json";
 *
 * assert.deepEqual(decodeFlags({ lr: 0.1, loud: { "arg-switch": true, default: false } }), [
 *   { name: "lr", default: 0.1 },
 *   { name: "loud", default: false, argSwitch: true },
 * ]);
 * ```
 */
export function decodeFlags(value: JsonValue | undefined, where: string = "flags"): FlagDef[] {
  if (value === undefined || value === null) return [];
  if (!isTable(value)) throw new FlagError(`Cannot use ${where}: it has to be a table of flags`);
  return Object.entries(value).map(([name, settings]) => {
    const flag: Record<string, JsonValue> = { name, default: null };
    if (!isTable(settings)) return { name, default: settings };
    for (const [key, setting] of Object.entries(settings)) {
      const known = KEYS[key];
      if (known === undefined) {
        const near = suggest(key, Object.keys(KEYS));
        throw new FlagError(
          `Cannot use '${key}' of flag '${name}' in ${where}: ` +
            (near === null
              ? `it may have ${Object.keys(KEYS).join(", ")}`
              : `did you mean '${near}'?`),
          { flag: name },
        );
      }
      const [field, kind] = known;
      if (!isKind(setting, kind)) {
        const expected = kind === "type" ? `one of ${TYPES.join(", ")}` : `of kind ${kind}`;
        throw new FlagError(
          `Cannot use '${key}' of flag '${name}' in ${where}: it has to be ${expected}`,
          { flag: name },
        );
      }
      flag[field] = setting;
    }
    return flag as unknown as FlagDef;
  });
}

function isKind(value: JsonValue, kind: string): boolean {
  if (kind === "any") return true;
  if (kind === "type") return TYPES.includes(value as FlagType);
  if (kind === "array") return Array.isArray(value);
  if (kind === "object") return isTable(value);
  const actual: string = typeof value;
  return actual === kind;
}

function isTable(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
