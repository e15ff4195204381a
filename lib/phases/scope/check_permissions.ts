/**
 * Do permissions make sense, whatever the run?
 *
 * @module
 * @internal
 */

import type { PhaseName } from "../../types.ts";
import type { Permissions } from "./permissions.ts";
import { resolveScope } from "./resolve_scope.ts";

const PHASES: readonly PhaseName[] = ["sourcecode", "runtime", "dependencies", "run", "finalize"];

/**
 * Resolves permissions for every phase, to find what is wrong with them before a run is made.
 *
 * @param layers Permissions, the project's before the operation's.
 *
 * @throws {ScopeError} A placeholder is unknown, or the network is asked for by host.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkPermissions } from "runlit/check-permissions";
 * import { parsePermissions } from "runlit/parse-permissions";
 *
 * checkPermissions([parsePermissions({ read: ["${home}/data"] })]);
 * assert.throws(
 *   () => checkPermissions([parsePermissions({ read: ["${hone}/data"] })]),
 *   /did you mean '\${home}'/,
 * );
 * ```
 */
export function checkPermissions(layers: readonly Permissions[]): void {
  // What the placeholders stand for makes no difference.
  const dirs = { project: "/p", run: "/r/1", runs: "/r", home: "/h", tmp: "/tmp", cache: "/c" };
  for (const phase of PHASES) resolveScope(layers, phase, dirs);
}
