/**
 * What Ctrl-C and its like do while a run is going on.
 *
 * @module
 */

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Hands the signals that would end this process to something else. */
export interface SignalTrap {
  /** Aborts when a signal arrives, with the signal's name as reason. */
  readonly signal: AbortSignal;
  /** Aborts when one more arrives: do not wait any longer. */
  readonly force: AbortSignal;
  /** Gives the signals back. */
  release(): void;
}

/** Traps `SIGINT`, `SIGTERM` and `SIGHUP` until `release()` is called. */
export function trapSignals(): SignalTrap {
  const gentle = new AbortController();
  const force = new AbortController();
  const listeners = SIGNALS.map((name) => {
    const listener = () => (gentle.signal.aborted ? force : gentle).abort(name);
    process.on(name, listener);
    return [name, listener] as const;
  });
  return {
    signal: gentle.signal,
    force: force.signal,
    release: () => listeners.forEach(([name, listener]) => process.off(name, listener)),
  };
}
