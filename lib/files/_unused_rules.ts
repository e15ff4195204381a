/**
 * Finds rules that reached their limit or had no effect.
 *
 * @module
 */

import type { ActiveRule, RuleSet } from "./_rule_set.ts";
import type { FileWarning } from "./_selection.ts";
import { DEFAULT_FILE_PATTERNS } from "./default_file_patterns.ts";

/**
 * Returns a warning for each rule that left files out because of its limit, and for each include
 * rule that matched nothing, default rules excepted: an empty project is no mistake.
 */
export function unusedRules(rules: RuleSet): FileWarning[] {
  const warnings: FileWarning[] = [];
  for (const rule of rules.fileRules) {
    const isDefault = DEFAULT_FILE_PATTERNS.includes(rule.pattern);
    if (rule.limited) {
      warnings.push(limitWarning(rule));
    } else if (!rule.exclude && rule.count === 0 && !isDefault) {
      warnings.push(noMatch(rule, nameHint(rule.glob)));
    }
  }
  rules.dirRules.forEach((rule, i) => {
    // To enter a directory is the default, so that only what excludes makes such a rule useful.
    if (!rule.exclude && !rules.dirRules.slice(0, i).some((other) => other.exclude)) {
      const all = JSON.stringify(`${rule.glob}/**/*`);
      warnings.push(noMatch(rule, `; "dir" alone selects no file, use ${all}`));
    }
  });
  return warnings;
}

function limitWarning({ pattern, maxMatches, exclude }: ActiveRule): FileWarning {
  const outcome = exclude ? "further files were not excluded" : "further files were left out";
  const files = maxMatches === 1 ? "1 file" : `${maxMatches} files`;
  return {
    kind: "limit",
    path: pattern,
    message: `Pattern ${JSON.stringify(pattern)} reached its limit of ${files}, and ` +
      `${outcome}; raise "max-matches", or leave directories out, as in "-data dir"`,
  };
}

function noMatch({ pattern }: ActiveRule, hint: string): FileWarning {
  const message = `Pattern ${JSON.stringify(pattern)} matches no file${hint}`;
  return { kind: "no-match", path: pattern, message };
}

/** A glob that ends in a separator or in any number of names can match no file's path. */
function nameHint(glob: string): string {
  const [, dir] = /^(.*?)\/?(?:\*\*|\/)$/.exec(glob) ?? [];
  if (dir === undefined) return "";
  return `; to match files at any depth, use ${
    JSON.stringify(dir === "" ? "**/*" : `${dir}/**/*`)
  }`;
}
