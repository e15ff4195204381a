/**
 * A session whose process is started once the prompt is there.
 *
 * @module
 */

import type { SessionProcess, StartSessionOptions } from "./session_process.ts";

/**
 * Starts the process of a session in a moment, or when something is first asked of it: it would
 * take time away from what is shown first.
 */
export function lazySession(options: StartSessionOptions): SessionProcess {
  let opening: Promise<SessionProcess> | null = null;
  let opened: SessionProcess | null = null;
  let ended = false;

  function open(): Promise<SessionProcess> {
    opening ??= import("./session_process.ts").then(({ startSession }) => {
      opened = startSession(options);
      if (ended) opened.end();
      return opened;
    });
    return opening;
  }
  setImmediate(() => ended || open());

  return {
    evaluate: async (...args) => (await open()).evaluate(...args),
    interrupt: () => opened?.interrupt(),
    terminate: () => opened?.terminate() ?? false,
    names: async (...args) => (await open()).names(...args),
    runs: async () => (await open()).runs(),
    async end() {
      ended = true;
      await opened?.end();
    },
  };
}
