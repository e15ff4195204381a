/**
 * The helpers that sessions have in scope.
 *
 * @module
 */

export { assert, assertEquals, AssertionError } from "./asserts.ts";
export { cat } from "./cat.ts";
export { catLog } from "./cat_log.ts";
export { cd } from "./cd.ts";
export { datetimeFromiso, datetimeNow } from "./dates.ts";
export { basename, makeDir, pathExists, pathJoin, read, sha256, touch, write } from "./files.ts";
export { ls, type LsOptions } from "./ls.ts";
export { deleteTempDir, makeTempDir } from "./temp_dirs.ts";
export { printl, udiff } from "./text.ts";
