/**
 * The source code in a run of Guild's layout.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { copyFiles } from "../files/copy_files.ts";
import { parseFilePatterns } from "../files/parse_file_patterns.ts";
import { selectFiles } from "../files/select_files.ts";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { shellQuote } from "../meta/guild/shell_quote.ts";
import { leaveOutSecrets } from "../phases/scope/leave_out_secrets.ts";
import type { Config, OpDef } from "../types.ts";
import { patchFlags } from "./patch_flags.ts";

/** What was copied. */
export interface GuildSource {
  /** Text of `manifest`: a line for each file, with its SHA-1. */
  readonly manifest: string;
  /** MD5 of all paths and contents; null if there are no files. */
  readonly digest: string | null;
}

/** What of the project is source code, and what never is. */
export interface GuildSourceRules {
  readonly opdef: OpDef;
  readonly runsDir: string;
  /** Whether `.env` files that no pattern names are left out. */
  readonly withoutSecrets: boolean;
  readonly onWarning?: (message: string) => void;
}

/** Copies a project's source code into a run directory. */
export async function copyGuildSource(
  runDir: string,
  projectDir: string,
  { opdef, runsDir, withoutSecrets, onWarning }: GuildSourceRules,
): Promise<GuildSource> {
  const rules = parseFilePatterns(opdef.data.sourcecode);
  const selected = await selectFiles(projectDir, rules, { exclude: [resolve(runsDir)] });
  const { files, warnings } = withoutSecrets ? leaveOutSecrets(selected, rules) : selected;
  for (const { message } of warnings) onWarning?.(message);
  await copyFiles(files, runDir);
  const digest = createHash("md5");
  let manifest = "";
  for (const { path, kind } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (kind !== "file") continue;
    const data = readFileSync(join(runDir, path));
    digest.update(path).update("\0").update(data).update("\0");
    const sha1 = createHash("sha1").update(data).digest("hex");
    manifest += `s ${shellQuote(path)} ${sha1} ${shellQuote(path)}\n`;
  }
  return { manifest, digest: files.length === 0 ? null : digest.digest("hex") };
}

/** Sets flags that are in the source of a run's copy of a script. */
export async function setSourceFlags(runDir: string, opdef: OpDef, flags: Config): Promise<void> {
  const { patched } = await patchFlags(opdef, runDir, flags);
  if (patched === null || patched.changed.length === 0) return;
  writeFileAtomicSync(join(runDir, opdef.data.script as string), patched.bytes);
}
