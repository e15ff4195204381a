/**
 * Applies file rules to paths: the last rule that matches decides.
 *
 * @module
 */

import type { FileRule } from "./_parse_file_pattern.ts";
import { coversBelow, mayMatchBelow } from "./_glob_below.ts";
import { parseGlob } from "./_glob_steps.ts";
import type { GlobToken } from "./_glob_steps.ts";
import { compileGlob } from "./glob.ts";

/** What rules ask about a file, found out only when a rule asks. */
export interface FileFacts {
  size(): number;
  isText(): boolean;
}

/** Rules with what they have matched so far. */
export interface RuleSet {
  readonly fileRules: readonly ActiveRule[];
  readonly dirRules: readonly ActiveRule[];
}

/** One rule, its glob compiled, and what it has matched so far. */
export interface ActiveRule extends FileRule {
  readonly tokens: readonly GlobToken[];
  readonly matches: (path: string) => boolean;
  count: number;
  /** A file was left out, or let in, because this rule had reached its limit. */
  limited: boolean;
}

/** Compiles rules; each selection needs a set of its own, since rules with a limit count. */
export function ruleSet(rules: readonly FileRule[]): RuleSet {
  const active = rules.map((rule): ActiveRule => ({
    ...rule,
    tokens: parseGlob(rule.glob, "/"),
    matches: compileGlob(rule.glob),
    count: 0,
    limited: false,
  }));
  return {
    fileRules: active.filter((rule) => rule.type !== "dir"),
    dirRules: active.filter((rule) => rule.type === "dir"),
  };
}

/**
 * Decides about a file, and counts it for every rule that matches it.
 *
 * A rule at its limit no longer matches. It is marked as limited only if a file fares differently
 * because of that, so that exactly as many files as the limit says are no reason to warn.
 */
export function selectsFile(rules: RuleSet, path: string, facts: FileFacts): boolean {
  let selected = false;
  let selectedWithoutLimits = false;
  const full: ActiveRule[] = [];
  for (const rule of rules.fileRules) {
    if (rule.limited || !rule.matches(path) || !meetsConditions(rule, facts)) continue;
    selectedWithoutLimits = !rule.exclude;
    if (rule.count === rule.maxMatches) {
      full.push(rule);
    } else {
      rule.count++;
      selected = !rule.exclude;
    }
  }
  if (selected !== selectedWithoutLimits) {
    for (const rule of full) rule.limited = true;
  }
  return selected;
}

function meetsConditions(rule: ActiveRule, facts: FileFacts): boolean {
  const { sizeAbove, sizeBelow, type } = rule;
  if (sizeBelow !== undefined && !(facts.size() < sizeBelow)) return false;
  if (sizeAbove !== undefined && !(facts.size() > sizeAbove)) return false;
  // Last, since it may have to read the file.
  return type === undefined || facts.isText() === (type === "text");
}

/** Whether the rules might select a file of this name; for what cannot be opened to find out. */
export function selectsName(rules: RuleSet, path: string): boolean {
  const decides = rules.fileRules.findLast((rule) =>
    !rule.limited && !(rule.exclude && isConditional(rule)) && rule.matches(path)
  );
  return decides !== undefined && !decides.exclude;
}

/** Whether the `dir` rules let the walk enter a directory. */
export function entersDir(
  rules: RuleSet,
  path: string,
  hasSentinel: (sentinel: string) => boolean,
): boolean {
  const decides = rules.dirRules.findLast((rule) =>
    rule.matches(path) && (rule.sentinel === undefined || hasSentinel(rule.sentinel))
  );
  return decides === undefined || !decides.exclude;
}

/**
 * Whether a walk below a directory can make any difference: select a file, or count one for a rule
 * with a limit. False lets the walk skip directories that file rules exclude or never mention.
 */
export function mattersBelow(rules: RuleSet, dir: string): boolean {
  const below = `${dir}/`;
  const live = rules.fileRules.filter((rule) => !rule.limited);
  if (live.some((rule) => rule.maxMatches !== undefined && mayMatchBelow(rule.tokens, below))) {
    return true;
  }
  const decides = live.findLast((rule) =>
    rule.exclude
      ? !isConditional(rule) && coversBelow(rule.tokens, below)
      : mayMatchBelow(rule.tokens, below)
  );
  return decides !== undefined && !decides.exclude;
}

function isConditional(rule: ActiveRule): boolean {
  const { maxMatches, sizeAbove, sizeBelow, type } = rule;
  return type !== undefined || (maxMatches ?? sizeAbove ?? sizeBelow) !== undefined;
}
