/**
 * Sends signals to processes that may be starting others at this very moment.
 *
 * @module
 */

import { setTimeout as sleep } from "node:timers/promises";
import { areStopped } from "./are_stopped.ts";
import { type ProcessSearch, searchProcesses, type WantedProcesses } from "./find_processes.ts";

/** How often there may be new ones: each time there are the children of those found before. */
const MOST_ROUNDS = 100;

/** Milliseconds that processes have to stop: one that hangs in the kernel does not. */
const STOP_MS = 1000;

/** Milliseconds that processes have to be gone after SIGKILL: only the kernel takes its time. */
const GONE_MS = 5000;

/**
 * Sends a signal to processes; returns how many there were.
 *
 * A process that is stopped starts no other one. So all are stopped first, until no further one is
 * found: a shell that is about to start a program does not get away with it.
 */
export function signalProcesses(wanted: WantedProcesses, signal: NodeJS.Signals): number {
  const held = holdProcesses(wanted);
  let count = 0;
  for (const pid of held) if (send(pid, signal)) count++;
  if (signal !== "SIGKILL") { for (const pid of held) send(pid, "SIGCONT"); }
  return count;
}

/** Stops processes with all that they start meanwhile. */
function holdProcesses(wanted: WantedProcesses): Set<number> {
  const held = new Set<number>();
  const isWhole = completeness();
  let end = performance.now() + STOP_MS;
  for (let rounds = 0; rounds < MOST_ROUNDS;) {
    // In this order: what had stopped before we looked has started nothing that we did not see.
    const stopped = areStopped([...held]);
    const search = searchProcesses(wanted);
    const whole = isWhole(search);
    const fresh = search.found.filter((pid) => !held.has(pid));
    for (const pid of fresh) {
      send(pid, "SIGSTOP");
      held.add(pid);
    }
    if (fresh.length > 0) {
      rounds++;
      end = performance.now() + STOP_MS;
    } else if ((stopped && whole) || performance.now() > end) break;
    else pause(1);
  }
  return held;
}

/** Kills processes, and waits until they are gone. */
export async function endProcesses(wanted: WantedProcesses): Promise<void> {
  if (signalProcesses(wanted, "SIGKILL") === 0) return;
  await processesGone(wanted, GONE_MS);
}

/** Waits until processes are gone; false if they are still there after so many milliseconds. */
export async function processesGone(wanted: WantedProcesses, most: number): Promise<boolean> {
  const end = performance.now() + most;
  const isWhole = completeness();
  for (let pause = 1;; pause = Math.min(2 * pause, 50)) {
    const search = searchProcesses(wanted);
    if (isWhole(search) && search.found.length === 0) return true;
    if (performance.now() > end) return false;
    await sleep(pause);
  }
}

/**
 * Tells of each search whether it has all processes. A process that ended after the search had begun
 * may have started one that the list does not have, but the next list does.
 */
function completeness(): (search: ProcessSearch) => boolean {
  let known = new Set<number>();
  return ({ ended, isUnsure }) => {
    const whole = !isUnsure && ended.every((pid) => known.has(pid));
    known = new Set(ended);
    return whole;
  };
}

/** Callers handle a signal, or end themselves: they cannot wait for a promise. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false; // It has just ended, or is not ours.
  }
}
