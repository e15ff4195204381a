/**
 * Stack traces that show the user's code and nothing of the engine.
 *
 * @module
 */

/** What is put before the user's code: it is as strict as a module, and has no value of its own. */
export const STRICT = '"use strict"; void 0; ';

/** Name of a document for V8, by which frames of the user's code are known. */
export function sourceLabel(name: string): string {
  return `runlit:${encodeURIComponent(name)}`;
}

const LABEL = /runlit:([^\s:()]+)/g;
/** A frame of code that is in no function. */
const TOP = /^runlit:/;
/** Frames of the runtimes themselves: `node:fs`, `node:internal/…`, `ext:core/…`. */
const RUNTIME = /(?:^|[\s(])(?:node|ext):[\w/.-]+:\d+:\d+\)?$/;
/** Frames without a place, such as `new Promise (<anonymous>)`. */
const NOWHERE = /\(<anonymous>\)$/;
/** Where this engine is; Deno's frames have paths where Node's have URLs. */
const ENGINE = decodeURI(new URL(".", import.meta.url).pathname);

/** Is a frame the engine's or the runtime's own? */
export function isForeign(frame: string): boolean {
  return RUNTIME.test(frame) || frame.includes(ENGINE);
}

/** Frames worth showing: down to the user's outermost one, without those of the runtime. */
export function cleanFrames(frames: readonly string[]): string[] {
  const last = frames.findLastIndex((frame) => frame.includes("runlit:"));
  const shown = last >= 0
    ? frames.slice(0, last + 1)
    : frames.filter((frame) => !isForeign(frame) && !NOWHERE.test(frame));
  // Code that awaits is in a function of ours, which the outermost frame calls.
  if (last > 0 && TOP.test(shown[last]) && TOP.test(shown[last - 1])) shown.pop();
  return shown.filter((frame) => !RUNTIME.test(frame))
    .map((frame) => frame.replaceAll(LABEL, (_all, name: string) => decodeURIComponent(name)));
}

type PrepareStackTrace = (error: Error, frames: readonly unknown[]) => unknown;

/**
 * Makes every error's `stack` clean from now on; returns a function that ends this.
 *
 * For the whole process, so that errors look right wherever they are shown: caught by an example
 * and printed, as a cause, as a value.
 */
export function installCleanStacks(): () => void {
  const place = Error as unknown as { prepareStackTrace?: PrepareStackTrace };
  const before = place.prepareStackTrace;
  const prepare: PrepareStackTrace = (error, frames) => {
    const lines = cleanFrames(frames.map(String)).map((frame) => `\n    at ${frame}`);
    return headOf(error) + lines.join("");
  };
  place.prepareStackTrace = prepare;
  return () => {
    if (place.prepareStackTrace === prepare) place.prepareStackTrace = before;
  };
}

/** `Name: message`, as V8 has it; reading them may run code of the user's, which may throw. */
function headOf(error: Error): string {
  try {
    const { name = "Error", message = "" } = error;
    if (!message) return String(name);
    return name ? `${name}: ${message}` : String(message);
  } catch {
    return "Error";
  }
}
