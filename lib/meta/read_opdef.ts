/**
 * Reads the definition of a run's operation.
 *
 * @module
 */

import { NotFoundError } from "../errors.ts";
import type { OpDef } from "../types.ts";
import { type MetaLocation, metaSource } from "./meta_source.ts";
import { readJsonObject } from "./_read_json.ts";
import { decodeOpRef } from "./opref.ts";

/**
 * Reads the definition of a run's operation, as it was when the run was initialized.
 *
 * @throws {NotFoundError} The run is not initialized.
 * @throws {SyntaxError} `opdef.json` is not a JSON object.
 *
 * @example The definition of a run's operation
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { readOpdef } from "runlit/read-opdef";
 *
 * const meta = mkdtempSync("/tmp/example-");
 * writeFileSync(`${meta}/opref`, "2 demo hello");
 * writeFileSync(`${meta}/opdef.json`, '{"exec": "echo hello"}');
 * assert.deepEqual(await readOpdef(meta), { name: "hello", data: { exec: "echo hello" } });
 * rmSync(meta, { recursive: true });
 * ```
 */
export async function readOpdef(run: MetaLocation): Promise<OpDef> {
  const meta = metaSource(run);
  const data = readJsonObject(meta, "opdef.json");
  if (data === undefined) {
    throw new NotFoundError(
      `Run is not initialized: '${meta.path}' has no 'opdef.json'`,
      meta.path,
    );
  }
  const opref = meta.read("opref")?.toString();
  return { name: opref === undefined ? "" : decodeOpRef(opref).name, data };
}
