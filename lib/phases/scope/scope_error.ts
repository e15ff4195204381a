/**
 * The error for permissions that cannot be used, or cannot be enforced.
 *
 * @module
 */

import type { PhaseName } from "../../types.ts";

/** Permissions that make no sense, or that a policy requires and nothing here can enforce. */
export class ScopeError extends Error {
  override readonly name = "ScopeError";
  /** Where it is written, such as `permissions.run.net`; empty where no key is at fault. */
  readonly key: string;
  readonly phase: PhaseName | undefined;

  constructor(message: string, key: string = "", phase?: PhaseName, options?: ErrorOptions) {
    super(message, options);
    this.key = key;
    this.phase = phase;
  }
}
