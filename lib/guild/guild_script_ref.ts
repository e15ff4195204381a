/**
 * How Guild names a script.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { encodeGuildOpRef } from "../meta/guild/guild_opref.ts";
import type { GuildVersion } from "./guild_version.ts";
import type { ScriptOperation } from "./script_operation.ts";

/**
 * The text of a reference to a script. In 2019 it has the script's path and the MD5 of its bytes,
 * later that of the project.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { guildScriptRef } from "runlit/guild-script-ref";
 *
 * assert.equal(guildScriptRef("/p", { script: "say.py" }, "0.9"), "script:/p '' '' say.py");
 * ```
 */
export function guildScriptRef(
  projectDir: string,
  { script }: Pick<ScriptOperation, "script">,
  version: GuildVersion,
): string {
  const dir = resolve(projectDir);
  const path = join(dir, script);
  const [name, digest] = version === "2019"
    ? [path, createHash("md5").update(readFileSync(path)).digest("hex")]
    : [dir, ""];
  return encodeGuildOpRef({ type: "script", name, version: digest, model: "", op: script });
}
