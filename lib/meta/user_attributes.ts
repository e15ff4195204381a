/**
 * Attributes that people give to a run, such as its label: they change after the run is sealed.
 *
 * Format: a log of files `<id>.user/<ulid>.json`, one per change and never rewritten, so that
 * several people and machines can write at the same time, and a merge is a copy of the files that
 * are missing. The attributes are what results from all changes in the order of their names. In
 * layout `text` the first values are files `user/<name>` in meta.
 *
 * @module
 */

import { mkdirSync, readdirSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import type { JsonObject, JsonValue } from "../types.ts";
import { type MetaLocation, type MetaSource, metaSource } from "./meta_source.ts";
import { newUlid } from "./new_ulid.ts";
import { encodePythonJson } from "./python_json.ts";
import { runMetaDir } from "./run_paths.ts";
import { decodeTextAttribute } from "./text_attribute.ts";
import {
  userAttributes,
  type UserAttributesChange,
  userAttributesLog,
  type UserAttributesOptions,
} from "./user_attributes_log.ts";

/** Options of {@linkcode setUserAttributes}. */
export interface SetUserAttributesOptions {
  /** Names of attributes to remove. @default {[]} */
  readonly remove?: readonly string[];
  /** Who makes the change. Default: the user's login name. */
  readonly author?: string;
}

/** Returns the directory of a run's user attributes. It exists once there are any. */
export function userAttributesDir(run: MetaLocation): string {
  return (typeof run === "string" ? run : runMetaDir(run)).replace(/\.meta(\.zip)?$/, "") + ".user";
}

/**
 * Records a change of a run's attributes: some are set, some removed. Works on sealed runs too.
 *
 * @throws {TypeError} A value that JSON cannot hold; nothing is written then.
 *
 * @example Label a run
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync } from "node:fs";
 * import { readUserAttributes, setUserAttributes } from "runlit/user-attributes";
 *
 * const runsDir = mkdtempSync("/tmp/example-");
 * const run = { runDir: `${runsDir}/a1` };
 * await setUserAttributes(run, { label: "first try" });
 * await setUserAttributes(run, { label: "second try", n: 1 });
 * await setUserAttributes(run, {}, { remove: ["n"] });
 * assert.deepEqual(await readUserAttributes(run), { label: "second try" });
 * rmSync(runsDir, { recursive: true });
 * ```
 */
export async function setUserAttributes(
  run: MetaLocation,
  set: JsonObject,
  options: SetUserAttributesOptions = {},
): Promise<void> {
  const { remove = [], author = loginName() } = options;
  const change = encodePythonJson({ author, set, delete: remove }, { what: "user attributes" });
  const dir = userAttributesDir(run);
  makeDir(dir);
  const name = newUlid(Math.max(Date.now(), latest(dir) + 1));
  writeFileAtomicSync(join(dir, `${name}.json`), change, { mode: 0o444 });
}

/** Not with what is above it: without the runs directory there is no run. */
function makeDir(dir: string): void {
  try {
    mkdirSync(dir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/**
 * Time of the latest change: one made now comes after it, even if the clocks of two machines
 * differ.
 */
function latest(dir: string): number {
  let time = 0;
  for (const name of readdirSync(dir)) {
    const match = /^([0-9a-f]{8})-([0-9a-f]{4})-/.exec(name);
    if (match !== null) time = Math.max(time, parseInt(match[1]! + match[2]!, 16));
  }
  return time;
}

/** Reads a run's attributes as they are after all changes. */
export async function readUserAttributes(
  run: MetaLocation,
  options: UserAttributesOptions = {},
): Promise<Record<string, JsonValue>> {
  return userAttributes(userAttributesDir(run), textAttributes(run), options);
}

/** Reads the changes of a run's attributes, oldest first. */
export async function readUserAttributesLog(
  run: MetaLocation,
  options: UserAttributesOptions = {},
): Promise<UserAttributesChange[]> {
  return userAttributesLog(userAttributesDir(run), options);
}

/** In layout `text` meta holds the first values. */
function textAttributes(run: MetaLocation): Record<string, JsonValue> {
  let meta: MetaSource;
  try {
    meta = metaSource(run);
  } catch {
    // The attributes of a run whose meta is damaged or gone are still of use.
    return {};
  }
  const names = meta.names().filter((name) => /^user\/[^/]+$/.test(name));
  return Object.fromEntries(
    names.map((
      name,
    ) => [name.slice("user/".length), decodeTextAttribute(meta.read(name)!.toString())]),
  );
}

/** As Python's `getpass.getuser()`, which names authors in Gage. */
function loginName(): string {
  const { LOGNAME, USER, LNAME, USERNAME } = process.env;
  const name = LOGNAME || USER || LNAME || USERNAME;
  if (name) return name;
  try {
    return userInfo().username;
  } catch {
    // The user has no entry in the system's list, as in some containers.
    return String(process.getuid?.() ?? "");
  }
}
