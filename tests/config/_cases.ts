/**
 * Tables of sources, changes and what becomes of them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { type ConfigFormat, configFormat } from "../../lib/config/config_format.ts";
import { patchConfig } from "../../lib/config/patch_config.ts";
import { readConfig } from "../../lib/config/read_config.ts";
import type { Config } from "../../lib/types.ts";

/** What is changed: why it matters, the source, the changes, and the new source or an error. */
export type PatchCase = [name: string, before: string, changes: Config, after: string | RegExp];

/** Tests that patching makes one source of the other, or fails. */
export function testPatches(path: string, cases: readonly PatchCase[]): void {
  for (const [name, before, changes, after] of cases) {
    test(`patchConfig() ${name}`, async () => {
      if (typeof after === "string") {
        assert.equal((await patchConfig(before, path, changes)).source, after);
        return;
      }
      await assert.rejects(
        patchConfig(before, path, changes),
        (error: Error & { file?: string; key?: string }) => {
          assert.equal(error.name, "ConfigError");
          assert.match(error.message, after);
          assert.equal(error.file, path);
          assert.ok(error.key !== undefined && error.key in changes, error.key);
          return true;
        },
      );
    });
  }
}

/** What is read: why it matters, the source, and `key: type = value` lines. */
export type ReadCase = [name: string, source: string, entries: readonly string[]];

/** Tests that reading finds exactly some entries, lists and objects included. */
export function testReads(path: string, cases: readonly ReadCase[]): void {
  for (const [name, source, expected] of cases) {
    test(`readConfig() ${name}`, async () => {
      const format = configFormat(path) as ConfigFormat;
      const entries = await readConfig(source, format, { containers: true });
      const lines = entries.map(({ key, type, value }) =>
        `${key}: ${type} = ${typeof value === "number" ? value : JSON.stringify(value)}`
      );
      assert.deepEqual(lines, expected);
    });
  }
}
