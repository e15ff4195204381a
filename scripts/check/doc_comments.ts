/**
 * Checks that whatever is public is documented.
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSource } from "../house/parse_source.ts";
import { publicModules } from "../house/public_modules.ts";
import { ROOT } from "../house/root.ts";
import type { TaskResult } from "../house/run_tasks.ts";

/** Fails for public files without a `@module` doc, and for exports without a doc comment. */
export function checkDocComments(): Promise<TaskResult> {
  const problems: string[] = [];
  let count = 0;
  for (const { file } of publicModules()) {
    if (!existsSync(join(ROOT, file))) continue;
    const text = readFileSync(join(ROOT, file), "utf8");
    if (!/^(#!.*\n)?\/\*\*[^]*?@module\b[^]*?\*\//.test(text)) {
      problems.push(`${file}:1: a file begins with a doc comment that has the tag '@module'`);
    }
    for (const node of parseSource(text).body) {
      if (node.type !== "ExportNamedDeclaration" || !node.declaration) continue;
      count++;
      const comment = node.leadingComments?.at(-1);
      if (comment?.type === "CommentBlock" && comment.value.startsWith("*")) continue;
      const { id, declarations, type } = node.declaration;
      // The implementation of an overloaded function is not what callers see.
      if (type === "FunctionDeclaration" && hasOverload(text, id.name)) continue;
      const name = id?.name ?? declarations[0].id.name;
      problems.push(`${file}:${node.loc.start.line}: '${name}' has no doc comment`);
    }
  }
  return Promise.resolve({
    passed: problems.length === 0 ? 1 : 0,
    failed: problems.length === 0 ? 0 : 1,
    skipped: 0,
    note: `${count} exports`,
    details: problems.join("\n"),
  });
}

function hasOverload(text: string, name: string): boolean {
  return text.split(new RegExp(`^export (?:async )?function ${name}\\b`, "m")).length > 2;
}
