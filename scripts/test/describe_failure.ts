/**
 * How a failed test is shown.
 *
 * @module
 */

/** Puts a failed test's place, name and error together, without the frames of the runtime. */
export function describeFailure(where: string, name: string, error: string): string {
  const lines = error.trimEnd().split("\n").filter((line) => !RUNTIME_FRAME.test(line));
  return [`✖ ${where} ${name}`, ...lines.map((line) => line && `  ${line}`), ""].join("\n");
}

const RUNTIME_FRAME = /^\s+at .*\(?(node:|ext:)\S+:\d+:\d+\)?$/;
