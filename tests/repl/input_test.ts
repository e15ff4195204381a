import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { RUNLIT } from "../../scripts/house/tools.ts";
import { runtime } from "./_terminal.ts";

describe("the prompt without a terminal", () => {
  let dir = "";
  before(() => {
    dir = mkdtempSync(join(tmpdir(), "runlit-input-"));
    mkdirSync(join(dir, ".runlit"));
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  function repl(input: string, ...args: string[]) {
    const [file, ...rest] = [...RUNLIT[runtime], "repl", ...args];
    const env = { ...process.env, HOME: dir, NODE_EXTRA_CA_CERTS: "" };
    return spawnSync(file, rest, { cwd: dir, input, encoding: "utf8", env });
  }

  it("evaluates its input as a script, and prints values", () => {
    const { status, stdout, stderr } = repl("const x: number = 20\nx +\n 1\nawait runs()\n");
    assert.deepEqual([status, stdout, stderr], [0, "21\n[]\n", ""]);
  });

  it("stops at the first error with exit code 1", () => {
    const { status, stdout, stderr } = repl("1\nnope\n2\n");
    assert.deepEqual([status, stdout], [1, "1\n"]);
    assert.equal(stderr, "Uncaught ReferenceError: nope is not defined\n    at <input>:2\n");
  });

  it("says where an error comes from", () => {
    writeFileSync(join(dir, "fails.ts"), "#!/usr/bin/env runlit\n\nconst n: number = nope\n");
    const cases = [
      [["--load", "fails.ts"], "", "fails.ts:3"],
      [["--load", join(dir, "fails.ts")], "", `${join(dir, "fails.ts")}:3`],
      [["--eval", "\nnope"], "", "--eval:2"],
      [[], "function f() {\n  nope\n}\n\nf()\n", "<input>:2"],
      [[], "# Title\n\n    >>> 1\n    1\n    >>> nope\n", "<input>:5"],
    ] as const;
    for (const [args, input, place] of cases) {
      const { status, stderr } = repl(input, ...args);
      assert.deepEqual([status, stderr.split("\n")[1]], [1, `    at ${place}`]);
    }
    const { status, stderr } = repl("", "--load", "nope.ts");
    assert.equal(status, 1);
    assert.match(stderr, /Cannot load 'nope\.ts': there is no such file/);
  });

  it("ends at a startup file that fails, and says which", () => {
    writeFileSync(join(dir, "repl.ts"), "\nthrow new Error('broken')\n");
    const { status, stdout, stderr } = repl("1");
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /^Uncaught Error: broken\n {4}at .*repl\.ts:2\n/);
    rmSync(join(dir, "repl.ts"));
  });

  it("runs the shell examples of a document", () => {
    const { status, stdout } = repl("    $ cd /; false\n    <1>\n    >>> process.cwd()\n    '/'\n");
    assert.deepEqual([status, stdout], [0, "<1>\n'/'\n"]);
  });

  it("writes no codes, whatever it is asked for", () => {
    const { stdout, stderr } = repl("({ a: 'b' })\nawait runs()\nnope");
    assert.doesNotMatch(stdout + stderr, /\x1b/);
  });

  it("says where a syntax error is", () => {
    const { status, stderr } = repl("const = 1\n");
    assert.equal(status, 1);
    assert.match(stderr, /SyntaxError.*\n {4}at <input>:1\n {2}const = 1\n {8}\^/);
  });

  it("takes a document's examples", () => {
    assert.equal(repl("# Sum\n\n    >>> 1 + 1\n    3\n").stdout, "2\n");
  });

  it("evaluates startup files, then --eval, then --load, then its input", () => {
    writeFileSync(join(dir, "repl.ts"), "const order: string[] = ['init']\n");
    writeFileSync(join(dir, "more.ts"), "order.push('load')\n");
    const args = ["--eval", "order.push('eval')", "--load", "more.ts"];
    assert.equal(repl("order.join(' ')", ...args).stdout, "2\n3\n'init eval load'\n");
    assert.equal(repl("typeof order", "--no-init").stdout, "'undefined'\n");
    rmSync(join(dir, "repl.ts"));
  });
});
