/**
 * Helpers for documents and the REPL: files and directories, assertions, times.
 *
 * In a session each has two names, as here and with underscores: `catLog` and `cat_log`.
 *
 * @example Look at what is in a directory
 * ```ts
 * import assert from "node:assert/strict";
 * import { basename, deleteTempDir, makeTempDir, pathExists, pathJoin, sha256, write } from "runlit/helpers";
 *
 * const dir = makeTempDir();
 * const path = pathJoin(dir, "config.json");
 * write(path, '{"x": 124}');
 * assert.equal(basename(path), "config.json");
 * assert.equal(sha256(path), "5cc1441b4902cd35921288754e412e0eb949d44d81e4e0fcb281a913a7c3e820");
 * deleteTempDir(dir);
 * assert(!pathExists(path));
 * ```
 *
 * @module
 */

export * from "./assert.ts";
export * from "./assert_equals.ts";
export * from "./assertion_error.ts";
export * from "./basename.ts";
export * from "./cat.ts";
export * from "./cat_log.ts";
export * from "./cd.ts";
export * from "./datetime_fromiso.ts";
export * from "./datetime_now.ts";
export * from "./delete_temp_dir.ts";
export * from "./ls.ts";
export * from "./make_dir.ts";
export * from "./make_temp_dir.ts";
export * from "./path_exists.ts";
export * from "./path_join.ts";
export * from "./printl.ts";
export * from "./read.ts";
export * from "./sha256.ts";
export * from "./touch.ts";
export * from "./udiff.ts";
export * from "./write.ts";
