/**
 * Runs `node:test` files on Deno.
 *
 * @module
 */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../house/run_program.ts";
import type { TaskResult } from "../house/run_tasks.ts";
import { DENO } from "../house/tools.ts";
import { describeFailure } from "./describe_failure.ts";

/** Runs test files in one process, and counts the tests that have no tests inside. */
export async function runDenoTests(
  files: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<TaskResult> {
  const folder = mkdtempSync(join(tmpdir(), "runlit-report-"));
  const report = join(folder, "tests.xml");
  try {
    const { ok, output } = await runProgram(
      [DENO, "test", "--allow-all", "--no-check", "--quiet", `--junit-path=${report}`, ...files],
      { env },
    );
    let xml = "";
    try {
      xml = readFileSync(report, "utf8");
    } catch {
      // It never got as far as to write one; its output says why.
    }
    return count(parseJUnit(xml), ok, output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface JUnitCase {
  name: string;
  where: string;
  skipped: boolean;
  failure: string | null;
}

/** Reads the test cases of the JUnit file that Deno writes. */
function parseJUnit(xml: string): JUnitCase[] {
  const cases = xml.matchAll(
    /<testcase name="([^"]*)" classname="([^"]*)"[^>]*? line="(\d+)"[^>]*>([^]*?)<\/testcase>/g,
  );
  return Array.from(cases, ([, name, file, line, body]) => {
    const failure = /<failure[^>]*>([^]*?)<\/failure>/.exec(body);
    return {
      name: unescapeXml(name),
      where: `${unescapeXml(file).replace(/^\.\//, "")}:${line}`,
      skipped: body.includes("<skipped"),
      failure: failure === null ? null : unescapeXml(failure[1]),
    };
  });
}

function count(cases: readonly JUnitCase[], ok: boolean, output: string): TaskResult {
  const result = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  // A step's name begins with that of its test.
  const parents = new Set(cases.flatMap(({ name }) => {
    return [...name.matchAll(/ > /g)].map((match) => name.slice(0, match.index));
  }));
  for (const { name, where, skipped, failure } of cases) {
    if (parents.has(name) && (failure === null || failure.includes("test step"))) continue;
    if (skipped) result.skipped++;
    else if (failure === null) result.passed++;
    else {
      result.failed++;
      failures.push(describeFailure(where, name, failure));
    }
  }
  if (!ok && result.failed === 0) {
    result.failed++;
    // The end says why: a module that cannot be loaded, or the test that never ended.
    failures.push(output.trimEnd().split("\n").slice(-60).join("\n"));
  }
  return { ...result, details: failures.join("\n") };
}

function unescapeXml(text: string): string {
  const names: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
    return names[name] ?? whole;
  });
}
