/**
 * Sends signals to processes that may be starting others at this very moment.
 *
 * @module
 */

import { setTimeout as sleep } from "node:timers/promises";
import { findProcesses, type WantedProcesses } from "./find_processes.ts";

/** How often processes are looked for: each time there are the children of those found before. */
const MOST_ROUNDS = 100;

/** Milliseconds that processes have to be gone after SIGKILL: only the kernel takes its time. */
const GONE_MS = 5000;

/**
 * Sends a signal to processes; returns how many there were.
 *
 * A process that is stopped starts no other one. So all are stopped first, until no further one is
 * found: a shell that is about to start a program does not get away with it.
 */
export function signalProcesses(wanted: WantedProcesses, signal: NodeJS.Signals): number {
  const held = new Set<number>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const fresh = findProcesses(wanted).filter((pid) => !held.has(pid));
    if (fresh.length === 0) break;
    for (const pid of fresh) {
      send(pid, "SIGSTOP");
      held.add(pid);
    }
  }
  let count = 0;
  for (const pid of held) if (send(pid, signal)) count++;
  if (signal !== "SIGKILL") { for (const pid of held) send(pid, "SIGCONT"); }
  return count;
}

/** Kills processes, and waits until they are gone. */
export async function endProcesses(wanted: WantedProcesses): Promise<void> {
  if (signalProcesses(wanted, "SIGKILL") === 0) return;
  await processesGone(wanted, GONE_MS);
}

/** Waits until processes are gone; false if they are still there after so many milliseconds. */
export async function processesGone(wanted: WantedProcesses, most: number): Promise<boolean> {
  const end = performance.now() + most;
  for (let pause = 1; findProcesses(wanted).length > 0; pause = Math.min(2 * pause, 50)) {
    if (performance.now() > end) return false;
    await sleep(pause);
  }
  return true;
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false; // It has just ended, or is not ours.
  }
}
