/**
 * What the sandbox of a phase is made from.
 *
 * @module
 * @internal
 */

import type { HiddenPath } from "../hidden_paths.ts";
import type { Scope, ScopeDirs } from "../scope.ts";
import type { ProcessLimits } from "../scope_limits.ts";
import type { Bwrap } from "./probe_bwrap.ts";

/** What `bwrapWrapper` has to know. */
export interface BwrapOptions {
  bwrap: Bwrap;
  scope: Scope;
  dirs: ScopeDirs;
  hidden: readonly HiddenPath[];
  /** Cache directories that are writable; those that do not exist are made. */
  caches: readonly string[];
  /** Paths that are visible read-only whatever the scope says, such as a file of certificates. */
  visible: readonly string[];
  limits: ProcessLimits;
  /** Bytes that each private directory may hold. Default: half of the memory. */
  privateSize?: number;
  /** Directory of device nodes. Default: `/dev`. */
  devRoot?: string;
  /** Is told what could not be done as asked. */
  onWarning?: (message: string) => void;
}
