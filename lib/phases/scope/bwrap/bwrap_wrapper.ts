/**
 * Runs a phase's command inside bubblewrap.
 *
 * @module
 * @internal
 */

import { closeSync, mkdirSync, openSync, readFileSync, readSync } from "node:fs";
import { isProcessAlive } from "../../../runtime/process_identity.ts";
import type { CommandOutcome, CommandWrapper, SpawnSpec } from "../../command_wrapper.ts";
import { killGroup } from "../../kill_group.ts";
import { forgetProbe } from "./probe_cache.ts";
import { type MessageFile, openMessageFile, openUnnamedFile } from "./_unnamed_file.ts";
import { bwrapArgs, innerPasswd } from "./bwrap_args.ts";
import type { BwrapOptions } from "./bwrap_options.ts";
import { bwrapStart, sharesDevices } from "./bwrap_start.ts";
import { readBwrapStatus } from "./bwrap_status.ts";
import { SIGN } from "./launcher_script.ts";
import { innerCommand } from "./inner_command.ts";
import { seccompFilter } from "./seccomp_filter.ts";
import { type Ending, translateOutcome } from "./translate_outcome.ts";

/** How long the processes of a sandbox may take to vanish once it is over, in milliseconds. */
const VANISH = 10_000;

/** Wraps one command. Its descriptors are closed, and its processes gone, when it is finished. */
export function bwrapWrapper(options: BwrapOptions): CommandWrapper {
  const { bwrap, scope } = options;
  const isRoot = process.getuid?.() === 0;
  const open: number[] = [];
  let status: MessageFile | null = null;
  let failure: CommandOutcome | null = null;
  let isShell = false;
  /** By their positions we see how the command has ended, and its launcher that we asked it to. */
  let signs: readonly number[] = [];
  let asked: NodeJS.Signals | null = null;

  const prepare = (spec: SpawnSpec): SpawnSpec => {
    for (const dir of options.caches) makeDir(dir);
    const before = spec.extraFds ?? [];
    signs = openSigns(before.length + 3);
    open.push(...signs);
    const numbers = [before.length + 3, before.length + 4, before.length + 5] as const;
    const inner = innerCommand(spec, options, signs.length > 0 ? numbers : null);
    if ("outcome" in inner) {
      failure = inner.outcome;
      throw new Error(failure.message);
    }
    for (const warning of inner.mounts.warnings) options.onWarning?.(warning);
    isShell = inner.isShell;
    const fds: number[] = [...before];
    /** Opens for the sandbox, and says which number it will have there. */
    const pass = (fd: number): number => {
      open.push(fd);
      return fds.push(fd) + 2;
    };
    if (inner.tellsEnding) fds.push(...signs);
    status = openMessageFile();
    open.push(status.reader);
    const filter = seccompFilter({ unix: scope.net.unix, debug: scope.debug });
    const passwd = isRoot ? readText("/etc/passwd") : "";
    const args = bwrapArgs({
      bwrap,
      scope,
      mounts: inner.mounts,
      env: inner.env,
      cwd: spec.cwd,
      isRoot,
      privateSize: options.privateSize,
      fds: {
        status: pass(status.writer),
        ...(filter === null ? {} : { seccomp: pass(openUnnamedFile(filter)) }),
        ...(passwd === "" ? {} : { passwd: pass(openUnnamedFile(innerPasswd(passwd, 0))) }),
      },
    });
    // Arguments would be seen by everyone on the machine, values of variables among them.
    const list = pass(openUnnamedFile(args.map((arg) => `${arg}\0`).join("")));
    const locks = bwrap.locksDevices && sharesDevices(bwrap.devices, inner.mounts.mounts);
    const start = bwrapStart(bwrap.file, locks);
    const [file, ...rest] = [...start, "--args", String(list), "--", ...inner.argv];
    return {
      file,
      args: rest,
      cwd: "/",
      // What is set for the phase must not change how bubblewrap itself is loaded.
      env: {},
      extraFds: fds,
    };
  };

  const signal = (name: NodeJS.Signals): boolean => {
    const init = status === null ? null : readBwrapStatus(status.reader).initPid;
    if (init === null) return false;
    asked = name;
    if (signs.length > 0) readLine(signs[2]);
    // The first process inside leads a session, and does not mind the signal itself.
    const sent = killGroup(init, name);
    killGroup(init, "SIGCONT");
    return sent;
  };

  const finish = async (outcome: CommandOutcome): Promise<CommandOutcome> => {
    const report = status === null ? null : readBwrapStatus(status.reader);
    const ended = readEnding(signs);
    for (const fd of open.splice(0)) closeSync(fd);
    if (failure !== null) return failure;
    if (report === null) return outcome;
    if (report.initPid !== null) await vanished(report.initPid);
    const result = translateOutcome(outcome, report.exitCode, { isShell, asked, ended });
    if (result.reason === "spawn-failed") forgetProbe();
    return result;
  };

  return { prepare, signal, finish };
}

/** Opens what the launcher is to read; nothing where its shell could not name the descriptors. */
function openSigns(first: number): number[] {
  if (first > 6) return [];
  try {
    return [openSync(SIGN, "r"), openSync(SIGN, "r"), openSync(SIGN, "r")];
  } catch {
    return [];
  }
}

/** How the command has ended, by what its launcher has read; null if it told nothing. */
function readEnding(signs: readonly number[]): Ending | null {
  const [told, signalled] = signs.map((fd) => readLine(fd) === 0);
  return !told ? null : signalled ? "signalled" : "exited";
}

/** Reads on, as far as there is something to read; returns how much there was. */
function readLine(fd: number): number {
  return readSync(fd, new Uint8Array(64), 0, 64, null);
}

/** Waits until the first process of a sandbox is gone: it is the last one to go. */
async function vanished(init: number): Promise<void> {
  const start = performance.now();
  while (isBwrap(init) && performance.now() - start < VANISH) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function isBwrap(pid: number): boolean {
  return isProcessAlive(pid) && readText(`/proc/${pid}/comm`).trim() === "bwrap";
}

function makeDir(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch {
    // What cannot be made is not there: the program that looks for it says so.
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
