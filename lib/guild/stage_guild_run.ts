/**
 * Stages runs in Guild's layout.
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseYamlAttribute } from "../meta/guild/parse_yaml_attribute.ts";
import { nextTimestamp } from "../meta/timestamps.ts";
import type { Config } from "../types.ts";
import { encodeExports, fullEnv, ownGuildEnv } from "./_guild_env.ts";
import { type GuildRun, writeAttr, writeFile } from "./guild_run.ts";

/**
 * Marks a run that is initialized as one to be started by somebody else, later. In 2019 such runs
 * are pending; later ones are staged, with their variables in `ENV`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
 * import { initGuildRun, makeGuildRun } from "runlit/guild-run";
 * import { runStatus } from "runlit/run-status";
 * import { scriptOperation } from "runlit/script-operation";
 * import { stageGuildRun } from "runlit/stage-guild-run";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeFileSync(`${dir}/say.sh`, "msg=hello\necho $msg\n");
 * const runs = mkdtempSync("/tmp/example-");
 * const run = makeGuildRun(runs);
 * const operation = await scriptOperation(dir, "say.sh");
 * await initGuildRun(run, { projectDir: dir, operation, flags: { msg: "hi" } });
 * stageGuildRun(run);
 * assert.equal(await runStatus(`${run.runDir}/.guild`), "staged");
 * assert.match(readFileSync(`${run.runDir}/.guild/ENV`, "utf8"), /^export FLAG_MSG=hi$/m);
 * rmSync(dir, { recursive: true });
 * rmSync(runs, { recursive: true });
 * ```
 */
export function stageGuildRun(run: GuildRun): void {
  const guild = join(run.runDir, ".guild");
  if (existsSync(join(guild, "opdef.json"))) return writeFile(run, "PENDING", "");
  const read = (name: string) =>
    parseYamlAttribute(readFileSync(join(guild, "attrs", name), "utf8"));
  const values = { command: read("cmd") as string[], flags: read("flags") as Config };
  writeFile(run, "ENV", encodeExports(fullEnv(ownGuildEnv(run, values))));
  writeAttr(run, "started", nextTimestamp());
  writeFile(run, "STAGED", "");
}
