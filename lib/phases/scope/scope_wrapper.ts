/**
 * All layers of a scope around one command.
 *
 * @module
 * @internal
 */

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { CommandOutcome, CommandWrapper, SpawnSpec } from "../command_wrapper.ts";
import { bwrapWrapper } from "./bwrap/bwrap_wrapper.ts";
import { findProgram } from "./bwrap/find_program.ts";
import type { Bwrap } from "./bwrap/probe_bwrap.ts";
import { type CacheDirs, cacheDirs } from "./cache_dirs.ts";
import { type Cgroup, makeCgroup } from "./cgroup.ts";
import { watchDisk } from "./disk_watch.ts";
import { flagFacts } from "./flag_facts.ts";
import type { HiddenPath } from "./hidden_paths.ts";
import type { LimitPlan } from "./limit_plan.ts";
import { phaseScopeEnv } from "./phase_scope_env.ts";
import { type FlaggedSpec, isRuntime, runtimeFlags } from "./runtime_flags.ts";
import type { Scope, ScopeDirs } from "./scope.ts";
import { limitArgs } from "./scope_limits.ts";
import { visiblePaths } from "./visible_paths.ts";

/** What {@link scopeWrapper} has to know. */
export interface ScopeWrapperOptions {
  scope: Scope;
  dirs: ScopeDirs;
  /** Null: there is no sandbox, and the rest is enforced all the same. */
  bwrap: Bwrap | null;
  limits: LimitPlan;
  hidden: readonly HiddenPath[];
  /** Variables that are not the command's own. */
  inherited: Readonly<Record<string, string | undefined>>;
  /** Names of variables that always pass. */
  own: readonly string[];
  devRoot?: string;
  onWarning?: (message: string) => void;
}

/** Which flags of its runtime a command will get; null if none. */
export function flagLayer(spec: SpawnSpec, options: ScopeWrapperOptions): FlaggedSpec["layer"] {
  return isRuntime(spec) ? addFlags(spec, options).flagged.layer : null;
}

/** A command in the environment that its scope leaves, with the flags of its runtime. */
function addFlags(
  spec: SpawnSpec,
  options: ScopeWrapperOptions,
): { readonly caches: CacheDirs; readonly flagged: FlaggedSpec } {
  const { scope, dirs, hidden, bwrap } = options;
  const caches = scope.write.caches
    ? cacheDirs(dirs.home, options.inherited, {
      exists: existsSync,
      keep: [dirs.runs, dirs.run, ...(dirs.project === undefined ? [] : [dirs.project])],
    })
    : { dirs: [], env: {} };
  const env = phaseScopeEnv(spec.env, { ...options, caches, isSandboxed: bwrap !== null });
  const facts = flagFacts({ scope, dirs, hidden, caches: caches.dirs, cwd: spec.cwd, bwrap });
  return { caches, flagged: runtimeFlags({ ...spec, env }, facts) };
}

/** Makes the wrapper of one command. */
export function scopeWrapper(options: ScopeWrapperOptions): CommandWrapper {
  const { scope, dirs, bwrap, limits, hidden } = options;
  let inner: CommandWrapper | null = null;
  let cgroup: Cgroup | null = null;
  let unwatch: (() => void) | null = null;

  const prepare = async (given: SpawnSpec): Promise<SpawnSpec> => {
    const { caches, flagged } = addFlags({ ...given, cwd: resolve(given.cwd) }, options);
    let { spec } = flagged;
    if (bwrap !== null) {
      inner = bwrapWrapper({
        bwrap,
        scope,
        dirs,
        hidden,
        caches: caches.dirs,
        visible: visiblePaths(spec, { scope, dirs, hidden, inherited: options.inherited }),
        limits: { ...limits.process, core: limits.process.core || scope.debug },
        privateSize: limits.privateSize,
        devRoot: options.devRoot,
        onWarning: options.onWarning,
      });
      spec = await inner.prepare(spec);
    } else {
      // What is not there says so itself, and not in the words of what would have started it.
      if (findProgram(spec.file, spec.env.PATH, { cwd: spec.cwd }) === null) return spec;
      spec = behind(
        limitArgs(limits.process, PRLIMIT.find((path) => existsSync(path)) ?? null),
        spec,
      );
    }
    if (limits.cgroup !== null) {
      cgroup = makeCgroup(limits.cgroup);
      if (cgroup === null) throw new Error("no control group could be made for its limits");
      spec = behind(cgroup.start, spec);
    }
    return spec;
  };

  const started: CommandWrapper["started"] = (end) => {
    if (limits.disk === null) return;
    unwatch = watchDisk(dirs.run, (message) => end("disk-limit", message), limits.disk);
  };

  const finish = async (outcome: CommandOutcome): Promise<CommandOutcome> => {
    unwatch?.();
    const result = await inner?.finish?.(outcome) ?? outcome;
    const kills = cgroup?.oomKills() ?? 0;
    cgroup?.remove();
    if (kills === 0) return result;
    const { memory } = limits.cgroup!;
    if (result.ok) {
      // Whoever started it did not mind, or did not look: what it was to make is missing.
      const what = kills === 1 ? "A process" : `${kills} processes`;
      options.onWarning?.(
        `${what} of phase '${scope.phase}' took too much memory and ${
          kills === 1 ? "was" : "were"
        } killed: permissions.${scope.phase}.limits.memory is ${memory} bytes`,
      );
      return result;
    }
    return { ...result, message: `${result.message}: its memory limit is ${memory} bytes` };
  };

  return {
    prepare,
    started,
    signal: (name, pid) => inner?.signal?.(name, pid) ?? false,
    finish,
  };
}

const PRLIMIT = ["/usr/bin/prlimit", "/bin/prlimit"];

/** A command behind arguments that start it. */
function behind(start: readonly string[], spec: SpawnSpec): SpawnSpec {
  if (start.length === 0) return spec;
  const [file, ...args] = start;
  return { ...spec, file, args: [...args, spec.file, ...spec.args] };
}
