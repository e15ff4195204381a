/**
 * The commands of `runlit`. To add one: write `commands/<name>.ts`, which exports
 * `define(command)` (see `cli/command.ts`), and give it a line here.
 *
 * @module
 */

import type { CommandEntry } from "./cli/command.ts";

/** Every command, in the order in which `runlit --help` shows them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "version",
    group: "Help",
    summary: "show versions, to paste into a bug report",
    load: () => import("./commands/version.ts"),
  },
];
