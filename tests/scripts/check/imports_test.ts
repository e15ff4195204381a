import assert from "node:assert/strict";
import { test } from "node:test";
import { findCycles } from "../../../scripts/check/find_cycles.ts";
import { checkImport, checkUses } from "../../../scripts/check/imports.ts";
import { parseSource } from "../../../scripts/house/parse_source.ts";

function problemsOf(file: string, code: string): string[] {
  const source = parseSource(code);
  return [
    ...source.imports.map((used) => checkImport(file, used)).filter((line) => line !== null),
    ...checkUses(file, source),
  ];
}

test("checkImport() lets imports point down and sideways", () => {
  for (
    const [file, specifier] of [
      ["lib/run/make_run.ts", "../meta/opref.ts"],
      ["lib/run/make_run.ts", "../project/runs_dir.ts"],
      ["lib/meta/zip/read_zip.ts", "../../files/hash_file.ts"],
      ["lib/files/copy_file.ts", "../errors.ts"],
      ["lib/files/copy_file.ts", "node:fs"],
      ["repl/literate/mod.ts", "../../lib/types.ts"],
      ["scripts/commands/test.ts", "../../repl/literate/mod.ts"],
      ["scripts/commands/test.ts", "../cli/print.ts"],
    ]
  ) assert.deepEqual(problemsOf(file, `import { x } from "${specifier}";`), [], file);
});

test("checkImport() refuses imports that point up", () => {
  for (
    const [file, specifier] of [
      ["lib/meta/opref.ts", "../run/make_run.ts"],
      ["lib/types.ts", "./files/copy_file.ts"],
      ["lib/files/copy_file.ts", "../meta/opref.ts"],
      ["lib/files/copy_file.ts", "../../repl/literate/mod.ts"],
      ["repl/literate/run.ts", "../../scripts/cli/print.ts"],
    ]
  ) {
    for (const code of [`import { x } from "${specifier}";`, `await import("${specifier}");`]) {
      assert.match(problemsOf(file, code).join(), /which stands above it$/, `${file}: ${code}`);
    }
  }
});

test("checkImport() refuses 'mod.ts' to the library, and nobody else", () => {
  const code = `import * as all from "../../mod.ts";`;
  assert.match(problemsOf("lib/run/make_run.ts", code)[0], /may not import 'mod.ts'/);
  assert.deepEqual(problemsOf("repl/session/scope.ts", code), []);
});

test("checkImport() keeps private files to their folder and what is below it", () => {
  const code = (path: string) => `import { x } from "${path}";`;
  assert.deepEqual(problemsOf("lib/meta/opref.ts", code("./_check.ts")), []);
  assert.deepEqual(problemsOf("lib/meta/zip/crc32.ts", code("../_check.ts")), []);
  assert.deepEqual(problemsOf("tests/meta/zip_test.ts", code("../../lib/meta/_check.ts")), []);
  assert.match(
    problemsOf("lib/run/x.ts", code("../meta/_check.ts"))[0],
    /private to 'lib\/meta\/'/,
  );
});

test("checkImport() wants packages to be loaded where they are used", () => {
  for (const file of ["lib/config/x.ts", "repl/x.ts", "scripts/commands/x.ts"]) {
    assert.match(problemsOf(file, `import { parse } from "yaml";`)[0], /'await import\(\)'/);
    assert.deepEqual(problemsOf(file, `import type { Document } from "yaml";`), []);
    assert.deepEqual(problemsOf(file, `const { parse } = await import("yaml");`), []);
  }
  assert.deepEqual(problemsOf("scripts/build.ts", `import { build } from "esbuild";`), []);
});

test("checkImport() refuses 'node:process', which is slow to import", () => {
  assert.match(problemsOf("lib/x.ts", `import { argv } from "node:process";`)[0], /the global$/);
});

test("checkImport() wants extensions", () => {
  assert.match(problemsOf("lib/run/x.ts", `export * from "./y";`)[0], /with its extension/);
});

test("checkUses() finds what the library has to do without", () => {
  for (
    const code of [
      "const args = Deno.args;",
      "function f() { console.log(1); }",
      "process.stdout.write('x');",
    ]
  ) {
    assert.equal(problemsOf("lib/run/x.ts", code).length, 1, code);
    assert.deepEqual(problemsOf("repl/x.ts", code), [], code);
  }
  assert.match(problemsOf("scripts/commands/x.ts", "console.log(1);")[0], /'print\(\)'/);
  assert.deepEqual(problemsOf("lib/run/x.ts", "// console.log(1)\nconst s = 'Deno.args';"), []);
});

test("parseSource() finds every form of import and every exported name", () => {
  const source = parseSource(`
    import a, { type B } from "./a.ts";
    import type { C } from "./c.ts";
    import "./side.ts";
    export * from "./all.ts";
    export { d, type E as F } from "./d.ts";
    export type { G } from "./g.ts";
    let x: import("./x.ts").X;
    const y = await import("./y.ts");
    export const h = 1, i = 2;
    export async function j(): Promise<void> {}
    export class K {}
    export interface L {}
    export type M = string;
  `);
  assert.deepEqual(
    source.imports.map(({ specifier, kind }) => `${specifier} ${kind}`),
    [
      "./a.ts static",
      "./c.ts type",
      "./side.ts static",
      "./all.ts static",
      "./d.ts static",
      "./g.ts type",
      "./x.ts type",
      "./y.ts dynamic",
    ],
  );
  assert.deepEqual(source.values, ["d", "h", "i", "j", "K"]);
  assert.deepEqual(source.types, ["F", "G", "L", "M"]);
});

test("findCycles() names each cycle once, from where it is entered", () => {
  const graph = (edges: Record<string, string[]>) =>
    new Map(Object.entries(edges).map(([from, to]) => [from, new Set(to)]));
  assert.deepEqual(findCycles(graph({ a: ["b", "c"], b: ["c"], c: [] })), []);
  assert.deepEqual(findCycles(graph({ a: ["b"], b: ["c"], c: ["b"] })), [["b", "c", "b"]]);
});
