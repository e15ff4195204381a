/**
 * Which links of dependencies are followed.
 *
 * The files of another run were left by its phases, which may have been held by a scope: a link among
 * them could have us copy for the next run what neither of them may read.
 *
 * @module
 */

import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { DependencyError } from "../errors.ts";
import { excludePattern } from "../files/exclude_pattern.ts";
import { readMetaText } from "../meta/read_meta.ts";
import type { OpDef, Run } from "../types.ts";
import type { ResolvedDependency } from "./_dependency_record.ts";
import { linkOut } from "./_link_out.ts";
import { realPath } from "./_real_path.ts";
import { runsDirOf } from "./_runs_dir_of.ts";
import { isScopeAsked } from "./_scope_phase.ts";
import type { PhaseOptions } from "./phase_options.ts";

/** Says whether a link is followed, or throws an error that says why not. */
export type FollowsLink = (target: string, path: string) => boolean;

/** What {@link followedLinks} has to know. */
export interface FollowedLinksOptions extends PhaseOptions {
  readonly opdef: OpDef;
  readonly projectDir: string;
}

/**
 * Returns which links of `other`, a run that a dependency of `run` names, are followed: those that it
 * had declared as dependencies itself, and those to what the run phase of `run` may read anyway.
 *
 * @param from Directory of the other run that the files are selected from.
 *
 * @throws {DependencyError} That directory is a link that is not followed.
 */
export async function followedLinks(
  run: Run,
  other: Run,
  from: string,
  options: FollowedLinksOptions,
): Promise<FollowsLink> {
  const { opdef, projectDir, scope, permissions = [] } = options;
  if (!isScopeAsked(opdef, options)) return () => true;
  const { lineToRead, planScope, readPermissions } = await import(
    "../phases/scope/scoping.ts"
  );
  const plan = await planScope({
    phase: "run",
    run: { runDir: run.runDir },
    permissions: [...permissions, ...readPermissions(opdef)],
    policy: scope,
    runsDir: runsDirOf(run),
    projectDir,
  });
  const root = realpathSync(other.runDir);
  const declared = await declaredLinks(other);
  const follows: FollowsLink = (target, path) => {
    if (`${target}/`.startsWith(`${root}/`) || declared.has(target)) return true;
    const line = lineToRead(plan, target);
    if (line === null) return true;
    const pattern = excludePattern(path, statSync(target).isDirectory() ? " dir" : "");
    throw new DependencyError(
      `Cannot resolve dependency '${path}' of operation '${opdef.name}': run '${other.name}' has a ` +
        `link there, to '${target}', which phase 'run' may not read; leave it out with ` +
        `${pattern}, or allow it: ${line}`,
    );
  };
  const out = linkOut(other.runDir, from);
  if (out !== null && out.target !== null) follows(out.target, out.link);
  return follows;
}

/** What the links lead to that a run has declared, and not made in one of its phases. */
async function declaredLinks(run: Run): Promise<ReadonlySet<string>> {
  const text = await readMetaText(run, "dependencies.json");
  const resolved: readonly ResolvedDependency[] = text === null ? [] : JSON.parse(text);
  const linked = resolved.flatMap(({ source, files }) =>
    files.filter(({ link }) => link).map((file) => join(source, file.source))
  );
  return new Set(linked.map(realPath).filter((path) => path !== null));
}
