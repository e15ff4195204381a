import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inCliProject } from "./_tools.ts";

const FILES = {
  "bytes.py": `import sys
n = 1
sys.stdout.buffer.write(bytes(range(256)) * n)
sys.stdout.flush()
with open("made.bin", "wb") as f:
    f.write(bytes(range(255, -1, -1)) * 8192 * n)
`,
  "hello.sh": "msg=hello\necho $msg\n",
  "many.sh": "n=300000\nseq $n\n",
};

const off = ["--scope", "off", "-q"];

test("runlit cat prints output and files of a run byte by byte", async () => {
  await inCliProject(FILES, async ({ dir, runlit, shell, list }) => {
    assert.equal((await runlit("run", "bytes.py", "n=2", ...off)).code, 0);
    const [run] = await list();
    const printed = await shell(
      `runlit cat > out && runlit cat ${run.id.slice(0, 8)} made.bin > made`,
    );
    assert.deepEqual([printed.code, printed.stderr], [0, ""]);
    const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    assert.deepEqual(readFileSync(join(dir, "out")), Buffer.concat([all, all]));
    assert.deepEqual(
      readFileSync(join(dir, "made")),
      readFileSync(join(String(run.runDir), "made.bin")),
    );
  });
});

test("runlit cat prints files of meta, and names them", async () => {
  await inCliProject(FILES, async ({ runlit, list }) => {
    await runlit("run", "hello.sh", ...off);
    await runlit("run", "hello.sh", "--stage", ...off);
    const [staged, sealed] = await list();
    for (const { id } of [staged, sealed]) {
      assert.match((await runlit("cat", id, "--meta")).stdout, /^__schema__\nconfig\.json\n/);
      assert.equal((await runlit("cat", id, "-m", "id")).stdout, id);
      assert.match((await runlit("cat", id, "-m", "opref")).stdout, /^2 demo hello\.sh$/);
    }
    assert.equal((await runlit("cat", sealed.id, "-m", "output/40_run")).stdout, "hello\n");
    const none = await runlit("cat", staged.id);
    assert.deepEqual([none.code, none.stdout], [1, ""]);
    assert.match(none.stderr, /^runlit: Run has no output '40_run' in '.*': there is none\n$/);
  });
});

test("runlit cat, list and show know Guild's layouts too", async () => {
  await inCliProject(FILES, async ({ runlit }) => {
    const at = ["--runs", "guild/runs"];
    for (const layout of ["guild", "guild-2019"]) {
      await runlit("run", "hello.sh", `msg=${layout}`, "--layout", layout, ...at, ...off);
      assert.equal((await runlit("cat", ...at)).stdout, `${layout}\n`);
      assert.equal(
        (await runlit("cat", "1", "-m", "attrs/flags", ...at)).stdout,
        `msg: ${layout}\n`,
      );
      assert.equal((await runlit("cat", "1", "-m", "started", ...at)).stdout.length, 16);
      assert.match((await runlit("cat", "1", "-m", ...at)).stdout, /^output\/40_run\.index$/m);
      const shown = await runlit("show", "--json", ...at);
      assert.deepEqual(JSON.parse(shown.stdout).config, { msg: layout });
      assert.equal((await runlit("show", "--output", ...at)).stdout, `${layout}\n`);
      const listed = await runlit("list", "--json", "-n", "1", ...at);
      assert.deepEqual(JSON.parse(listed.stdout).config, { msg: layout });
      assert.equal(JSON.parse(listed.stdout).status, "completed");
    }
  });
});

test("runlit cat takes IDs from standard input", async () => {
  await inCliProject(FILES, async ({ runlit, shell, list }) => {
    await runlit("run", "hello.sh", "msg=[a,b]", ...off);
    const [b, a] = await list();
    const piped = await shell(`printf '${a.id}\\n${b.id}\\n' | runlit cat -`);
    assert.deepEqual([piped.code, piped.stdout], [0, "a\nb\n"], piped.stderr);
    const nul = await shell(`printf '%s\\0' ${b.id} ${a.id} | runlit cat - -0`);
    assert.equal(nul.stdout, "b\na\n");
    assert.equal(
      (await shell(`printf '${a.id}' | runlit cat - hello.sh`)).stdout,
      "msg=a\necho $msg\n",
    );
    assert.equal((await runlit("cat", "@latest")).stdout, "b\n");
  });
});

test("a reader of runlit cat that goes away ends it with 0", async () => {
  await inCliProject(FILES, async ({ shell }) => {
    const { stdout, stderr } = await shell(
      "runlit run many.sh --scope off -q > all; runlit cat | head -1; echo ${PIPESTATUS[*]}; " +
        "runlit cat 1 many.sh | head -c 1; echo ${PIPESTATUS[*]}; " +
        "runlit cat | (sleep 0.3; cmp - all) && echo same",
    );
    assert.deepEqual([stdout, stderr], ["1\n0 0\nn0 0\nsame\n", ""]);
  });
});

test("runlit cat says what is not there, and never waits for a named pipe", async () => {
  await inCliProject(FILES, async ({ dir, runlit, list }) => {
    await runlit("run", "bytes.py", ...off);
    const cases: [string[], number, RegExp][] = [
      [["1", "mad.bin"], 1, /no file 'mad\.bin' in the run directory .*did you mean 'made\.bin'/],
      [["1", "."], 1, /Cannot print '\.' of run '.*': it is a directory/],
      [["1", "../x"], 2, /'\.\.\/x' is no path in the run directory/],
      [["1", "/etc/passwd"], 2, /it has to be relative/],
      [["1", "-m", "idd"], 1, /no file 'idd' in the meta .*did you mean 'id'/],
      [["1", "-m", "../x"], 2, /'\.\.\/x' is no path in its meta/],
      [["zzz"], 1, /There is no run 'zzz'/],
    ];
    for (const [args, code, message] of cases) {
      const result = await runlit("cat", ...args);
      assert.deepEqual([result.code, result.stdout], [code, ""], args.join(" "));
      assert.match(result.stderr, message);
    }
    const [run] = await list();
    execFileSync("mkfifo", [join(dir, "fifo")]);
    execFileSync("ln", ["-s", join(dir, "fifo"), join(String(run.runDir), "pipe")]);
    const pipe = await runlit("cat", "1", "pipe");
    assert.equal(pipe.code, 1);
    assert.match(pipe.stderr, /it is no regular file/);
  });
});
