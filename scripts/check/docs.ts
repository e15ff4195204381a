/**
 * Checks that the examples in doc comments compile, and hold on both runtimes.
 *
 * @module
 */

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { listSources } from "../house/list_sources.ts";
import { publicModules } from "../house/public_modules.ts";
import { ROOT } from "../house/root.ts";
import { runProgram } from "../house/run_program.ts";
import type { TaskResult } from "../house/run_tasks.ts";
import { DENO } from "../house/tools.ts";
import { runDenoTests } from "../test/run_deno_tests.ts";
import { runNodeTests } from "../test/run_node_tests.ts";
import { docExamples } from "./doc_examples.ts";

/** The examples of the checkout, written out as modules. */
export interface WrittenDocs {
  /** The test file that runs each of them as a test of its own. */
  testFile: string;
  count: number;
  /** Files with public functions that have no example. */
  without: string[];
  /** Examples that assert nothing. */
  problems: string[];
}

/**
 * Writes every example as a module into `.cache/`, on the same lines as in its source, so that
 * what a runtime says about a line holds for the source.
 */
export function writeDocs(only: (file: string) => boolean = () => true): WrittenDocs {
  const folder = join(ROOT, ".cache", `docs-${process.pid}`);
  const specifiers = importable();
  const isPublic = new Set(publicModules().map(({ file }) => file));
  const tests: string[] = [`import { test } from "node:test";`];
  const problems: string[] = [];
  const without: string[] = [];
  const sources = ["mod.ts", ...listSources(["lib", "repl"])];
  for (const file of sources.filter((file) => existsSync(join(ROOT, file)) && only(file))) {
    const examples = docExamples(readFileSync(join(ROOT, file), "utf8"));
    if (examples.length === 0 && isPublic.has(file)) without.push(file);
    examples.forEach(({ title, line, code }, index) => {
      const where = `${file}:${line}`;
      if (!code.includes("assert")) problems.push(`${where}: the example asserts nothing`);
      if (/ from "\.{1,2}\//.test(code)) {
        const own = file.slice(file.lastIndexOf("/") + 1, -".ts".length).replaceAll("_", "-");
        problems.push(`${where}: the example imports by path, not by name, as 'runlit/${own}'`);
      }
      const target = join(folder, file.replace(/\.ts$/, `.example${index + 1}.ts`));
      mkdirSync(dirname(target), { recursive: true });
      const mapped = code.replace(/(from |import\()"(runlit[^"]*)"/g, (whole, before, name) => {
        const source = specifiers.get(name);
        if (source === undefined) problems.push(`${where}: no file is called '${name}'`);
        return source === undefined
          ? whole
          : `${before}${JSON.stringify(relative(dirname(target), source))}`;
      });
      writeFileSync(target, `${"\n".repeat(line - 1)}${mapped}\n\nexport {};\n`);
      const specifier = JSON.stringify(`./${relative(folder, target)}`);
      const name = JSON.stringify(`${where} ${title}`.trim());
      tests.push(`test(${name}, async () => void (await import(${specifier})));`);
    });
  }
  const testFile = join(folder, "docs_test.ts");
  mkdirSync(folder, { recursive: true });
  writeFileSync(testFile, tests.join("\n") + "\n");
  return { testFile, count: tests.length - 1, without, problems };
}

/**
 * Files by what examples import them as: public ones by their subpath, others, whose documentation
 * only this house reads, by their name.
 */
function importable(): Map<string, string> {
  const files = new Map<string, string>();
  for (const file of listSources(["lib", "repl"])) {
    const name = file.slice(file.lastIndexOf("/") + 1, -".ts".length);
    files.set(`runlit/${name.replaceAll("_", "-")}`, join(ROOT, file));
  }
  for (const { subpath, file } of publicModules()) {
    files.set(`runlit${subpath.slice(1)}`, join(ROOT, file));
  }
  return files;
}

/** Removes what was written. */
export function removeDocs(docs: WrittenDocs): void {
  rmSync(dirname(docs.testFile), { recursive: true, force: true });
}

/** Type-checks the examples. */
export async function checkDocTypes(docs: WrittenDocs): Promise<TaskResult> {
  // The test file imports them all, but dynamically, where Deno checks them too.
  const { ok, output } = await runProgram([DENO, "check", "--quiet", docs.testFile]);
  const details = [...docs.problems, ok ? "" : output].filter(Boolean).join("\n");
  return {
    passed: details === "" ? 1 : 0,
    failed: details === "" ? 0 : 1,
    skipped: 0,
    note: `${docs.count} examples; ${docs.without.length} public files have none`,
    details,
  };
}

/** Runs the examples on a runtime, in one process. */
export function runDocs(docs: WrittenDocs, runtime: "node" | "deno"): Promise<TaskResult> {
  const run = runtime === "node" ? runNodeTests : runDenoTests;
  return run([relative(ROOT, docs.testFile)]);
}
