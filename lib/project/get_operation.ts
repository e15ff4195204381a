/**
 * Finds an operation of a project by its name.
 *
 * @module
 */

import { ProjectError } from "../errors.ts";
import type { OpDef } from "../types.ts";
import { suggest } from "../suggest.ts";
import type { Project } from "./load_project.ts";

/**
 * Finds an operation of a project.
 *
 * Without a name it is the default: the one marked `default = true`, or the only one there is.
 *
 * @throws {ProjectError} There is no such operation: the message lists those there are, with the
 * nearest name.
 *
 * @example By name, or the default
 * ```ts
 * import assert from "node:assert/strict";
 * import { getOperation } from "runlit/get-operation";
 *
 * const train = { name: "train", data: { default: true } };
 * const project = { file: "runlit.toml", operations: [train, { name: "eval", data: {} }], settings: {} };
 * assert.equal(getOperation(project), train);
 * assert.throws(() => getOperation(project, "trian"), /did you mean 'train'/);
 * ```
 */
export function getOperation(project: Project, name?: string): OpDef {
  const { file, operations } = project;
  const list = operations.map((op) => `'${op.name}'`).join(", ");
  if (operations.length === 0) {
    throw new ProjectError(
      `There are no operations in '${file}': add one, such as [train] with exec = "python train.py"`,
      file,
    );
  }
  if (name !== undefined) {
    const found = operations.find((op) => op.name === name);
    if (found !== undefined) return found;
    const near = suggest(name, operations.map((op) => op.name));
    throw new ProjectError(
      `There is no operation '${name}' in '${file}'` +
        (near === null ? "" : `: did you mean '${near}'?`) + ` (there is ${list})`,
      file,
    );
  }
  const marked = operations.filter((op) => op.data.default === true);
  if (marked.length === 1) return marked[0];
  if (marked.length === 0 && operations.length === 1) return operations[0];
  throw new ProjectError(
    `Which operation? ${marked.length > 1 ? "Several are" : "None is"} marked 'default = true' ` +
      `in '${file}': name one of ${list}`,
    file,
  );
}
