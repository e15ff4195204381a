/**
 * Ends a command with all that it has started: asks first, then kills.
 *
 * @module
 */

import { alarm } from "./_alarm.ts";
import { isGroupAlive, killGroup } from "./kill_group.ts";

/** How long processes may take to vanish once they are killed, in milliseconds. */
const AFTER_KILL = 10_000;

/** Options of {@link GroupEnder}. */
export interface EndGroupOptions {
  /** Milliseconds between the request to end and `SIGKILL`. */
  readonly grace: number;
  /** Delivers the request in another way than to the group; false if it could not. */
  readonly deliver?: (signal: NodeJS.Signals) => boolean;
}

/** What became of processes that were still there when their leader had exited. */
export type Stragglers = "none" | "ended" | "left";

/** Ends one command. Owns a timer until the command is gone. */
export class GroupEnder {
  readonly #leader: number;
  readonly #options: EndGroupOptions;
  #asked = false;
  #killedAt: number | null = null;
  #cancel: () => void = () => {};

  constructor(leader: number, options: EndGroupOptions) {
    this.#leader = leader;
    this.#options = options;
  }

  /** Whether the command was asked to end, or killed. */
  get asked(): boolean {
    return this.#asked;
  }

  /** Asks the command to end, and kills it when `grace` is over. Only the first time. */
  ask(signal: NodeJS.Signals): void {
    if (this.#asked) return;
    this.#asked = true;
    if (!this.#options.deliver?.(signal)) killGroup(this.#leader, signal);
    // A stopped process does not get to see the request.
    killGroup(this.#leader, "SIGCONT");
    this.#cancel = alarm(this.#options.grace, () => this.kill());
  }

  /** Kills the command at once. */
  kill(): void {
    this.#asked = true;
    this.#cancel();
    this.#killedAt ??= performance.now();
    killGroup(this.#leader, "SIGKILL");
  }

  /**
   * Resolves when no process of the command is alive. Those that are get `linger` milliseconds to
   * end by themselves, then they are asked to.
   */
  async gone(linger: number): Promise<Stragglers> {
    const start = performance.now();
    let found: Stragglers = "none";
    for (let pause = 2; isGroupAlive(this.#leader); pause = Math.min(50, pause * 1.5)) {
      if (performance.now() - start >= linger) this.ask("SIGTERM");
      if (this.#asked) found = "ended";
      if (this.#killedAt !== null) {
        // Again, for what was started meanwhile. What hangs in the kernel cannot be waited for.
        this.kill();
        if (performance.now() - this.#killedAt > AFTER_KILL) return "left";
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    this.#cancel();
    return found;
  }

  /** Frees the timer of a command that is known to be gone. */
  dispose(): void {
    this.#cancel();
  }
}
