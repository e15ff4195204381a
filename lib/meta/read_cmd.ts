/**
 * Reads what a run executes.
 *
 * @module
 */

import { NotFoundError } from "../errors.ts";
import type { Command, OpCmd } from "../types.ts";
import { type MetaLocation, type MetaSource, metaSource } from "./meta_source.ts";
import { readJson, readJsonObject } from "./_read_json.ts";
import { LAYOUTS } from "./layouts.ts";

/**
 * Reads a run's command and the variables it adds to its environment, in either layout.
 *
 * @throws {NotFoundError} The run is not initialized.
 * @throws {SyntaxError} What is there is not a command.
 *
 * @example Early Gage's layout
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { readCmd } from "runlit/read-cmd";
 *
 * const meta = mkdtempSync("/tmp/example-");
 * mkdirSync(`${meta}/proc`);
 * writeFileSync(`${meta}/proc/cmd`, "echo\nhello\n");
 * writeFileSync(`${meta}/proc/env`, "foo=123\n");
 * assert.deepEqual(await readCmd(meta), { args: ["echo", "hello"], env: { foo: "123" } });
 * rmSync(meta, { recursive: true });
 * ```
 */
export async function readCmd(run: MetaLocation): Promise<OpCmd> {
  const meta = metaSource(run);
  if (meta.has(LAYOUTS.json.cmd)) return readJsonCmd(meta);
  const args = readLines(meta, LAYOUTS.text.cmd);
  if (args === null) {
    throw new NotFoundError(
      `Run is not initialized: '${meta.path}' has neither '${LAYOUTS.json.cmd}' nor '${LAYOUTS.text.cmd}'`,
      meta.path,
    );
  }
  const env = Object.fromEntries(
    (readLines(meta, LAYOUTS.text.env) ?? []).map((line) => {
      const at = line.indexOf("=");
      return at === -1 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
    }),
  );
  return { args, env };
}

function readJsonCmd(meta: MetaSource): OpCmd {
  const args = readJson(meta, LAYOUTS.json.cmd);
  const isList = Array.isArray(args) && args.every((arg) => typeof arg === "string");
  if (typeof args !== "string" && !isList) {
    throw new SyntaxError(
      `Cannot read '${LAYOUTS.json.cmd}' in '${meta.path}': it is not a command`,
    );
  }
  const env = readJsonObject(meta, LAYOUTS.json.env) ?? {};
  return {
    args: args as Command,
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)])),
  };
}

/** Lines of a file, whether or not the last one ends in a line feed. */
function readLines(meta: MetaSource, name: string): string[] | null {
  const text = meta.read(name)?.toString();
  if (text === undefined) return null;
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
