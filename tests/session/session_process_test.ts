import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { checkInput } from "../../repl/session/check_input.ts";
import { runtimeCommand } from "../../repl/session/runtime_command.ts";
import { load, type Loaded } from "../../repl/session/typescript_hooks.ts";
import { start } from "./_process.ts";

const dir = realpathSync(mkdtempSync(join(tmpdir(), "runlit-process-")));
after(() => rmSync(dir, { recursive: true }));
const onDeno = "Deno" in globalThis;

test("takeOverProcess() keeps the process, its output and its errors in order", async () => {
  const { output, code } = await start("./_taken_over.ts");
  assert.equal(
    output,
    'one a { b: \'x\' } [ 1 ]\ntwo\nthree\nfour\nfive\nsix 6\n"aside\\nbytes\\n" ""\n' +
      "ExitError: the process would exit with code 3 here 3\nWarning: said\n" +
      "Error: floating,Error: timer 0\n",
  );
  assert.equal(code, 9);
});

test("evaluating survives what aborts Deno, exits and nested inspectors", async () => {
  const { output, code } = await start("./_dangerous.ts");
  assert.equal(output, "error\nerror\nerror\nposted\nanswered\n19999\n");
  assert.equal(code, 0);
});

test("checkInput() tells whole inputs from beginnings and mistakes", async () => {
  const complete = [
    "1 + 1",
    "const x: T = 1",
    "",
    "// only this",
    "{ a: 1 }",
    "import 'x'",
    "await x",
  ];
  const incomplete = [
    "function f() {",
    "foo(",
    "`a",
    "x.map((y: T) => {",
    "const x =",
    "/*",
    "if (x)",
  ];
  const invalid = ["const = 1", "foo(a b)", ")", "'a"];
  for (const source of complete) {
    assert.equal((await checkInput(source)).status, "complete", source);
  }
  for (const source of incomplete) {
    assert.equal((await checkInput(source)).status, "incomplete", source);
  }
  for (const source of invalid) assert.equal((await checkInput(source)).status, "invalid", source);
});

test("runtimeCommand() finds the deno.json of a document, and asks for what is needed", {
  skip: !onDeno,
}, () => {
  mkdirSync(join(dir, "project", "docs"), { recursive: true });
  const config = join(dir, "project", "deno.json");
  writeFileSync(config, "{}");
  const document = join(dir, "project", "docs", "a.md");
  const { args } = runtimeCommand("/x/child.js", { document, permissions: ["net=a.com"] });
  assert.equal(args[args.indexOf("--config") + 1], config);
  assert.ok(args.includes("--allow-net=a.com") && !args.includes("-A"));
  assert.equal(args.at(-1), "/x/child.js");
  assert.ok(runtimeCommand("/x/child.js").args.includes("--no-config"));
});

test("the hook for Node loads TypeScript, and tells where it is wrong", () => {
  const next = () => ({ format: "next" });
  const path = join(dir, "module.ts");
  writeFileSync(
    path,
    "import { type A, b } from './b.ts';\nexport const x: A = b;\nenum E { Y }\n",
  );
  const loaded: Loaded = load(pathToFileURL(path).href, {}, next);
  assert.equal(loaded.format, "module");
  assert.match(
    String(loaded.source),
    /^import \{ {9}b \} from '.\/b.ts';\nexport const x {4}= b;\n/,
  );
  assert.deepEqual(load("file:///x.js", {}, next), { format: "next" });
  writeFileSync(path, "const = 1");
  assert.throws(() => load(pathToFileURL(path).href, {}, next), {
    message: `Unexpected token (${path}:1:7)`,
  });
});
