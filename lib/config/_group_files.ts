/**
 * Which files a group of config paths is about.
 *
 * @module
 */

import { compileGlob } from "../files/glob.ts";
import type { ConfigGroup } from "./parse_config_paths.ts";

/** Compiles a group's file globs: the last that matches decides. */
export function groupFiles(group: ConfigGroup): (path: string) => boolean {
  const rules = group.files.map(({ glob, exclude }) => ({ matches: compileGlob(glob), exclude }));
  return (path) => {
    let selected = false;
    for (const rule of rules) {
      if (rule.exclude === selected && rule.matches(path)) selected = !rule.exclude;
    }
    return selected;
  };
}

/** Whether a glob names one thing only. */
export function isLiteral(glob: string): boolean {
  return !/[*?]/.test(glob);
}
