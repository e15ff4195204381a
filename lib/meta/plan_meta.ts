/**
 * Which files an initialized run's meta consists of, to the byte.
 *
 * @module
 */

import type {
  Command,
  Config,
  JsonObject,
  JsonValue,
  MetaLayout,
  OpCmd,
  OpDef,
  OpRef,
  Run,
} from "../types.ts";
import { checkAttributeName, checkCommand } from "./_check_meta.ts";
import { LAYOUTS } from "./layouts.ts";
import { META_SCHEMA } from "./meta_schema.ts";
import { encodeOpRef } from "./opref.ts";
import { compareCodePoints, encodePythonJson } from "./python_json.ts";
import { runName } from "./run_name.ts";
import { encodeTextAttribute } from "./text_attribute.ts";
import { nextTimestamp } from "./timestamps.ts";

/** What a run's meta is made from. */
export interface MetaInput {
  readonly run: Pick<Run, "id">;
  readonly opref: OpRef;
  readonly opdef: OpDef;
  readonly cmd: OpCmd;
  /** Config values by key; without it no `config.json` is written. */
  readonly config?: Config;
  readonly userAttrs?: JsonObject;
  readonly systemAttrs?: JsonObject;
  /** @default {"json"} */
  readonly layout?: MetaLayout;
  /** Microseconds since the epoch, for `initialized`. Default: now. */
  readonly initialized?: number;
}

/** A file of meta. */
export interface MetaFile {
  /** Path below the meta directory, with `/`. */
  readonly path: string;
  readonly data: string;
  /** What the runner log says when it is written; null when it says nothing. */
  readonly logMessage: string | null;
}

/**
 * Plans the files of a run's meta, in the order in which they are to be written. All are read-only
 * (mode 0444).
 *
 * Everything is checked before anything is returned, so a caller that writes what it gets cannot
 * fail half-way for what the values are. `initialized` is last: a run that has it has all the rest.
 *
 * Layout `json` keeps user attributes beside meta, see `writeUserAttributes()`; here they are only
 * checked. Layout `text` has one argument per line, and so a shell string is recorded as the
 * arguments that execute it: `/bin/sh`, `-c` and the string.
 *
 * @throws {RangeError} A value that the layout cannot hold, or that no process can be given.
 * @throws {TypeError} A value that JSON cannot hold.
 *
 * @example What layout `text` writes
 * ```ts
 * import assert from "node:assert/strict";
 * import { planMeta } from "runlit/plan-meta";
 *
 * const files = planMeta({
 *   run: { id: "60a825b1-7dd5-4b4f-b4f6-0b1b1e3f0a52" },
 *   opref: { namespace: "test", name: "test" },
 *   opdef: { name: "test", data: {} },
 *   cmd: { args: ["echo", "hello"], env: { foo: "123" } },
 *   layout: "text",
 * });
 * assert.equal(files.find((file) => file.path === "proc/cmd")?.data, "echo\nhello\n");
 * assert.equal(files.at(-1)?.logMessage, "Writing meta initialized");
 * ```
 */
export function planMeta(input: MetaInput): MetaFile[] {
  checkCommand(input.cmd);
  for (const name of Object.keys(input.systemAttrs ?? {})) checkAttributeName(name, "system");
  return input.layout === "text" ? planText(input) : planJson(input);
}

function planJson(
  { run, opref, opdef, cmd, config, userAttrs = {}, systemAttrs = {}, initialized }: MetaInput,
): MetaFile[] {
  encodePythonJson(userAttrs, { what: "user attributes" });
  return [
    file("opref", encodeOpRef(opref), null),
    file("__schema__", META_SCHEMA, null),
    file("id", run.id, "run id"),
    file("opdef.json", pretty(opdef.data, "opdef"), "opdef"),
    ...(config === undefined ? [] : [file("config.json", pretty(config, "config"), "config")]),
    file(LAYOUTS.json.cmd, encodePythonJson(cmd.args), "proc cmd"),
    file(LAYOUTS.json.env, pretty(cmd.env, "env"), "proc env"),
    ...sorted(systemAttrs).map(([name, value]) =>
      file(`sys/${name}.json`, pretty(value, `system attribute '${name}'`), `system ${name}`)
    ),
    file("initialized", String(initialized ?? nextTimestamp()), "initialized"),
  ];
}

function planText(
  { run, opref, opdef, cmd, config, userAttrs = {}, systemAttrs = {}, initialized }: MetaInput,
): MetaFile[] {
  const attribute = (dir: string) => ([name, value]: [string, JsonValue]) =>
    file(
      `${dir}/${name}`,
      encodeTextAttribute(value, `${dir} attribute '${name}'`),
      `${dir}/${name}`,
    );
  for (const name of Object.keys(userAttrs)) checkAttributeName(name, "user");
  return [
    file("__schema__", META_SCHEMA, null),
    file("id", run.id, "id"),
    file("name", runName(run.id), "name"),
    file("opdef.json", pretty(opdef.data, "opdef"), "opdef.json"),
    ...(config === undefined ? [] : [file("config.json", pretty(config, "config"), "config.json")]),
    file(LAYOUTS.text.cmd, lines(textArgs(cmd.args), "argument"), "proc/cmd"),
    file(
      LAYOUTS.text.env,
      lines(sorted(cmd.env).map((entry) => entry.join("=")), "variable"),
      "proc/env",
    ),
    ...sorted(userAttrs).map(attribute("user")),
    ...sorted(systemAttrs).map(attribute("sys")),
    file("opref", encodeOpRef(opref, { layout: "text" }), "opref"),
    file("initialized", String(initialized ?? nextTimestamp()), "initialized"),
  ];
}

function file(path: string, data: string, what: string | null): MetaFile {
  return { path, data, logMessage: what === null ? null : `Writing meta ${what}` };
}

function pretty(value: unknown, what: string): string {
  return encodePythonJson(value, { indent: 2, sortKeys: true, what });
}

function sorted<T>(record: { readonly [key: string]: T }): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => compareCodePoints(a, b));
}

function textArgs(args: Command): readonly string[] {
  return typeof args === "string" ? ["/bin/sh", "-c", args] : args;
}

function lines(values: readonly string[], what: string): string {
  for (const value of values) {
    if (/[\r\n]/.test(value)) {
      throw new RangeError(
        `Cannot record ${what} ${
          JSON.stringify(value)
        }: layout 'text' has one per line and this has a line break, ` +
          `use layout 'json'`,
      );
    }
  }
  return values.map((value) => value + "\n").join("");
}
