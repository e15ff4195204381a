import assert from "node:assert/strict";
import { test } from "node:test";
import { detectFlags, scriptLanguage } from "../../lib/guild/detect_flags.ts";
import { patchShell, shellAssignments } from "../../lib/guild/shell_assignments.ts";
import { SCRIPTS as JAVASCRIPT } from "./_corpus_javascript.ts";
import { SCRIPTS as NOTEBOOKS } from "./_corpus_notebook.ts";
import { SCRIPTS as PYTHON } from "./_corpus_python.ts";
import { SCRIPTS as SHELL } from "./_corpus_shell.ts";
import { summarize } from "./_flag_summary.ts";

for (const { file, source, found } of [...PYTHON, ...JAVASCRIPT, ...SHELL, ...NOTEBOOKS]) {
  test(`detectFlags() finds the flags of ${file}`, async () => {
    assert.equal(summarize(await detectFlags(source, file)), found);
  });
}

test("a script that does not parse is an error with its line", async () => {
  await assert.rejects(detectFlags("const a = 1;\nconst = 2;\n", "a.js"), {
    name: "FlagError",
    message: /^Cannot read flags of 'a\.js': Unexpected token.* in line 2$/,
  });
  await assert.rejects(detectFlags('{"cells": [', "a.ipynb"), {
    name: "FlagError",
    message: /^Cannot read flags of 'a\.ipynb': .* in line 1$/,
  });
});

test("Python that the parser does not understand is in doubt, and the rest is read", async () => {
  const found = await detectFlags("lr = 0.1\nif lr >:\n    pass\nepochs = 3\n", "a.py");
  assert.equal(found.doubtfulLine, 2);
  assert.deepEqual(found.flags.map((flag) => flag.name), ["lr", "epochs"]);
});

test("what is no script is refused", async () => {
  await assert.rejects(detectFlags("x = 1", "notes.txt"), { name: "FlagError" });
  assert.equal(scriptLanguage("run", "#!/usr/bin/env python3\n"), "python");
  assert.equal(scriptLanguage("run", "#!/usr/bin/env -S deno run -A\n"), "javascript");
  assert.equal(scriptLanguage("run", "#!/bin/bash -e\n"), "shell");
  assert.equal(scriptLanguage("run", "#!/usr/bin/perl\n"), null);
  assert.equal(scriptLanguage("data.csv", "#!/bin/sh\n"), null);
});

test("a byte order mark is no part of a script", async () => {
  const { flags } = await detectFlags("\ufefflr = 0.1\n", "a.py");
  assert.deepEqual(flags.map((flag) => flag.name), ["lr"]);
});

test("detectFlags() ends for whatever it is given", async () => {
  let seed = 5;
  const random = (n: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % n;
  const words = [
    ..."argparse.,()[]{}=:\"'\n\n -+*@#`$\\".split(""),
    ...["import ", "p", "add_argument", "--x", "default", "parseArgs", "case", "esac", "getopts "],
  ];
  for (let i = 0; i < 400; i++) {
    const text = Array.from({ length: random(60) }, () => words[random(words.length)]).join("");
    for (const file of ["a.py", "a.ts", "a.sh"]) {
      const head = file === "a.py" ? "import argparse\n" : "";
      await detectFlags(head + text, file).catch((error) => assert.equal(error.name, "FlagError"));
    }
  }
});

test("patchShell() sets variables and keeps every other byte", () => {
  const source =
    '#!/bin/sh\nlr=0.1 # rate\nname=\'a b\'\nseed="${seed:-1}"\n: "${n:=3}"\non=true\n';
  const values = { lr: 0.5, name: "it's", seed: 7, n: 4, on: false };
  const patched = patchShell(source, values);
  assert.equal(
    patched,
    `#!/bin/sh\nlr=0.5 # rate\nname='it'"'"'s'\nseed=7\n: "\${n:=4}"\non=false\n`,
  );
  assert.equal(patchShell(source, { lr: 0.1, name: "a b" }), source);
  assert.deepEqual(shellAssignments(patched).map((each) => each.name), ["lr", "seed", "n", "on"]);
  assert.throws(() => patchShell(source, { nope: 1 }), /Cannot set 'nope'/);
});
