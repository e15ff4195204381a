/** Attempts things in a scoped phase, as whoever executes this file. */

import { fileURLToPath } from "node:url";
import { readFileSync } from "node:fs";
import { CHECKED, FORBIDDEN, TRACING } from "../../lib/phases/scope/bwrap/syscall_numbers.ts";
import { parsePermissions } from "../../lib/phases/scope/parse_permissions.ts";
import { planScope } from "../../lib/phases/scope/plan_scope.ts";
import { type CommandResult, runCommand } from "../../lib/phases/run_command.ts";
import type { Command, PhaseName } from "../../lib/types.ts";
import type { Hosts, World } from "./_world.ts";

/** What is attempted, where. */
export interface Attempt {
  readonly world: Omit<World, "remove">;
  readonly phase?: PhaseName;
  readonly permissions?: unknown;
  readonly command: Command;
  /** The command's own variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Those that it inherits beside the usual ones. */
  readonly inherited?: Readonly<Record<string, string>>;
  readonly devRoot?: string;
  readonly timeLimit?: number;
  /** Default: the run directory. */
  readonly cwd?: string;
  /** Interrupts the command. */
  readonly signal?: AbortSignal;
  /** Is called when something was printed. */
  readonly onOutput?: () => void;
}

/** What came of it. */
export interface Attempted {
  readonly result: CommandResult;
  readonly output: string;
  readonly warnings: readonly string[];
}

/** Executes a command in a scoped phase of the world's run. */
export async function attempt(request: Attempt): Promise<Attempted> {
  const { world, phase = "run", permissions = {}, command } = request;
  const env = {
    PATH: process.env.PATH ?? "/usr/bin:/bin",
    HOME: world.home,
    P_SECRET_TOKEN: "hush",
    ...request.inherited,
    ...request.env,
  };
  const said: string[] = [];
  const plan = await planScope({
    phase,
    run: { runDir: world.run },
    runsDir: world.runs,
    projectDir: world.project,
    permissions: [parsePermissions(permissions)],
    policy: "prefer",
    env,
    ownEnv: Object.keys(request.env ?? {}),
    devRoot: request.devRoot,
    onWarning: (message) => said.push(message),
  });
  const chunks: Uint8Array[] = [];
  const result = await runCommand(command, {
    cwd: request.cwd ?? world.run,
    env,
    onOutput: (chunk) => {
      chunks.push(chunk.slice());
      request.onOutput?.();
    },
    timeLimit: plan.timeLimit ?? request.timeLimit ?? 60_000,
    grace: plan.grace,
    signal: request.signal,
    outputLimit: plan.outputLimit,
    wrap: plan.wrapper ?? undefined,
  });
  const output = Buffer.concat(chunks).toString("utf8");
  return { result, output, warnings: [...plan.warnings, ...said] };
}

/** The variables by which the probes know the world. */
export function probeEnv(
  world: Omit<World, "remove">,
  hosts: Omit<Hosts, "close">,
): Record<string, string> {
  const column = process.arch === "arm64" ? 1 : 0;
  const numbers = Object.entries({ ...FORBIDDEN, ...TRACING, ...CHECKED, chroot: [161, 51] })
    .map(([name, call]) => [`SYS_${name}`, String(call[column] ?? -1)]);
  return {
    ...Object.fromEntries(numbers),
    P_RUN: world.run,
    P_PROJECT: world.project,
    P_OTHER: world.other,
    P_HOME: world.home,
    P_DATA: world.data,
    P_DENIED: world.denied,
    P_TCP: String(hosts.tcp),
    P_UDP: String(hosts.udp),
    P_SOCKET: hosts.socket,
    P_ABSTRACT: hosts.abstract,
    P_PID: String(hosts.pid),
    P_MARK: hosts.mark,
  };
}

/** The probes as a command: their text is passed on, since their file is in the project. */
export function probeCommand(name: string): string[] {
  const file = fileURLToPath(new URL("./_probes.pl", import.meta.url));
  return ["perl", "-e", readFileSync(file, "utf8"), name];
}

// Executed by itself, with a request as its argument: as another user.
if (process.argv[2]?.startsWith("{") && process.argv[1]?.endsWith("_attempt.ts")) {
  void attempt(JSON.parse(process.argv[2]) as Attempt).then((attempted) => {
    console.log(JSON.stringify(attempted));
  });
}
