/**
 * The script that a command line means, where it means one.
 *
 * @module
 */

import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { scriptLanguage } from "../../lib/guild/detect_flags.ts";
import { type ScriptOperation, scriptOperation } from "../../lib/guild/script_operation.ts";
import { getOperation } from "../../lib/project/get_operation.ts";
import type { OpDef } from "../../lib/types.ts";
import { UsageError } from "./usage_error.ts";
import { tellProblem, type Workspace, type WorkspaceOptions } from "./workspace.ts";

/** A script to be run. */
export interface FoundScript {
  readonly operation: ScriptOperation;
  /** The project that it belongs to: its own directory, if it is outside of the workspace's. */
  readonly projectDir: string;
}

/**
 * Finds the script that a word means: an operation of the project that has a `script`, or has the
 * path of one as its name and no `exec`; else the path of a script. Null if it means something else.
 *
 * @throws {FlagError} The script cannot be read, or does not parse.
 */
export async function findScript(
  workspace: Workspace,
  word: string | undefined,
  options: WorkspaceOptions,
): Promise<FoundScript | null> {
  const { project, location } = workspace;
  const declared = declaredOperation(workspace, word);
  if (declared !== null) {
    const { script, exec } = declared.data;
    const path = typeof script === "string" ? script : exec === undefined ? declared.name : null;
    if (path === null || !isScript(join(location.dir, path))) {
      if (typeof script !== "string") return null;
      throw new Error(
        `Cannot run '${declared.name}': its script '${script}' is no script in '${location.dir}'` +
          (project === null ? "" : ` ('script' in '${project.file}')`),
      );
    }
    const operation = await scriptOperation(location.dir, path, { declared });
    return { operation, projectDir: location.dir };
  }
  if (word === undefined) return null;
  const file = resolve(options.directory ?? ".", word);
  if (!isScript(file)) {
    if (scriptLanguage(word) === null) return null;
    tellProblem(workspace);
    throw new UsageError(`There is no script '${word}' in '${resolve(options.directory ?? ".")}'`);
  }
  tellProblem(workspace);
  // As the system names it, so that a link in its path does not make it another project's.
  const real = join(realpathSync(dirname(file)), file.slice(dirname(file).length));
  const inside = relative(realpathSync(location.dir), real);
  const isInside = inside !== "" && !inside.startsWith("..") && !isAbsolute(inside);
  const projectDir = isInside ? location.dir : dirname(file);
  const path = isInside ? inside : relative(dirname(file), file);
  return { operation: await scriptOperation(projectDir, path), projectDir };
}

/** The project's operation of that name, or its default one; null if there is none. */
function declaredOperation({ project }: Workspace, word: string | undefined): OpDef | null {
  if (project === null) return null;
  const named = project.operations.find((op) => op.name === word);
  if (named !== undefined) return named;
  if (word !== undefined && !word.includes("=")) return null;
  try {
    return getOperation(project);
  } catch {
    // Which it is has to be said, as whoever asks for its definition is told.
    return null;
  }
}

function isScript(file: string): boolean {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return false;
  if (scriptLanguage(file) !== null) return true;
  return scriptLanguage(file, readFileSync(file).subarray(0, 200).toString("latin1")) !== null;
}
