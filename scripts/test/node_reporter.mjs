/**
 * A reporter for `node --test`: one JSON line for each test, see `run_node_tests.ts`.
 *
 * In JavaScript, because Node loads reporters before it loads what could read TypeScript.
 *
 * @module
 */

/** Turns the events of the test runner into lines. */
export default async function* report(events) {
  const printed = new Map();
  for await (const { type, data } of events) {
    if (type === "test:stderr") {
      printed.set(data.file, (printed.get(data.file) ?? "") + data.message);
    }
    if (type !== "test:pass" && type !== "test:fail") continue;
    const error = data.details?.error;
    const cause = error?.cause;
    yield JSON.stringify({
      name: data.name,
      file: data.file ?? "",
      nesting: data.nesting,
      ok: type === "test:pass",
      skipped: data.skip !== undefined || data.todo !== undefined,
      // A file that could not be loaded, or ended the process, is reported as a test of its name.
      suite: (type === "test:pass" && data.name === data.file) ||
        data.details?.type === "suite" || error?.failureType === "subtestsFailed",
      error: cause?.stack ??
        ((data.name === data.file && printed.get(data.file)) || error?.message),
    }) + "\n";
  }
}
