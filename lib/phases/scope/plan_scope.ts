/**
 * Plans the scope of one execution of a phase.
 *
 * @module
 */

import { homedir } from "node:os";
import { dirname, resolve } from "node:path";
import type { Command, PhaseName } from "../../types.ts";
import { commandArgv } from "../command_argv.ts";
import type { CommandWrapper } from "../command_wrapper.ts";
import { isWithin } from "./bwrap/mount.ts";
import { type NoBwrap, probeBwrap } from "./bwrap/probe_bwrap.ts";
import { resolveLinks } from "./bwrap/resolve_links.ts";
import { cacheDir } from "./cache_dirs.ts";
import { canMakeCgroup } from "./cgroup.ts";
import { type HiddenPath, hiddenPaths } from "./hidden_paths.ts";
import { planLimits } from "./limit_plan.ts";
import type { Permissions } from "./permissions.ts";
import { resolveScope } from "./resolve_scope.ts";
import type { Scope, ScopeDirs } from "./scope.ts";
import { scopeEnv, type WithheldVariable } from "./scope_env.ts";
import { ScopeError } from "./scope_error.ts";
import { judgeScope } from "./judge_scope.ts";
import type { ScopePolicy } from "./scope_policy.ts";
import type { ScopeRecord } from "./scope_record.ts";
import { flagLayer, scopeWrapper, type ScopeWrapperOptions } from "./scope_wrapper.ts";

/** What {@link planScope} has to know. */
export interface PlanScopeOptions {
  phase: PhaseName;
  /** The run's directory, and its meta where that is not beside it. */
  run: { readonly runDir: string; readonly metaDir?: string };
  /** Permissions in the order in which they are merged: see `readPermissions`. Default: none. */
  permissions?: readonly Permissions[];
  /** Default: `prefer` if there are permissions, else `off`. */
  policy?: ScopePolicy | null;
  /** Directory of all runs. Default: that of the run. */
  runsDir?: string;
  /** Directory of the project, where it is known. */
  projectDir?: string;
  /** What is going to be executed in the run directory: some commands get flags of their runtime. */
  command?: Command;
  /** Files that the run's links lead to: they may be read, although their project is hidden. */
  linked?: readonly string[];
  /** Is told, when the command is about to start, what could not be shown as it was asked. */
  onWarning?: (message: string) => void;
  /** All variables of the command, or those that it inherits. Default: this process's. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Names of variables that always pass: the run's, and those of the command itself. */
  ownEnv?: Iterable<string>;
  /** Default: that of `env`, or of the user. */
  home?: string;
  /** Path of bubblewrap. Default: where it is usually found. */
  bwrap?: string;
  /** Default: this platform. */
  platform?: string;
  /** Directory of device nodes. Default: `/dev`. */
  devRoot?: string;
}

/** How a phase is going to be scoped. */
export interface ScopePlan {
  readonly scope: Scope;
  readonly policy: ScopePolicy;
  /** Whether the phase's files, network and processes are enforced. */
  readonly isScoped: boolean;
  /** To be passed to `runCommand` as `wrap`. Null: there is nothing to enforce. */
  readonly wrapper: CommandWrapper | null;
  /** To be passed to `runCommand`, where they are set. */
  readonly timeLimit?: number;
  readonly grace?: number;
  readonly outputLimit?: number;
  /** What to tell the user before the phase starts. */
  readonly warnings: readonly string[];
  readonly withheld: readonly WithheldVariable[];
  readonly hidden: readonly HiddenPath[];
  readonly dirs: ScopeDirs;
  /** What goes to meta; null if the phase is not to be scoped at all. */
  readonly record: ScopeRecord | null;
}

/**
 * Plans how a phase is scoped, for one command: what it may do, what enforces that, and what it is
 * not given. Nothing is started but bubblewrap itself, once, to see whether it works.
 *
 * @throws {ScopeError} Permissions make no sense; or the policy is `require`, and something that is
 * asked for cannot be enforced here.
 *
 * @example What the run phase does not see
 * ```ts
 * import assert from "node:assert/strict";
 * import { parsePermissions } from "runlit/parse-permissions";
 * import { planScope } from "runlit/plan-scope";
 *
 * const plan = await planScope({
 *   phase: "run",
 *   run: { runDir: "/srv/project/runs/1" },
 *   projectDir: "/srv/project",
 *   permissions: [parsePermissions({ net: false })],
 *   env: { PATH: "/usr/bin:/bin", HF_TOKEN: "hf_1" },
 * });
 * assert.equal(plan.scope.net.all, false);
 * assert.deepEqual(plan.withheld.map(({ name }) => name), ["HF_TOKEN"]);
 * assert.equal(plan.record!.policy, "prefer");
 * ```
 */
export async function planScope(options: PlanScopeOptions): Promise<ScopePlan> {
  const { phase, permissions = [], env = process.env } = options;
  const own = [...options.ownEnv ?? []];
  const policy = options.policy ?? (permissions.length > 0 ? "prefer" : "off");
  const dirs = scopeDirs(options, env);
  const asked = resolveScope(policy === "off" ? [] : permissions, phase, dirs);
  // Without the home there would be no environments, no caches and no settings.
  const holdsHome = asked.hidesProject && isWithin(dirs.home, dirs.project ?? dirs.run);
  const isNamed = [...asked.read.allow, ...asked.write.allow].includes(dirs.project ?? "");
  const hidesProject = asked.hidesProject && !holdsHome && !isNamed;
  const hiding = { ...asked, hidesProject, linked: options.linked ?? [] };
  const metaDir = options.run.metaDir === undefined ? undefined : resolve(options.run.metaDir);
  const toHide = policy === "off" || hiding.open
    ? []
    : hiddenPaths(hiding, dirs, { metaDir, path: env.PATH });
  const scope = { ...hiding, linked: hiding.linked.filter((path) => !isDenied(path, toHide)) };
  const nothing = { scope, policy, isScoped: false, withheld: [], hidden: [], dirs };
  if (policy === "off") return { ...nothing, wrapper: null, warnings: [], record: null };

  const { platform = process.platform } = options;
  const probed = scope.open ? OPEN : await probeBwrap({ file: options.bwrap, platform });
  const bwrap = "reason" in probed ? null : probed;
  // Without a sandbox nothing is hidden, whatever was to be.
  const hidden = bwrap === null ? [] : toHide;
  const limits = planLimits(scope.limits, {
    isSandboxed: bwrap !== null,
    isRoot: process.getuid?.() === 0,
    hasCgroup: canMakeCgroup,
    isPosix: platform !== "win32",
  });
  const { withheld } = scopeEnv(env, scope, { own });
  const { devRoot, onWarning } = options;
  const facts = { scope, policy, probed, limits, withheld, hidden, dirs, env, holdsHome, devRoot };
  const judged = judgeScope(facts);
  if (policy === "require" && judged.failure !== null) {
    throw new ScopeError(judged.failure, `permissions.${phase}`, phase);
  }
  // A command's own variables make nothing visible or writable: they may say anything.
  const inherited = Object.fromEntries(Object.entries(env).filter(([name]) => !own.includes(name)));
  const isNeeded = !scope.open || limits.enforced.length > 0;
  const layers = {
    ...{ scope, dirs, bwrap, limits, inherited, own, devRoot, onWarning },
    // Flags of runtimes are told all the same: they make for clear errors.
    hidden: toHide,
  };
  const flags = isNeeded ? flagsOf(options.command, layers, env) : null;
  const { timeLimit, grace, outputLimit } = limits;
  return {
    ...nothing,
    isScoped: bwrap !== null,
    withheld,
    hidden,
    timeLimit,
    grace,
    outputLimit,
    warnings: judged.warnings,
    // They make for clear errors: nothing is enforced by them.
    record: flags === null
      ? judged.record
      : { ...judged.record, layers: [...judged.record.layers, flags] },
    wrapper: isNeeded ? scopeWrapper(layers) : null,
  };
}

function flagsOf(
  command: Command | undefined,
  options: ScopeWrapperOptions,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  if (command === undefined) return null;
  const given = Object.entries(env).filter((entry): entry is [string, string] =>
    entry[1] !== undefined
  );
  const { file, args } = commandArgv(command);
  const spec = { file, args, cwd: options.dirs.run, env: Object.fromEntries(given) };
  return flagLayer(spec, options);
}

/** Profile `open`: no sandbox is needed, and none is looked for. */
const OPEN: NoBwrap = { reason: "", remedy: "" };

/** What is denied, and meta, are not seen through a link either. */
function isDenied(path: string, hidden: readonly HiddenPath[]): boolean {
  const real = resolveLinks(path).real ?? path;
  return hidden.some((place) => place.kind === "deny" && isWithin(real, place.real));
}

function scopeDirs(
  { run, runsDir, projectDir, home }: PlanScopeOptions,
  env: Readonly<Record<string, string | undefined>>,
): ScopeDirs {
  const place = resolve(home ?? (env.HOME?.startsWith("/") ? env.HOME : homedir()));
  const runDir = resolve(run.runDir);
  return {
    ...(projectDir === undefined ? {} : { project: resolve(projectDir) }),
    run: runDir,
    runs: resolve(runsDir ?? dirname(runDir)),
    home: place,
    tmp: "/tmp",
    cache: cacheDir(place, env),
  };
}
