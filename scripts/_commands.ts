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
    name: "run",
    group: "Make runs",
    summary: "run an operation: every phase, from a project to a sealed run",
    load: () => import("./commands/run.ts"),
  },
  {
    name: "make",
    group: "Make runs",
    summary: "make a run, and print its ID",
    load: () => import("./commands/make.ts"),
  },
  {
    name: "init",
    group: "Make runs",
    summary: "initialize the meta of runs",
    load: () => import("./commands/init.ts"),
  },
  {
    name: "stage",
    group: "Make runs",
    summary: "stage runs: source code, config, runtime, dependencies",
    load: () => import("./commands/stage.ts"),
  },
  {
    name: "exec",
    group: "Make runs",
    summary: "execute staged runs",
    load: () => import("./commands/exec.ts"),
  },
  {
    name: "finalize",
    group: "Make runs",
    summary: "finalize runs that are over, and seal them",
    load: () => import("./commands/finalize.ts"),
  },
  {
    name: "resume",
    group: "Make runs",
    summary: "run what is missing of a batch, or has failed",
    load: () => import("./commands/resume.ts"),
  },
  {
    name: "list",
    aliases: ["ls", "runs"],
    group: "Look at runs",
    summary: "list runs",
    load: () => import("./commands/list.ts"),
  },
  {
    name: "show",
    group: "Look at runs",
    summary: "show all that is known about a run",
    load: () => import("./commands/show.ts"),
  },
  {
    name: "cat",
    group: "Look at runs",
    summary: "print what a run printed, or a file of it",
    load: () => import("./commands/cat.ts"),
  },
  {
    name: "scope",
    group: "Look at runs",
    summary: "show what the phases of an operation may do, and what enforces it",
    load: () => import("./commands/scope.ts"),
  },
  {
    name: "test",
    group: "Documents and REPL",
    summary: "run documents, and tell whether they are true",
    load: () => import("./commands/test.ts"),
  },
  {
    name: "repl",
    group: "Documents and REPL",
    summary: "start a TypeScript prompt in which runs are at hand",
    load: () => import("./commands/repl.ts"),
  },
  {
    name: "flags",
    group: "Help",
    summary: "list the flags of a script",
    load: () => import("./commands/flags.ts"),
  },
  {
    name: "complete",
    group: "Help",
    summary: "complete words in bash, zsh or fish",
    load: () => import("./commands/complete.ts"),
  },
  {
    name: "version",
    group: "Help",
    summary: "show versions, to paste into a bug report",
    load: () => import("./commands/version.ts"),
  },
];
