/**
 * Reports as JUnit's XML, as CI servers read it.
 *
 * @module
 */

import type {
  DocumentEndEvent,
  DocumentErrorEvent,
  ExampleEvent,
  Reporter,
  SummaryEvent,
  TestEvent,
} from "./events.ts";

/**
 * Makes a reporter that writes one XML document when all is over: a suite for each document, a case
 * for each example.
 */
export function junitReporter(): Reporter {
  let suites = "";
  let cases: string[] = [];
  let errors = 0;
  return (event: TestEvent): string => {
    switch (event.type) {
      case "document-start":
        cases = [];
        errors = 0;
        return "";
      case "document-error":
        errors++;
        cases.push(errorCase(event));
        return "";
      case "example":
        cases.push(exampleCase(event));
        return "";
      case "document-end":
        suites += suite(event, cases, errors);
        return "";
      case "summary":
        return document(event, suites);
      default:
        return "";
    }
  };
}

function document(event: SummaryEvent, suites: string): string {
  const { passed, failed, skipped, durationMs } = event;
  const attributes = `name="runlit" tests="${passed + failed + skipped}" failures="${failed}" ` +
    `skipped="${skipped}" time="${seconds(durationMs)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${attributes}>\n${suites}</testsuites>\n`;
}

function suite(event: DocumentEndEvent, cases: readonly string[], errors: number): string {
  const { passed, failed, skipped, durationMs } = event;
  return `  <testsuite name="${escape(event.document)}" tests="${passed + failed + skipped}" ` +
    `failures="${failed - errors}" errors="${errors}" skipped="${skipped}" ` +
    `time="${seconds(durationMs)}">\n${cases.join("")}  </testsuite>\n`;
}

function exampleCase(event: ExampleEvent): string {
  const { document, line, source, durationMs, failure } = event;
  const name = `line ${line}: ${source.split("\n", 1)[0]}`;
  const head = `    <testcase classname="${escape(document)}" name="${escape(name)}" ` +
    `file="${escape(document)}" line="${line}" time="${seconds(durationMs)}"`;
  if (event.status === "skipped") {
    return `${head}>\n      <skipped message="${escape(event.reason ?? "")}"/>\n    </testcase>\n`;
  }
  if (failure === undefined) return `${head}/>\n`;
  const text = `${document}:${failure.line ?? line}: ${failure.reason}\n${failure.diff.join("\n")}`;
  return `${head}>\n      <failure message="${escape(failure.reason)}">${escapeText(text)}` +
    `</failure>\n    </testcase>\n`;
}

function errorCase({ document, line, message }: DocumentErrorEvent): string {
  const name = line === undefined ? "document" : `line ${line}`;
  return `    <testcase classname="${escape(document)}" name="${name}" file="${
    escape(document)
  }" ` +
    `line="${line ?? 1}" time="0.000">\n      <error message="${escape(message)}"/>\n` +
    `    </testcase>\n`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function escape(text: string): string {
  return escapeText(text).replace(/"/g, "&quot;").replace(/\n/g, "&#10;").replace(/\t/g, "&#9;");
}

/** Characters that XML cannot hold at all become the replacement character. */
function escapeText(text: string): string {
  return text.replace(/[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]/gu, "\ufffd")
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
