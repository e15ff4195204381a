/**
 * Waits for an evaluation while Ctrl-C can end it.
 *
 * @module
 */

import type { EvaluatedInput, SessionProcess } from "./child/session_process.ts";
import type { Key } from "./editor/decode_keys.ts";
import type { Terminal } from "./editor/terminal.ts";

/** What waiting takes. */
export interface UntilOverOptions {
  readonly session: SessionProcess;
  readonly terminal: Terminal;
  readonly note: (line: string) => void;
  /** Whether the runtime can end code that does not give way, and keep the state. */
  readonly canStop: boolean;
}

/** Milliseconds that code has to give way before more is done about it. */
const PATIENCE_MS = 1000;

/**
 * Waits for an evaluation. The first Ctrl-C asks it to end, and its child processes; code that does
 * not give way is ended where the runtime can do that, and where it cannot, whoever sits there is
 * asked. Other keys are kept for the next prompt.
 */
export async function untilOver(
  evaluation: Promise<EvaluatedInput | null>,
  { session, terminal, note, canStop }: UntilOverOptions,
): Promise<EvaluatedInput | null | "restart"> {
  const ahead: Key[] = [];
  let timer: NodeJS.Timeout | undefined;
  let interrupted = false;
  let asking = false;
  let restart: (value: "restart") => void = () => {};
  const restarted = new Promise<"restart">((resolve) => {
    restart = resolve;
  });

  function insist(): void {
    if (canStop && !asking) {
      session.terminate();
      timer = setTimeout(ask, PATIENCE_MS);
    } else ask();
  }

  function ask(): void {
    session.terminate();
    asking = true;
    const why = canStop
      ? "The evaluation does not stop"
      : "The evaluation does not stop, and Deno cannot end it without losing the session's state";
    note(`${why}. Press r to restart the session; any other key goes on waiting`);
  }

  terminal.listen((key) => {
    if (asking) {
      asking = false;
      if (key.text === "r" || key.name === "ctrl-c") return restart("restart");
      note("Waiting; Ctrl-C asks again");
      interrupted = false;
      return;
    }
    if (key.name !== "ctrl-c") {
      ahead.push(key);
      return;
    }
    ahead.length = 0;
    clearTimeout(timer);
    if (interrupted) return insist();
    interrupted = true;
    session.interrupt();
    timer = setTimeout(insist, PATIENCE_MS);
  });
  const result = await Promise.race([evaluation, restarted]);
  clearTimeout(timer);
  terminal.listen(null);
  terminal.putBack(ahead);
  return result;
}
