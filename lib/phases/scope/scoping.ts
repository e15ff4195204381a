/**
 * All that scoping a phase takes, for those who load it only when a phase is scoped: a module that is
 * loaded by itself costs up to a millisecond.
 *
 * @module
 * @internal
 */

export { checkPermissions } from "./check_permissions.ts";
export { lineToRead } from "./line_to_read.ts";
export { planScope } from "./plan_scope.ts";
export { readPermissions } from "./read_permissions.ts";
export { scopePolicy } from "./scope_policy.ts";
export { addScopeRecord, SCOPE_FILE } from "./scope_record.ts";
