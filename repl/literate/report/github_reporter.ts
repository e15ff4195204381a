/**
 * Reports as workflow commands of GitHub Actions: failures appear beside the document's lines.
 *
 * @module
 */

import type { Reporter, TestEvent } from "./events.ts";
import { summaryLine } from "./summary_line.ts";

/** Makes a reporter that writes a command for each failure, and the counts at the end. */
export function githubReporter(): Reporter {
  return (event: TestEvent): string => {
    switch (event.type) {
      case "document-error":
        return command(event.document, event.line, undefined, "Document", event.message);
      case "example": {
        const { document, line, endLine, failure } = event;
        if (failure === undefined) return "";
        const source = event.source.split("\n", 1)[0];
        const text = [failure.reason, ...failure.diff].join("\n");
        return command(document, failure.line ?? line, endLine, `Example failed: ${source}`, text);
      }
      case "summary":
        return `${summaryLine(event)}\n`;
      default:
        return "";
    }
  };
}

function command(
  file: string,
  line: number | undefined,
  endLine: number | undefined,
  title: string,
  text: string,
): string {
  const properties = [
    `file=${escapeProperty(file)}`,
    ...(line === undefined ? [] : [`line=${line}`]),
    ...(endLine === undefined ? [] : [`endLine=${endLine}`]),
    `title=${escapeProperty(title)}`,
  ];
  return `::error ${properties.join(",")}::${escapeData(text)}\n`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
