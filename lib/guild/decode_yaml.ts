/**
 * Reads YAML as Guild means it.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import { plainScalar } from "../meta/guild/plain_scalar.ts";

/**
 * Decodes a YAML document as Guild does, which is by the rules of YAML 1.1 (`yes` is true), with
 * three differences: `1e3` is a number, `y` and `n` are texts, and so are dates.
 *
 * @throws {SyntaxError} The text is not YAML, or nested too deep; the message has line and column.
 *
 * @example Values as Guild has them
 * ```ts
 * import assert from "node:assert/strict";
 * import { decodeYaml } from "runlit/decode-yaml";
 *
 * const flags = await decodeYaml("lr: 1e-3\nday: 2020-01-01\nloud: no\nname: 'no'\n");
 * assert.deepEqual(flags, { lr: 0.001, day: "2020-01-01", loud: false, name: "no" });
 * ```
 */
export async function decodeYaml(text: string): Promise<JsonValue> {
  return (await loadYaml())(text);
}

/** A function that decodes YAML. */
export type YamlDecoder = (text: string) => JsonValue;

/** Loads the decoder, for code that cannot wait. */
export async function loadYaml(): Promise<YamlDecoder> {
  const yaml = await import("yaml");
  return (text) => {
    const document = yaml.parseDocument(text, { schema: "failsafe", logLevel: "silent" });
    const [error] = document.errors;
    if (error !== undefined) {
      throw new SyntaxError(error.message.split("\n")[0].replace(/:$/, ""), { cause: error });
    }
    const value = (node: unknown, depth: number): JsonValue => {
      if (depth > 200) throw new SyntaxError("it is nested too deep");
      if (node === null || node === undefined) return null;
      if (yaml.isAlias(node)) return value(node.resolve(document), depth + 1);
      if (yaml.isMap(node)) {
        return Object.fromEntries(
          node.items.map((pair) => [key(pair.key), value(pair.value, depth + 1)]),
        );
      }
      if (yaml.isSeq(node)) return node.items.map((item) => value(item, depth + 1));
      if (!yaml.isScalar(node)) return null;
      const text = typeof node.value === "string" ? node.value : node.source ?? "";
      if (node.tag === "tag:yaml.org,2002:str" || node.tag === "!") return text;
      const plain = node.type === "PLAIN" || /^tag:yaml.org,2002:/.test(node.tag ?? "");
      return plain ? text === "" ? null : plainScalar(text) : text;
    };
    const key = (node: unknown) => yaml.isScalar(node) ? String(node.value ?? "") : String(node);
    return value(document.contents, 0);
  };
}
