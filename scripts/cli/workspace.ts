/**
 * Where a command works: the project, and the runs directory.
 *
 * @module
 */

import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { ProjectError } from "../../lib/errors.ts";
import { setDurability } from "../../lib/files/durability.ts";
import { findProject, type ProjectLocation } from "../../lib/project/find_project.ts";
import { loadProject, type Project } from "../../lib/project/load_project.ts";
import { runsDir } from "../../lib/project/runs_dir.ts";
import { UsageError } from "./usage_error.ts";
import { warn } from "./print.ts";

/** Options that say where a command works. */
export interface WorkspaceOptions {
  /** Directory to begin in. Default: the process's. */
  directory?: string;
  /** Runs directory. Default: see `runsDir()`. */
  runs?: string;
}

/** Where a command works. */
export interface Workspace {
  readonly location: ProjectLocation;
  /** The project file's content; null without one, or with one that cannot be used. */
  readonly project: Project | null;
  /** Why the project file cannot be used, if that is not told yet. */
  readonly problem?: ProjectError;
  /** Absolute path of the runs directory, which need not exist. */
  readonly runsDir: string;
}

/** Adds the options to a command. */
export function addWorkspaceOptions(command: Command): Command {
  return command
    .option("-C, --directory <dir>", "work as if started in this directory")
    .option("--runs <dir>", "runs directory");
}

/** Adds the option of commands that change runs. */
export function addDurabilityOption(command: Command): Command {
  return command.addOption(
    command.createOption(
      "--durability <level>",
      "what written data survives: power failures, or less",
    )
      .choices(["safe", "fast"])
      .env("RUNLIT_DURABILITY"),
  ).hook("preAction", () => setDurability(command.opts().durability ?? "safe"));
}

/**
 * Finds out where to work. A project file that cannot be used is a warning, since runs can be
 * looked at without. What needs its operations calls {@link requireProject}, where it is an error:
 * with `quiet` nothing is said of it before.
 */
export async function openWorkspace(
  options: WorkspaceOptions,
  { quiet = false }: { quiet?: boolean } = {},
): Promise<Workspace> {
  const location = findProject(resolve(options.directory ?? "."));
  let project: Project | null = null;
  let problem: ProjectError | undefined;
  try {
    if (location.file !== null) project = await loadProject(location.file);
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    if (quiet) problem = error;
    else warn(error.message);
  }
  const { runs } = options;
  return {
    location,
    project,
    problem,
    runsDir: runsDir(location, { runs, settings: project?.settings }),
  };
}

/** Warns of a project file that cannot be used, where that is not told yet. */
export function tellProblem({ problem }: Workspace): void {
  if (problem !== undefined) warn(problem.message);
}

/** The project of a workspace, for what cannot do without its operations. */
export async function requireProject(workspace: Workspace): Promise<Project> {
  if (workspace.project !== null) return workspace.project;
  if (workspace.problem !== undefined) throw workspace.problem;
  const { dir, file } = workspace.location;
  // Loaded once more: now it has to succeed, or say why it does not.
  if (file !== null) return await loadProject(file);
  throw new UsageError(
    `There is no project file in '${dir}' or above: write a 'runlit.toml' with an operation, ` +
      `such as [train] with exec = "python train.py"`,
  );
}

/** Creates the runs directory if it is not there. */
export function ensureRunsDir(workspace: Workspace): string {
  mkdirSync(workspace.runsDir, { recursive: true });
  return workspace.runsDir;
}
