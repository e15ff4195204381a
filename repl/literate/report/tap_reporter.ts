/**
 * Reports as TAP, the Test Anything Protocol, version 14.
 *
 * @module
 */

import type { ExampleEvent, Reporter, TestEvent } from "./events.ts";
import { summaryLine } from "./summary_line.ts";

/** Makes a reporter that writes a test point for each example and each document error. */
export function tapReporter(): Reporter {
  let number = 0;
  return (event: TestEvent): string => {
    switch (event.type) {
      case "run-start":
        return "TAP version 14\n";
      case "document-start":
        return `# ${describe(event.document)}\n`;
      case "document-error": {
        const where = event.line === undefined ? event.document : `${event.document}:${event.line}`;
        const data = block([["message", event.message]]);
        return `not ok ${++number} - ${describe(where)}\n${data}`;
      }
      case "example":
        return testPoint(event, ++number);
      case "summary":
        return `1..${number}\n# ${summaryLine(event)}\n`;
      default:
        return "";
    }
  };
}

function testPoint(event: ExampleEvent, number: number): string {
  const title = `${event.document}:${event.line} ${event.source.split("\n", 1)[0]}`;
  const point = `${event.status === "failed" ? "not ok" : "ok"} ${number} - ${describe(title)}`;
  if (event.status === "skipped") {
    return `${point} # SKIP ${describe(event.reason ?? "")}`.trimEnd() + "\n";
  }
  if (event.failure === undefined) return `${point}\n`;
  const { reason, line, match, expected, actual } = event.failure;
  return `${point}\n${
    block([
      ["message", reason],
      ["at", `${event.document}:${line ?? event.line}`],
      ...(match?.field ? [["field", match.field] as [string, string]] : []),
      ["expected", expected],
      ["actual", actual],
    ])
  }`;
}

/** A YAML block; JSON texts are YAML too. */
function block(entries: readonly (readonly [string, string])[]): string {
  const lines = entries.map(([name, value]) => `  ${name}: ${JSON.stringify(value)}\n`);
  return `  ---\n${lines.join("")}  ...\n`;
}

function describe(text: string): string {
  return text.replace(/[\0-\x1f\x7f]/g, " ").replace(/[\\#]/g, "\\$&");
}
