/**
 * Keeps files with secrets out of the source code of scoped runs.
 *
 * @module
 * @internal
 */

import { posix } from "node:path";
import { excludePattern } from "../../files/exclude_pattern.ts";
import { compileGlob } from "../../files/glob.ts";
import type { FileRule } from "../../files/parse_file_patterns.ts";
import type { FileSelection, FileWarning, SelectedFile } from "../../files/select_files.ts";
import { isSecretFile } from "./secret_paths.ts";

/**
 * Leaves `.env` files out of what was selected, with a warning, unless a pattern names them: a scope
 * hides them in the project, and a copy in the run would show them to every phase, and stay.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { leaveOutSecrets } from "runlit/leave-out-secrets";
 * import { parseFilePatterns } from "runlit/parse-file-patterns";
 *
 * const file = { source: "/p/.env", kind: "file", size: 1, mode: 0o644, mtimeMs: 0 } as const;
 * const files = [{ path: ".env", ...file }, { path: "train.py", ...file }];
 * const select = (...patterns: string[]) =>
 *   leaveOutSecrets({ files, warnings: [] }, parseFilePatterns(patterns));
 * const { files: left, warnings } = select("*");
 * assert.deepEqual(left.map(({ path }) => path), ["train.py"]);
 * assert.match(warnings[0].message, /^Left out "\.env": it may hold secrets/);
 * assert.equal(select(".env", "*.py").files.length, 2);
 * assert.equal(select("*", ".env.example").files.length, 1);
 * ```
 */
export function leaveOutSecrets(
  { files, warnings }: FileSelection,
  rules: readonly FileRule[],
): FileSelection {
  const naming = rules.filter(({ exclude, glob }) =>
    !exclude && posix.basename(glob).startsWith(".env")
  ).map(({ glob }) => compileGlob(glob));
  const isSecret = ({ path }: SelectedFile) =>
    isSecretFile(posix.basename(path)) && !naming.some((names) => names(path));
  const leftOut = files.filter(isSecret).map(({ path }): FileWarning => ({
    kind: "secret",
    path,
    message: `Left out ${JSON.stringify(path)}: it may hold secrets; to copy it, name it in ` +
      `'sourcecode'; ${excludePattern(path)} silences this`,
  }));
  return {
    files: files.filter((file) => !isSecret(file)),
    warnings: [...warnings, ...leftOut],
  };
}
