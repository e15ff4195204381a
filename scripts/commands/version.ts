/**
 * `runlit version`: what a bug report should say.
 *
 * @module
 */

import type { Command } from "commander";
import { arch, platform, release } from "node:os";
import { VERSION } from "../../lib/version.ts";
import { print } from "../cli/print.ts";

interface VersionOptions {
  json?: true;
}

/** Adds the command's options and action. */
export function define(command: Command): void {
  command.option("--json", "print an object").action(version);
}

function version(options: VersionOptions): void {
  const { deno, v8, node } = process.versions as Record<string, string>;
  const versions = {
    runlit: VERSION,
    runtime: deno === undefined ? `node ${node}` : `deno ${deno}`,
    v8,
    system: `${platform()} ${release()} ${arch()}`,
  };
  if (options.json) print(JSON.stringify(versions));
  else for (const [name, value] of Object.entries(versions)) print(`${name}\t${value}`);
}
