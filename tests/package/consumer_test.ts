import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { publicModules } from "../../scripts/house/public_modules.ts";
import { ROOT } from "../../scripts/house/root.ts";
import { runProgram } from "../../scripts/house/run_program.ts";
import { DENO, NODE, TSC } from "../../scripts/house/tools.ts";
import { VERSION } from "../../lib/version.ts";
import { openTerminal, skip as noTerminal } from "../repl/_terminal.ts";

/** A project that has the packed package installed, and nothing else of the checkout. */
let project = "";
/** Files of the tarball, with a leading `/`. */
let packed: { name: string; size: number; mode: number }[] = [];

const PROGRAM = `
import { VERSION, makeRun, setDurability } from "runlit";
import { makeRun as alone } from "runlit/make-run";
import { durability } from "runlit/durability";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

setDurability("fast");
const dir: string = mkdtempSync(join(tmpdir(), "consumer-"));
const run = await makeRun(dir);
rmSync(dir, { recursive: true });
console.log(VERSION, basename(run.runDir) === run.id, alone === makeRun, durability());
`;

before(async () => {
  project = mkdtempSync(join(tmpdir(), "consumer-"));
  // The scripts would build again, while other tests use what is built.
  const result = await runProgram(
    ["npm", "pack", "--ignore-scripts", "--json", "--pack-destination", project],
  );
  assert.ok(result.ok, result.output);
  const [{ filename, files }] = JSON.parse(result.stdout);
  packed = files.map((file: { path: string; size: number; mode: number }) => {
    return { name: `/${file.path}`, size: file.size, mode: file.mode };
  });
  const modules = join(project, "node_modules");
  mkdirSync(join(modules, "runlit"), { recursive: true });
  const unpacked = await runProgram([
    ...["tar", "-xzf", join(project, filename), "-C", join(modules, "runlit")],
    "--strip-components=1",
  ]);
  assert.ok(unpacked.ok, unpacked.output);
  installDependencies(modules);
  writeFileSync(join(project, "package.json"), `{ "type": "module" }\n`);
  writeFileSync(join(project, "program.ts"), PROGRAM);
  writeFileSync(join(project, "program.js"), PROGRAM.replace("dir: string", "dir"));
});

after(() => rmSync(project, { recursive: true, force: true }));

const GUIDE = `# Guide

    >>> import { VERSION, makeRun as make } from "runlit"
    >>> import { half } from "./half.ts"
    >>> half(5) === 2.5 && VERSION === "${VERSION}"
    true
    >>> make(3)  // +skip
    $ runlit --version
    runlit ${VERSION}
`;

/** Does what `npm install` would, without a registry: the packages that the manifest names. */
function installDependencies(modules: string): void {
  const manifest = JSON.parse(readFileSync(join(modules, "runlit/package.json"), "utf8"));
  for (const name of [...Object.keys(manifest.dependencies), "@types/node", "undici-types"]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
  mkdirSync(join(modules, ".bin"));
  for (const [name, target] of Object.entries<string>(manifest.bin)) {
    symlinkSync(join("../runlit", target), join(modules, ".bin", name));
  }
}

test("the package imports on Node, by its name and by subpaths that share its state", async () => {
  const result = await runProgram([NODE, "program.js"], { cwd: project });
  assert.equal(result.output, `${VERSION} true true fast\n`);
});

test("the package imports on Deno, by its name and by subpaths that share its state", async () => {
  const result = await runProgram([DENO, "run", "-A", "program.ts"], { cwd: project });
  assert.equal(result.output, `${VERSION} true true fast\n`);
});

test("every subpath of the package can be imported", async () => {
  const names = publicModules().map(({ subpath }) => `runlit${subpath.slice(1)}`);
  const code = `for (const name of ${JSON.stringify(names)}) await import(name);`;
  const result = await runProgram(
    [NODE, "--input-type=module", "-e", code],
    { cwd: project },
  );
  assert.deepEqual([result.code, result.output], [0, ""]);
});

test("the package's types check in a strict project", async () => {
  const options = "--noEmit --strict --skipLibCheck false --module nodenext --target es2022";
  const result = await runProgram(
    [...TSC, ...options.split(" "), "--types", "node", "program.ts"],
    { cwd: project },
  );
  assert.deepEqual([result.code, result.output], [0, ""]);
});

test("the package's documents are tests of node --test and deno test, in a line", async () => {
  const line = 'import { testDocument } from "runlit/literate"; testDocument("guide.md");\n';
  writeFileSync(join(project, "guide.md"), GUIDE);
  writeFileSync(join(project, "half.ts"), "export const half = (n: number): number => n / 2;\n");
  writeFileSync(join(project, "guide.test.js"), line);
  const onNode = await runProgram([NODE, "--test", "--test-reporter=tap", "guide.test.js"], {
    cwd: project,
  });
  assert.equal(onNode.code, 0, onNode.output);
  assert.match(onNode.stdout, /^ {4}ok 3 - line 5: half\(5\)/m);
  assert.match(onNode.stdout, /^ {4}ok 5 - line 8: runlit --version$/m);
  assert.match(onNode.stdout, /^ok 1 - guide.md$/m);
  const onDeno = await runProgram([DENO, "test", "-A", "guide.test.js"], {
    cwd: project,
    env: { NO_COLOR: "1" },
  });
  assert.equal(onDeno.code, 0, onDeno.output);
  assert.match(onDeno.stdout, /line 5: half\(5\).* ok [^]*1 passed \(4 steps\)/);
});

test("the package's types are those of its documents on Deno", async () => {
  const runlit = join(project, "node_modules/.bin/runlit");
  writeFileSync(join(project, "guide.md"), GUIDE);
  writeFileSync(join(project, "half.ts"), "export const half = (n: number): number => n / 2;\n");
  writeFileSync(join(project, "typed.md"), `${GUIDE}    >>> makeRun(3)  // +skip\n`);
  const checked = await runProgram(
    [DENO, "run", "-A", runlit, "test", "--typecheck", "typed.md"],
    { cwd: project, env: { CI: undefined } },
  );
  const where = [...checked.stdout.matchAll(/^ERROR (.*)\n +(TS\d+): /gm)];
  assert.deepEqual(where.map(([, place, code]) => [place, code]), [
    ["typed.md:7", "TS2345"],
    ["typed.md:10", "TS2345"],
  ], checked.output);
});

test("the package's command runs by its link", async () => {
  const link = join(project, "node_modules/.bin/runlit");
  const result = await runProgram([link, "--version"], { cwd: project });
  assert.equal(result.output, `runlit ${VERSION}\n`);
  const other = await runProgram([DENO, "run", "-A", link, "version"], { cwd: project });
  assert.match(other.output, /^runtime\tdeno /m);
});

test("the package's prompt knows what is documented", { skip: noTerminal }, async () => {
  const link = join(project, "node_modules/.bin/runlit");
  for (const runlit of [[NODE, link], [DENO, "run", "-A", link]]) {
    const terminal = await openTerminal({ runlit });
    try {
      await terminal.enter(".help runMeta.readOpref", /^ +Reads? /m);
      await terminal.clear();
      await terminal.enter(".help make_run", /Options: opref, id/);
      await terminal.clear();
      terminal.type("ls('.', { permi");
      terminal.press("Tab");
      await terminal.until(/^>>> ls\('\.', \{ permissions: ?$/m);
    } finally {
      terminal.close();
    }
  }
});

test("the checkout's command runs by its link, as `npx runlit` calls it", async () => {
  const link = join(ROOT, "node_modules/.bin/runlit");
  assert.equal((await runProgram([link, "--version"])).output, `runlit ${VERSION}\n`);
});

test("the package holds what is built, its licence and its documents, and nothing else", () => {
  const tops = new Set(packed.map(({ name }) => name.split("/")[1]));
  assert.deepEqual(
    [...tops].sort(),
    ["CHANGELOG.md", "LICENSE", "README.md", "dist", "package.json"]
      .filter((name) => existsSync(join(ROOT, name))),
  );
  assert.equal(packed.find(({ name }) => name === "/dist/scripts/runlit.js")?.mode, 0o755);
  const declared = readdirSync(join(project, "node_modules/runlit/dist")).includes("mod.d.ts");
  assert.ok(declared, "built without types: npm run build");
});

test("the package stays small", () => {
  const bytes = packed.reduce((sum, { size }) => sum + size, 0);
  assert.ok(bytes < 2_000_000, `${bytes} bytes unpacked`);
});
