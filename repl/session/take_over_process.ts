/**
 * Makes a process one that evaluates what others wrote, and survives it.
 *
 * @module
 */

import { writeSync } from "node:fs";
import { EXIT_CODE } from "./format_error.ts";

// Documents may have a variable of that name.
const { process } = globalThis;

/** A process that was taken over. */
export interface SessionProcess {
  /** Errors that nothing caught since the last call: of timers, and of promises nobody awaits. */
  takeUncaught(): unknown[];
  /**
   * Where what this process itself prints on standard error goes: into the output, as from the
   * start, or aside. What its child processes print is not affected.
   */
  showStderr(shown: boolean): void;
  /** What was printed aside since the last call. */
  takeStderr(): string;
  /** Whether this process itself has printed on standard error since the last call. */
  usedStderr(): boolean;
  /** Ends the process for real. */
  exit(code: number): never;
}

/**
 * Prepares this process for evaluating code.
 *
 * `process.exit()` and `Deno.exit()` throw instead (and on Deno would abort the process inside of
 * an evaluation); errors that nothing catches are kept; `console` and the standard streams write
 * at once and in the same format on both runtimes; warnings of the runtimes about experimental
 * features are left out.
 */
export function takeOverProcess(): SessionProcess {
  const uncaught: unknown[] = [];
  process.on("uncaughtException", (error) => uncaught.push(error));
  process.on("unhandledRejection", (error) => uncaught.push(error));

  let isShown = true;
  let aside = "";
  let isUsed = false;
  const writeError: Write = (data) => {
    isUsed = true;
    if (isShown) writeNow(2, data);
    else aside += typeof data === "string" ? data : Buffer.from(data).toString();
  };
  const writeOut: Write = (data) => writeNow(1, data);
  // Streams have a state, which is broken for good when code is ended in the middle of a write.
  redirect("stdout", writeOut);
  redirect("stderr", writeError);
  if ("Deno" in globalThis) replaceConsole(writeOut, writeError);
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => {
    if (name !== "ExperimentalWarning") writeError(`${name}: ${message}\n`);
  });
  const exit = replaceExits();
  return {
    takeUncaught: () => uncaught.splice(0),
    showStderr(shown) {
      isShown = shown;
    },
    takeStderr() {
      const text = aside;
      aside = "";
      return text;
    },
    usedStderr() {
      const was = isUsed;
      isUsed = false;
      return was;
    },
    exit,
  };
}

/** The error that stands for the end of the process. */
class ExitError extends Error {
  override readonly name = "ExitError";
  constructor(code: number) {
    super(`the process would exit with code ${code} here`);
    Object.defineProperty(this, EXIT_CODE, { value: code });
  }
}

/** Makes exits throw; returns the real one. */
function replaceExits(): (code: number) => never {
  const { exit } = process;
  const deno = (globalThis as { Deno?: { exit(code?: number): never } }).Deno;
  const denoExit = deno?.exit;
  const thrower = (code: unknown): never => {
    throw new ExitError(Number(code ?? process.exitCode ?? 0));
  };
  process.exit = thrower;
  if (deno) deno.exit = thrower;
  return (code) => {
    // Node's exit calls Deno's there.
    if (deno && denoExit) deno.exit = denoExit;
    return exit.call(process, code);
  };
}

type Write = (data: string | Uint8Array) => void;

/** Deno's own console has another format. */
function replaceConsole(writeOut: Write, writeError: Write): void {
  const { Console } = process.getBuiltinModule("node:console");
  globalThis.console = new Console({
    stdout: { write: writeOut } as never,
    stderr: { write: writeError } as never,
    colorMode: false,
    // Else it would want more of a stream than its `write`.
    ignoreErrors: false,
  });
}

/** Makes a standard stream write by a function, from when it is first used: it takes time to make. */
function redirect(name: "stdout" | "stderr", write: Write): void {
  const stream = Object.getOwnPropertyDescriptor(process, name);
  if (stream === undefined) return;
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get() {
      Object.defineProperty(process, name, stream);
      process[name].write = ((data: string | Uint8Array, ...rest: unknown[]): boolean => {
        write(data);
        const done = rest.find((one) => typeof one === "function");
        if (done) queueMicrotask(() => (done as () => void)());
        return true;
      }) as never;
      return process[name];
    },
  });
}

function writeNow(fd: number, data: string | Uint8Array): void {
  const bytes = Buffer.from(data as Uint8Array);
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
}
