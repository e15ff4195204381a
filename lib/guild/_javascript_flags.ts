/**
 * Flags of JavaScript and TypeScript.
 *
 * @module
 */

import { configFormat } from "../config/config_format.ts";
import { parseJavascript } from "../config/javascript_tree.ts";
import type { DetectedFlags } from "./detect_flags.ts";
import { flagsOfOptions } from "./_found_options.ts";
import { globalFlags } from "./_global_flags.ts";
import { type JsNode, readJsScript } from "./_javascript_calls.ts";
import { commanderOptions } from "./_javascript_commander.ts";
import { parseArgsOptions } from "./_javascript_parse_args.ts";
import { yargsOptions } from "./_javascript_yargs.ts";

/** Packages that read arguments in ways of their own. */
const OTHERS =
  /^(?:npm:)?(?:cac|meow|citty|sade|oclif|@oclif\/core|clipanion|arg|command-line-args)(?:[@/].*)?$/;

export async function javascriptFlags(source: string, path: string): Promise<DetectedFlags> {
  const format = configFormat(path) === undefined ? "javascript" : configFormat(path)!;
  const body = await parseJavascript(source, configFormat(path) === undefined ? "a.js" : path);
  const script = readJsScript(body as unknown as JsNode[], source);
  const origins = [...script.imports.values()];
  const modules = origins.map((origin) => origin.slice(0, origin.lastIndexOf("#")));
  const base = { language: "javascript" } as const;
  const uses = (pattern: RegExp) => modules.some((name) => pattern.test(name));
  const isParseArgs = origins.some((origin) =>
    /(?:^|:)util#(?:parseArgs|default|\*)$/.test(origin) && /\bparseArgs\b/.test(source) ||
    /[/@](?:cli|flags)(?:@[^/#]*)?(?:\/[\w.-]+)*#(?:parseArgs|parse)$/.test(origin)
  );

  const found = uses(/^(?:npm:)?(?:commander|@commander-js\/extra-typings)(?:@.*)?$/)
    ? commanderOptions(script)
    : uses(/^(?:npm:)?yargs(?:@.*|\/.*)?$/)
    ? yargsOptions(script)
    : isParseArgs || uses(/^(?:npm:)?(?:minimist|mri)(?:@.*)?$/)
    ? parseArgsOptions(script)
    : null;
  if (found !== null) {
    const { description } = found;
    const described = description === undefined ? {} : { description };
    return { ...base, dest: "args", ...flagsOfOptions(found), ...described };
  }
  const other = modules.find((name) => OTHERS.test(name));
  if (other !== undefined) {
    const reason = `flags of '${other}' cannot be read from the script`;
    return {
      ...base,
      dest: "args",
      flags: [],
      unknown: [{ what: "its options", reason, line: 1 }],
    };
  }
  return { ...base, dest: "globals", flags: await globalFlags(source, format, path), unknown: [] };
}
