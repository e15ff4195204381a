import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { RUNLIT } from "../../scripts/house/tools.ts";
import { openTerminal, skip } from "./_terminal.ts";

/** Inputs, as somebody enters them who works out what runs are. */
const INPUTS = [
  "const xs: number[] = [3, 1, 2]",
  "xs.toSorted()",
  "_.length",
  "const dir = make_temp_dir()",
  "dir",
  'write(path_join(dir, "train.py"), "lr = 0.1\\nprint(lr)\\n")',
  'cat(path_join(dir, "train.py"))',
  "ls(dir)",
  'sha256(path_join(dir, "train.py"))',
  'const runsDir = path_join(dir, "runs"); make_dir(runsDir)',
  "const r = await makeRun(runsDir)",
  "r.id",
  "r",
  'const opdef = { name: "train", data: { exec: "python train.py" } }',
  "opdef",
  'const opref = { namespace: "demo", name: "train" }',
  "await initRunMeta(r, { opref, opdef, cmd: { args: ['echo', 'hi'], env: {} }, config: { lr: 0.1 } })",
  "await runMeta.readConfig(r)",
  "await runStatus(r)",
  "new Date()",
  "Date.now()",
  'JSON.parse("{")',
  "function f(x: number) { return x * 2 }",
  "f(21)",
  'for (let i = 0; i < 3; i++) console.log("line", i)',
  'console.log("a\\n\\nb")',
  "({ id: r.id, when: new Date(), n: _24 })",
  "`braces {x} ${xs.length}`",
  'new Error("boom")',
  "await $`echo hello from sh`.text()",
  "delete_temp_dir(dir)",
  "$ date; echo $$ >pid; rm pid; false",
  "$ mkdir -p made; cd made; export WORD=hi",
  "[process.env.WORD, basename(process.cwd()), { pid: process.pid }]",
  'cd("..")',
  'console.log("out"); console.error("aside")',
  "[process.version, (await import('node:os')).tmpdir(), (await import('node:os')).homedir()]",
  "function shout(text: string) {\nreturn `${text}!`\n}",
  "shout(\n'a')",
];

describe("a session that is saved", { skip }, () => {
  it("is a document that passes on both runtimes, and a script", async () => {
    const terminal = await openTerminal({ columns: 120 });
    try {
      for (const input of INPUTS) await terminal.enter(input);
      await terminal.enter(".save session.md", /Saved 40 examples/);
      await terminal.enter(".save session.md", /'session\.md' exists/);
      await terminal.enter(".save session.ts", /Saved 39 inputs/);
      const document = readFileSync(join(terminal.dir, "session.md"), "utf8");
      assert.match(document, /^ {4}>>> r\.id {2}\/\/ \+parse\n {4}'\{:run_id\}'$/m);
      assert.match(document, /^ {4}>>> const _2 = xs\.toSorted\(\)$/m);
      for (const runlit of Object.values(RUNLIT)) {
        const [file, ...args] = [...runlit, "test", "session.md"];
        const { status, stdout, stderr } = spawnSync(file, args, {
          cwd: terminal.dir,
          encoding: "utf8",
        });
        assert.equal(status, 0, `${file}: ${stdout}${stderr}`);
      }
      const script = readFileSync(join(terminal.dir, "session.ts"), "utf8");
      assert.match(
        script,
        /^import \{ initRunMeta, makeRun, runMeta, runStatus \} from "runlit";$/m,
      );
      assert.doesNotMatch(script, /JSON\.parse/);
    } finally {
      terminal.close();
    }
  });

  it("lists runs, although it makes more of them each time", async () => {
    const terminal = await openTerminal();
    try {
      await terminal.enter("runs()");
      await terminal.enter('const r = await start("hello")');
      await terminal.enter("await runs()");
      await terminal.enter("_.length > 0");
      await terminal.enter('await start("hello"); await runs({ limit: 1 })');
      await terminal.enter(".save runs.md", /Saved 6 examples/);
      const document = readFileSync(join(terminal.dir, "runs.md"), "utf8");
      assert.match(document, /^ {4}>>> _3 {2}\/\/ .*\n {4}# +name +operation .*\n {4}…$/m);
      for (const runlit of Object.values(RUNLIT)) {
        const [file, ...args] = [...runlit, "test", "runs.md"];
        const { status, stdout } = spawnSync(file, args, { cwd: terminal.dir, encoding: "utf8" });
        assert.equal(status, 0, `${document}\n${stdout}`);
      }
    } finally {
      terminal.close();
    }
  });

  it("awaits what the session awaited", async () => {
    const terminal = await openTerminal();
    try {
      await terminal.enter("Promise.resolve(20)");
      await terminal.enter("_ + 1", /^21$/m);
      await terminal.enter("Promise.resolve()");
      await terminal.enter(".save late.ts", /Saved 3 inputs/);
      await terminal.enter(".save late.md", /Saved 4 examples/);
      assert.equal(
        readFileSync(join(terminal.dir, "late.ts"), "utf8"),
        "const _1 = await Promise.resolve(20)\n_1\n_1 + 1\nawait Promise.resolve()\n",
      );
      const document = readFileSync(join(terminal.dir, "late.md"), "utf8");
      assert.match(document, /^ {4}>>> const _1 = await Promise\.resolve\(20\)$/m);
      assert.match(document, /^ {4}>>> Promise\.resolve\(\)$/m);
    } finally {
      terminal.close();
    }
  });

  it("begins where .doc says, and is loaded again", async () => {
    const terminal = await openTerminal();
    try {
      await terminal.enter("'before'", /^'before'$/m);
      await terminal.enter(".doc Sums and more", /begins here/);
      await terminal.enter("1 + 1", /^2$/m);
      await terminal.enter(".save sums.md", /Saved 1 examples/);
      const document = readFileSync(join(terminal.dir, "sums.md"), "utf8");
      assert.match(document, /^# Sums and more\n\n {4}>>> 1 \+ 1\n {4}2\n$/m);
      await terminal.clear();
      await terminal.enter(".load sums.md", /^2\n>>>$/m);
      await terminal.enter(".check", /1 passed, 0 failed/);
      assert(existsSync(join(terminal.dir, ".runlit/history")));
    } finally {
      terminal.close();
    }
  });
});
