/**
 * References to operations as Guild has them.
 *
 * @module
 */

import type { OpRef } from "../../types.ts";
import { shellQuote, shellSplit } from "./shell_quote.ts";

/** The four parts of a reference; a part that is empty is not there. */
export interface GuildOpRef {
  /** `script`, `guildfile`, `builtin`, `package`, `func`, …. */
  readonly type: string;
  /** Path or name of what defines the operation. */
  readonly name: string;
  readonly version: string;
  readonly model: string;
  readonly op: string;
}

/** Encodes a reference: `script:/home/me '' '' say.py`, without a newline at its end. */
export function encodeGuildOpRef({ type, name, version, model, op }: GuildOpRef): string {
  const parts = [version, model, op].map((part) => shellQuote(part));
  return [`${type}:${name === "" ? "" : shellQuote(name)}`, ...parts].join(" ");
}

/**
 * Decodes a reference.
 *
 * @throws {RangeError} It has not four parts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decodeGuildOpRef } from "runlit/guild-opref";
 *
 * const { type, name, op } = decodeGuildOpRef("script:'/home/me/my proj' '' '' say.py");
 * assert.deepEqual([type, name, op], ["script", "/home/me/my proj", "say.py"]);
 * ```
 */
export function decodeGuildOpRef(text: string): GuildOpRef {
  let parts: string[];
  try {
    parts = shellSplit(text.trim());
  } catch {
    parts = [];
  }
  const [first, version, model, op] = parts;
  const colon = first?.indexOf(":") ?? -1;
  if (parts.length !== 4 || colon < 0) {
    const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    throw new RangeError(
      `Cannot read operation reference '${shown}': it should be 'TYPE:NAME VERSION MODEL OP'`,
    );
  }
  return { type: first.slice(0, colon), name: first.slice(colon + 1), version, model, op };
}

/** A reference as other layouts have it; the name is the one that Guild shows. */
export function oprefOfGuild(opref: GuildOpRef, proto?: GuildOpRef): OpRef {
  const { type, name, model, op } = opref;
  const namespace = name === "" ? type : `${type}:${name}`;
  if (op === "+" && proto !== undefined) {
    return { namespace, name: `${oprefOfGuild(proto).name}+` };
  }
  const full = model === "" ? op : `${model}:${op}`;
  if (type === "package") return { namespace, name: `${name}/${full}` };
  return { namespace, name: (type === "func" ? `${full}()` : full) || type };
}
