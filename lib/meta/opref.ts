/**
 * Operation references as one line of text, which is all that a listing reads of a run's operation.
 *
 * @module
 */

import type { MetaLayout, OpRef } from "../types.ts";

/** Options of {@linkcode encodeOpRef}. */
export interface EncodeOpRefOptions {
  /** The meta layout it is for. @default {"json"} */
  readonly layout?: MetaLayout;
}

/**
 * Encodes an operation reference: `2 <namespace> <name>[ <version>]`, in layout `text` `1
 * <namespace> <name>`.
 *
 * Spaces separate the parts. White space inside a part is written as `%20` (and `%` as `%25` where
 * it would look like such an escape), which {@linkcode decodeOpRef} turns back and which Gage reads
 * as a name of its own. A namespace that is made from a directory's name is better given as people
 * can type it, without spaces.
 *
 * @throws {RangeError} A part is empty, or the layout has no place for the version.
 *
 * @example There and back
 * ```ts
 * import assert from "node:assert/strict";
 * import { decodeOpRef, encodeOpRef } from "runlit/opref";
 *
 * assert.equal(encodeOpRef({ namespace: "hello", name: "train", version: "3" }), "2 hello train 3");
 * assert.equal(encodeOpRef({ namespace: "hello", name: "train" }, { layout: "text" }), "1 hello train");
 * assert.deepEqual(decodeOpRef("2 hello my%20op"), { namespace: "hello", name: "my op" });
 * ```
 */
export function encodeOpRef(opref: OpRef, options: EncodeOpRefOptions = {}): string {
  const { namespace, name, version } = opref;
  const parts = [encodePart(namespace, "namespace", opref), encodePart(name, "name", opref)];
  if (version === undefined || version === "") {
    return `${options.layout === "text" ? 1 : 2} ${parts.join(" ")}`;
  }
  if (options.layout === "text") {
    throw new RangeError(
      `Cannot record version '${version}' of operation '${name}': layout 'text' has no place for it, use layout 'json'`,
    );
  }
  return `2 ${parts.join(" ")} ${encodePart(version, "version", opref)}`;
}

/**
 * Decodes an operation reference of either version.
 *
 * @throws {RangeError} The text is not one, or of a version that is not known.
 */
export function decodeOpRef(text: string): OpRef {
  const [schema, namespace, name, version, ...rest] = text.trimEnd().split(" ");
  if (schema !== "1" && schema !== "2") {
    const what = /^\d+$/.test(schema!)
      ? `it has version ${schema}, this program knows 1 and 2`
      : `it should be '2', a namespace and a name, separated by a space`;
    throw new RangeError(`Cannot read operation reference '${excerpt(text)}': ${what}`);
  }
  const most = schema === "1" ? 0 : 1;
  const extra = rest.length + (version === undefined ? 0 : 1);
  if (!namespace || !name || version === "" || extra > most) {
    throw new RangeError(
      `Cannot read operation reference '${
        excerpt(text)
      }': after '${schema}' it should have a namespace and a name, ` +
        `separated by a space`,
    );
  }
  const opref = { namespace: decodePart(namespace), name: decodePart(name) };
  return version === undefined ? opref : { ...opref, version: decodePart(version) };
}

function encodePart(part: string, what: string, opref: OpRef): string {
  if (!part) {
    throw new RangeError(
      `Cannot refer to operation '${opref.name}' of '${opref.namespace}': its ${what} is empty`,
    );
  }
  return part.replace(/%(?=[0-9A-F]{2})/g, "%25").replace(
    /[\s\x00-\x1f\x7f]/g,
    (char) => encodeURIComponent(char),
  );
}

/** The inverse of what is written above, and nothing more: other `%` are part of the name. */
function decodePart(part: string): string {
  if (!part.includes("%")) return part;
  return part.replace(/(?:%[0-9A-F]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

function excerpt(text: string): string {
  return text.length > 60 ? text.slice(0, 60) + "…" : text;
}
