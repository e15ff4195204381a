import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { RUNLIT, runtime } from "./_terminal.ts";

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
    assert.equal(stderr.split("\n")[0], "Uncaught ReferenceError: nope is not defined");
  });

  it("says where a syntax error is", () => {
    const { status, stderr } = repl("const = 1\n");
    assert.equal(status, 1);
    assert.match(stderr, /SyntaxError.*\n {2}const = 1\n {8}\^/);
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
