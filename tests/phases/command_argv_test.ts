import assert from "node:assert/strict";
import { test } from "node:test";
import { commandArgv } from "../../lib/phases/command_argv.ts";

test("commandArgv() takes a list as it is", () => {
  assert.deepEqual(commandArgv(["a b", "", "$c"]), { file: "a b", args: ["", "$c"] });
});

test("commandArgv() gives a string to the shell", () => {
  assert.deepEqual(commandArgv("a\nb"), { file: "/bin/sh", args: ["-c", "a\nb"] });
});

test("commandArgv() passes a script on whole, with its line breaks", () => {
  const script = "#!/bin/bash -eu\necho one\necho two\n";
  assert.deepEqual(commandArgv(script), { file: "/bin/bash", args: ["-eu", "-c", script] });
  const crlf = "#!/usr/bin/perl\r\nprint 1;\r\n";
  assert.deepEqual(commandArgv(crlf), { file: "/usr/bin/perl", args: ["-e", crlf] });
});

test("commandArgv() understands env", () => {
  const cases: [line: string, argv: string[]][] = [
    ["#!/usr/bin/env python3", ["/usr/bin/env", "python3", "-c"]],
    ["#! /usr/bin/env  -S python3 -u", ["/usr/bin/env", "python3", "-u", "-c"]],
    ["#!/usr/bin/env -S A=1 node", ["/usr/bin/env", "A=1", "node", "-e"]],
    ["#!/usr/bin/env python3.12", ["/usr/bin/env", "python3.12", "-c"]],
  ];
  for (const [line, argv] of cases) {
    const { file, args } = commandArgv(`${line}\nx`);
    assert.deepEqual([file, ...args], [...argv, `${line}\nx`]);
  }
});

test("commandArgv() gives other interpreters a file", () => {
  const file = "/dev/fd/3";
  for (const line of ["#!/usr/bin/awk -f", "#!/usr/bin/make -f", "#!/bin/sh -", "#!/bin/sed -f"]) {
    const script = `${line}\nBEGIN`;
    const [program, ...args] = line.slice(2).split(" ");
    assert.deepEqual(commandArgv(script), { file: program, args: [...args, file], script });
  }
  const deno = "#!/usr/bin/env -S deno run -A\n1";
  const args = ["deno", "run", "-A", "--ext=ts", file];
  assert.deepEqual(commandArgv(deno), { file: "/usr/bin/env", args, script: deno });
});

test("commandArgv() gives a script a file that is too long for an argument", () => {
  const script = `#!/bin/sh\n${"#\n".repeat(100_000)}`;
  assert.deepEqual(commandArgv(script), { file: "/bin/sh", args: ["/dev/fd/3"], script });
});

test("commandArgv() refuses a command without a program", () => {
  for (const command of ["", " \n", [], ["", "x"], "#!", "#! \necho"]) {
    assert.throws(() => commandArgv(command), { name: "TypeError", message: /^Cannot run/ });
  }
});
