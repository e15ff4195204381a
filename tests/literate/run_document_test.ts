import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { isAlive, withDocuments } from "./_documents.ts";

const onDeno = "Deno" in globalThis;

test("runDocument() gives each document a directory that is gone afterwards", async () => {
  await withDocuments({}, async ({ path, read, write, run }) => {
    const seen = JSON.stringify(path("seen"));
    write("a.md", `    >>> write(${seen}, process.cwd())\n    >>> ls(".")\n    <empty>\n`);
    assert.deepEqual((await run("a.md")).failures, []);
    assert.match(read("seen"), /runlit-doc-\w+\/a$/);
    assert.equal(existsSync(read("seen")), false);
  });
});

test("runDocument() moves and changes nothing of this process or other documents", async () => {
  const text =
    `    >>> cd("/")\n    >>> void (process.env.LEAK = "1")\n    $ export LEAK2=2; pwd\n    /\n`;
  await withDocuments({ "a.md": text, "b.md": text }, async ({ run }) => {
    const before = process.cwd();
    const [a, b] = await Promise.all([run("a.md"), run("b.md")]);
    assert.deepEqual([a.failures, b.failures], [[], []]);
    assert.equal(process.cwd(), before);
    assert.deepEqual([process.env.LEAK, process.env.LEAK2], [undefined, undefined]);
  });
});

test("runDocument() shares directory and variables between shell and TypeScript", async () => {
  const text = `    $ mkdir sub; cd sub; export WORD=hello
    >>> basename(process.cwd()) + " " + process.env.WORD
    'sub hello'
    >>> process.env.WORD = "bye"; cd("..")
    $ echo $WORD; ls; false
    bye
    sub
    <1>
    $ echo out; echo err >&2; exit 3
    out
    err
    <3>
`;
  await withDocuments({ "a.md": text }, async ({ run }) => {
    assert.deepEqual((await run("a.md")).failures, []);
  });
});

test("runDocument() sees what processes print in order", async () => {
  const text = `    >>> import { execSync } from "node:child_process"
    >>> console.log(1); execSync("echo 2; echo 3 >&2", { stdio: "inherit" }); process.stdout.write("4\\n"); 5
    1
    2
    3
    4
    5
`;
  await withDocuments({ "a.md": text }, async ({ run }) => {
    assert.deepEqual((await run("a.md")).failures, []);
  });
});

test(
  "runDocument() ends what a document leaves running",
  { skip: !existsSync("/proc") },
  async () => {
    const text = `    >>> import { spawn } from "node:child_process"
    >>> const { pid } = spawn("sleep", ["1000"], { stdio: "inherit" })
    >>> setInterval(() => {}, 1000) === null
    false
    >>> pid  // +parse
    {pid:d}
    $ sleep 1000 & echo $! > SHELL
    $ (setsid sleep 1000 & echo $! > LOST)
    >>> WRITE
`;
    await withDocuments({}, async ({ path, read, write, run }) => {
      const source = text.replace("WRITE", `write(${JSON.stringify(path("pid"))}, String(pid))`)
        .replace("SHELL", path("shell")).replace("LOST", path("lost"));
      write("a.md", source);
      assert.deepEqual((await run("a.md")).failures, []);
      for (const name of ["pid", "shell", "lost"]) {
        assert.equal(isAlive(Number(read(name))), false, name);
      }
    });
  },
);

test(
  "runDocument() ends the shell of a document that it kills",
  { skip: !existsSync("/proc") },
  async () => {
    await withDocuments({}, async ({ path, read, write, run }) => {
      const pid = path("pid");
      write("a.md", `    $ setsid sh -c 'echo $$ > ${pid}; sleep 1000' & wait\n`);
      const stop = new AbortController();
      const timer = setInterval(() => {
        if (existsSync(pid) && read("pid") !== "") stop.abort();
      }, 1);
      const { failures } = await run("a.md", { signal: stop.signal });
      clearInterval(timer);
      assert.deepEqual(failures, ["1: interrupted"]);
      assert.equal(isAlive(Number(read("pid"))), false);
    });
  },
);

test("runDocument() ends what never ends, and blames the right example", async () => {
  const text = `    >>> while (true) {}  // +timeout=200ms
    >>> 1
    1
    >>> await new Promise(() => {})  // +timeout=200ms
    >>> const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    >>> 2
    2
    >>> pause()  // +timeout=200ms
    >>> 3
    3
`;
  await withDocuments({ "a.md": text }, async ({ run }) => {
    const { examples, end } = await run("a.md");
    const blamed = examples.filter(({ failure }) => failure?.reason.startsWith("no result"));
    assert.deepEqual(blamed.map(({ line }) => line), [1, 4, 8]);
    // Whether the runtime can wake what waits decides whether the last one runs.
    const last = examples.at(-1)!;
    assert(last.status === "passed" || /^not run/.test(last.failure!.reason));
    assert.equal(end.passed + end.failed, 7);
  });
});

test("runDocument() kills a process that blocks, and says what was not run", async () => {
  const text = `    >>> import { execSync } from "node:child_process"
    >>> const slow = () => execSync("sleep 1000")
    >>> 1
    1
    >>> slow()  // +timeout=200ms
    >>> 2
    2
    $ sleep 1000
`;
  await withDocuments({ "a.md": text }, async ({ run }) => {
    assert.deepEqual((await run("a.md")).failures, [
      "5: no result after 0.2 s, the process was ended",
      "6: not run: the document's process has ended",
      "8: not run: the document's process has ended",
    ]);
  });
});

test("runDocument() goes on behind a shell command that took too long", async () => {
  const text = "    $ sleep 1000 # +timeout=100ms\n    $ echo next\n    next\n";
  await withDocuments({ "a.md": text }, async ({ run }) => {
    assert.deepEqual((await run("a.md")).failures, ["1: no end after 0.1 s"]);
  });
});

test("runDocument() ends a document that takes too long as a whole", async () => {
  const text = "---\ntimeout: 1ms\n---\n\n    >>> await new Promise(() => {})\n";
  await withDocuments({ "a.md": text }, async ({ run }) => {
    const { end, failures, problems } = await run("a.md", { documentTimeout: 1 });
    assert.equal(end.passed, 0);
    assert.match([...failures, ...problems].join("\n"), /the document took longer than 0.001 s/);
  });
});

test("runDocument() takes process.exit() for an error, and goes on", async () => {
  const text = `    >>> process.exit(3)
    Uncaught ExitError: the process would exit with code 3 here
    >>> 1
    1
`;
  await withDocuments({ "a.md": text }, async ({ run }) => {
    assert.deepEqual((await run("a.md")).failures, []);
  });
});

test("runDocument() reports a process that is gone", async () => {
  const text = "    >>> 1\n    1\n    >>> process.kill(process.pid, 'SIGKILL')\n    >>> 2\n    2\n";
  await withDocuments({ "a.md": text }, async ({ run }) => {
    assert.deepEqual((await run("a.md")).failures, [
      "3: the process ended early (SIGKILL)",
      "4: not run: the document's process has ended",
    ]);
  });
});

test("runDocument() knows what a process was doing last, however quickly", async () => {
  const text = `    >>> function end() { process.kill(process.pid, "SIGKILL") }
    >>> 1
    1
    >>> [1].length
    1
    >>> end()
`;
  await withDocuments({ "a.md": text }, async ({ run }) => {
    const { failures } = await run("a.md");
    assert.deepEqual(failures, ["6: the process ended early (SIGKILL)"]);
  });
});

test("runDocument() fails the example during which an error was left alone", async () => {
  const text = `    >>> Promise.reject(new RangeError("nobody looked")); 1
    1
    >>> 2
    2
    >>> let go; const done = new Promise((resolve) => { go = resolve })
    >>> setImmediate(() => { go(); throw new Error("late") }); await done
    >>> 3
    3
`;
  await withDocuments({ "a.md": text }, async ({ run }) => {
    const { examples } = await run("a.md");
    const failed = examples.filter(({ status }) => status === "failed");
    assert.equal(failed[0].line, 1);
    assert.match(failed[0].failure!.actual, /RangeError: nobody looked/);
    assert.equal(failed.length, 2);
    assert.match(failed[1].failure!.actual, /Error: late/);
  });
});

test("runDocument() gives examples no standard input", async () => {
  const text = "    $ cat; echo end\n    end\n    >>> read('/dev/stdin')\n    ''\n";
  await withDocuments({ "a.md": text }, async ({ run }) => {
    assert.deepEqual((await run("a.md")).failures, []);
  });
});

test("runDocument() keeps standard error aside, and shows it with a failure", async () => {
  const text = `    >>> console.error("aside"); 1
    1
    >>> console.error("shown")  // +stderr
    shown
    >>> console.error("why"); 1
    2
`;
  await withDocuments({ "a.md": text }, async ({ run }) => {
    const { examples } = await run("a.md");
    assert.deepEqual(examples.map(({ failure }) => failure?.stderr), [
      undefined,
      undefined,
      "why\n",
    ]);
  });
});

test(
  "runDocument() gives a document on Deno the permissions it names",
  { skip: !onDeno },
  async () => {
    const text = "---\npermissions: [read]\n---\n\n" +
      '    >>> write("x", "y")  // +parse\n    Uncaught NotCapable: Requires write access{}\n';
    await withDocuments({ "a.md": text }, async ({ run }) => {
      const { failures, problems } = await run("a.md");
      assert.deepEqual([failures, problems], [[], []]);
    });
  },
);

test("runDocument() runs a failed document again where it is told to", async () => {
  await withDocuments({}, async ({ path, write, run }) => {
    const file = JSON.stringify(path("seen"));
    const example = `    >>> const was = path_exists(${file}); touch(${file}); was\n    true\n`;
    write("a.md", `---\ntest-options: +retry-on-fail=2\n---\n\n${example}`);
    const { end } = await run("a.md");
    assert.deepEqual([end.passed, end.failed], [1, 0]);
  });
});

test("runDocument() reports the examples of lines, and those with a text", async () => {
  const text = "    >>> const a = 1\n\nProse.\n\n    >>> a + 1\n    2\n\n    >>> a + 2\n    4\n";
  await withDocuments({ "a.md": text }, async ({ run }) => {
    const byLine = await run("a.md", { lines: [6] });
    assert.deepEqual(byLine.examples.map(({ status }) => status), ["skipped", "passed", "skipped"]);
    const byProse = await run("a.md", { lines: [3] });
    assert.deepEqual(byProse.examples.map(({ status }) => status), [
      "skipped",
      "passed",
      "skipped",
    ]);
    const byText = await run("a.md", { filter: "a + 2" });
    assert.deepEqual(byText.examples.map(({ status }) => status), ["skipped", "skipped", "failed"]);
  });
});

test("runDocument() tells output that begins with dots from source", async () => {
  const text =
    "```ts\n>>> type T = number\n>>> console.log('... 12 more' as string)\n... 12 more\n" +
    ">>> const f = (a: T): T => (\n...   a + 1\n... )\n>>> f(1)\n2\n```\n";
  await withDocuments({ "a.md": text }, async ({ run }) => {
    assert.deepEqual((await run("a.md")).failures, []);
  });
});

test("runDocument() checks types, with errors at the document's lines", async () => {
  const text = `    >>> const n: number = 1
    >>> const text = path_join("a", "b")
    >>> text * 2
    NaN
    >>> const n: string = "again"
    >>> n.toFixed()  // -typecheck +fails
    >>> 1 + 1  // +parse
    {sum:d}
    >>> sum.anything
`;
  await withDocuments({ "a.md": text }, async ({ run }) => {
    const { end, problems } = await run("a.md", { typecheck: true });
    assert.deepEqual([end.passed, end.failed], [7, 1]);
    assert.deepEqual(problems.length, 1);
    assert.match(problems[0], /^TS2362: /);
  });
});

test("runDocument() imports TypeScript that needs more than types erased", async () => {
  const text = `    >>> import { Shape, area, Square } from "./shapes.ts"
    >>> [Shape.Square, area.UNIT, new Square(3).side]
    [ 1, 'm2', 3 ]
`;
  await withDocuments({
    "a.md": text,
    "package.json": '{"type":"module"}',
    "shapes.ts": `import { Side } from "./types.ts";
export enum Shape { Circle, Square }
export namespace area { export const UNIT = "m2"; }
export class Square { constructor(readonly side: Side) {} }
`,
    "types.ts": "export type Side = number;",
  }, async ({ run }) => {
    const { end, failures } = await run("a.md");
    assert.deepEqual([end.passed, end.failed], [2, 0], failures.join("\n"));
  });
});

test("runDocument() checks types of the packages and modules that a document sees", async () => {
  const text = `    >>> import { double } from "tiny"
    >>> import { half } from "./half.ts"
    >>> half(double(2))
    2
    >>> double("2")
    4
    >>> half("2")
    1
`;
  const manifest = '{"name":"tiny","type":"module","main":"index.js","types":"index.d.ts"}';
  await withDocuments({
    "docs/a.md": text,
    "docs/half.ts": "export function half(n: number): number { return n / 2; }",
    "package.json": '{"type":"module"}',
    "node_modules/tiny/package.json": manifest,
    "node_modules/tiny/index.js": "export const double = (n) => 2 * n;",
    "node_modules/tiny/index.d.ts": "export declare function double(n: number): number;",
  }, async ({ run }) => {
    const { end, problems } = await run("docs/a.md", { typecheck: true });
    assert.deepEqual([end.passed, end.failed], [5, 2], problems.join("\n"));
    for (const problem of problems) assert.match(problem, /^TS2345: .*'string'/);
  });
});
