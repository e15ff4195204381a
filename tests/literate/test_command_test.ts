import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { programEnv, runProgram } from "../../scripts/house/run_program.ts";
import { OWN_RUNLIT, RUNLIT } from "../../scripts/house/tools.ts";
import { withDocuments } from "./_documents.ts";

const GOOD = "    >>> 1 + 1\n    2\n";
const BAD = "    >>> 1 + 1\n    3\n\n    >>> 'x'\n    'y'\n";

function lastLine({ stdout }: { stdout: string }): string {
  return stdout.trimEnd().split("\n").at(-1)!;
}

test("runlit test ends with 0, 1 or 2, and says how many passed and failed", async () => {
  await withDocuments({ "good.md": GOOD, "bad.md": BAD, "empty.md": "No\n" }, async ({ test }) => {
    const good = await test(["good.md"]);
    assert.deepEqual([good.code, lastLine(good)], [0, "1 passed, 0 failed"]);
    const bad = await test(["good.md", "bad.md"]);
    assert.deepEqual([bad.code, lastLine(bad)], [1, "1 passed, 2 failed"]);
    const empty = await test(["empty.md"]);
    assert.deepEqual([empty.code, lastLine(empty)], [2, "0 passed, 0 failed"]);
    const missing = await test(["missing.md"]);
    assert.equal(missing.code, 2);
    assert.match(missing.stderr, /There is no document 'missing.md'/);
  });
});

test("runlit test finds documents by directory, glob and line", async () => {
  const files = { "docs/a.md": GOOD, "docs/b.md": BAD, "docs/.hidden/c.md": BAD };
  await withDocuments(files, async ({ test }) => {
    assert.equal(lastLine(await test(["docs"])), "1 passed, 2 failed");
    assert.equal(lastLine(await test([])), "1 passed, 2 failed");
    assert.equal(lastLine(await test(["docs/a*.md"])), "1 passed, 0 failed");
    assert.equal(lastLine(await test(["docs/b.md:4"])), "0 passed, 1 failed, 1 skipped");
  });
});

test("runlit test that a signal ends exits with 128 and its number", async () => {
  await withDocuments({}, async (documents) => {
    const ready = documents.path("ready");
    documents.write("slow.md", `    $ touch ${ready}; sleep 20\n`);
    const argv = [...OWN_RUNLIT, "test", "slow.md"];
    const child = spawn(argv[0], argv.slice(1), {
      cwd: documents.dir,
      env: programEnv({}),
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => child.on("close", resolve));
    while (!existsSync(ready)) await setTimeout(20);
    process.kill(child.pid!, "SIGTERM");
    assert.equal(await ended, 143);
  });
});

test("runlit test stops at the first failure with --fail-fast", async () => {
  await withDocuments({ "bad.md": BAD }, async ({ test }) => {
    assert.equal(lastLine(await test(["--fail-fast", "bad.md"])), "0 passed, 1 failed, 1 skipped");
  });
});

test("runlit test --last-failed runs what failed", async () => {
  await withDocuments({ "good.md": GOOD, "bad.md": BAD }, async ({ test, write }) => {
    await test([]);
    assert.equal(lastLine(await test(["--last-failed"])), "0 passed, 2 failed");
    write("bad.md", BAD.replace("3", "2"));
    assert.equal(lastLine(await test(["--last-failed"])), "1 passed, 1 failed");
    assert.equal(lastLine(await test(["--last-failed"])), "0 passed, 1 failed, 1 skipped");
  });
});

test("runlit test runs the same in any number of processes", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 6 }, (_, i) => [`d${i}.md`, i % 2 ? GOOD : BAD]),
  );
  await withDocuments(files, async ({ test }) => {
    const times = / \(\d+ ms\)/g;
    const outputs = [];
    for (const jobs of ["1", "4"]) {
      outputs.push((await test(["--jobs", jobs])).stdout.replace(times, ""));
    }
    assert.equal(outputs[0], outputs[1]);
  });
});

test("runlit test reports in every format", async () => {
  await withDocuments({ "good.md": GOOD, "bad.md": BAD }, async ({ test }) => {
    const tap = await test(["--reporter", "tap"]);
    assert.match(tap.stdout, /^TAP version 14\n[^]*^not ok 1 [^]*^ok 3 [^]*^1\.\.3$/m);
    const junit = await test(["--reporter", "junit"]);
    assert.match(junit.stdout, /^<\?xml [^]*<testsuites [^]*<failure [^]*<\/testsuites>\n$/);
    const github = await test(["--reporter", "github"]);
    assert.match(github.stdout, /^::error file=bad.md,line=2,/m);
    const jsonl = await test(["--reporter", "jsonl"]);
    const events = jsonl.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(events.filter(({ type }) => type === "example").map(({ status }) => status), [
      "failed",
      "failed",
      "passed",
    ]);
    for (const { code } of [tap, junit, github, jsonl]) assert.equal(code, 1);
    const wrong = await test(["--reporter", "junti"]);
    assert.deepEqual([wrong.code, /did you mean 'junit'/.test(wrong.stderr)], [2, true]);
  });
});

const VOLATILE =
  `    >>> ["id-" + Math.floor(1e6 + Math.random()), "two", "three"].forEach((x) => console.log(x))  // +parse
    id-{id:d}
    2
    three

    >>> id > 0
    false

    >>> console.log("a\\nb\\nc\\nd")  // +wildcard
    a
    ...
    e
`;

test("runlit test --update rewrites what failed, and keeps fields and wildcards", async () => {
  await withDocuments({ "a.md": VOLATILE }, async ({ test, read }) => {
    assert.equal((await test(["a.md"])).code, 1);
    const refused = await test(["--update", "a.md"], { CI: "1" });
    assert.deepEqual([refused.code, read("a.md")], [2, VOLATILE]);
    // The first run cannot bind what did not match; the second can.
    await test(["--update", "a.md"]);
    const again = await test(["--update", "a.md"]);
    assert.equal(again.code, 0, again.stdout);
    const text = read("a.md");
    assert.match(text, /^ {4}id-\{id:d\}\n {4}two\n {4}three$/m);
    assert.match(text, /id > 0\n {4}true\n/);
    assert.match(text, /^ {4}a\n {4}\.\.\.\n {4}d\n$/m);
    assert.equal((await test(["a.md"])).code, 0);
  });
});

test("runlit test --coverage writes what V8 counted", async () => {
  await withDocuments({ "a.md": GOOD }, async ({ test, path }) => {
    assert.equal((await test(["--coverage", "cover", "a.md"])).code, 0);
    assert(existsSync(path("cover")));
  });
});

test("runlit test --review and --repl want a terminal", async () => {
  await withDocuments({ "a.md": BAD }, async ({ test }) => {
    for (const option of ["--review", "--repl"]) {
      const { code, stderr } = await test([option, "a.md"]);
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`'${option}' needs a terminal`));
    }
  });
});

test("runlit test gives the same result on both runtimes", async () => {
  const text = `${VOLATILE}\n${BAD}
    >>> [1.5, -0, 10n, Symbol("s"), new Map([[1, { a: [] }]]), null, /x/g, new Error("e").message]
    >>> class A { #x = 1; y: number = 2 }
    >>> new A()
    >>> undefined_name
    >>> JSON.parse('{"a": [1]}')
    >>> null.x
    >>> let x = 1; x = await Promise.resolve(2); x
    >>> process.stdout.write("no line end")
    $ echo shell; false
`;
  await withDocuments({ "a.md": text }, async ({ dir }) => {
    const results = [];
    for (const runtime of ["node", "deno"] as const) {
      const { stdout } = await runProgram([...RUNLIT[runtime], "test", "-r", "jsonl", "a.md"], {
        cwd: dir,
        env: { XDG_STATE_HOME: dir, CI: undefined },
      });
      results.push(
        stdout.trimEnd().split("\n").map((line) => JSON.parse(line))
          .filter(({ type }) => type === "example")
          .map(({ line, status, failure }) => [line, status, failure?.actual]),
      );
    }
    assert.deepEqual(results[0].length, 14);
    assert.deepEqual(results[0], results[1]);
  });
});
