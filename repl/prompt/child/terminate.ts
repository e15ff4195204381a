/**
 * Ends code that runs without a pause, from outside of it.
 *
 * @module
 */

/** Descriptor of the pipe on which a byte means: stop what runs. */
export const INTERRUPT_FD = 4;

/**
 * On Node, a thread beside the main one can end whatever that one runs, and the session stays.
 * On Deno nothing can: there the prompt offers to start anew.
 */
export function listenForInterrupts(): void {
  if ("Deno" in globalThis) return;
  // The session is ready before it has this: it takes 15 ms.
  const timer = setTimeout(async () => {
    const { Worker } = await import("node:worker_threads");
    const worker = new Worker(LISTENER, { eval: true, execArgv: [], stdin: false });
    worker.on("error", () => {});
    worker.unref();
  }, 20);
  timer.unref();
}

const LISTENER = `
const { Session } = require("node:inspector");
const { Socket } = require("node:net");
process.removeAllListeners("warning");
const session = new Session();
session.connectToMainThread();
new Socket({ fd: ${INTERRUPT_FD} }).on("data", () => {
  session.post("Runtime.terminateExecution", () => {});
}).on("end", () => {
  // The prompt was killed. A main thread that never pauses would go on for ever.
  setTimeout(() => process.kill(-process.pid, "SIGKILL"), 2000);
}).on("error", () => {});
`;
