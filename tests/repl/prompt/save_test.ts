import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { matchOutput } from "../../../repl/literate/match/match_output.ts";
import type { RecordedInput } from "../../../repl/prompt/recorded_input.ts";
import { maskVolatile } from "../../../repl/prompt/save/mask_volatile.ts";
import { nameResults } from "../../../repl/prompt/save/name_results.ts";
import { renderDocument } from "../../../repl/prompt/save/render_document.ts";
import { renderScript } from "../../../repl/prompt/save/render_script.ts";
import { TYPESCRIPT_FLAGS } from "../../../scripts/house/tools.ts";

function inputs(
  ...list: [source: string, plain: string | null, printed?: string][]
): RecordedInput[] {
  return list.map(([source, plain, printed = ""], i) => ({
    number: i + 1,
    source,
    status: "value",
    printed,
    plain,
    error: null,
    durationMs: 1,
    expected: null,
  }));
}

describe("maskVolatile()", () => {
  const cases = [
    ["a1b2c3d4-1234-4abc-8def-0123456789ab", "{:run_id}"],
    ["2026-11-20T12:00:00.123Z", "{:date}"],
    ["1795183384949123", "{:timestamp}"],
    ["1795183384949", "{:run_timestamp}"],
    ["f".repeat(64), "{:sha256}"],
    ["took 1.5 s, 250ms", "took {:duration}, {:duration}"],
    ["in '/tmp/runlit-x/runs'", "in '{:path}'"],
    ["lusab-babad", "{:l}-{:l}"],
    ["at repl:1:12", "at {:S}"],
    ["3 minutes ago", "{:line} ago"],
    ["Fri Nov 20 15:30:53 UTC 2026", "{:line}"],
    ["{ at: 'Fri Nov 20 2026 15:30:53 GMT+0000 (UTC)', n: 1 }", "{ at: '{:line}', n: 1 }"],
    ["root  22 Nov 20 15:30 a.txt", "root  22 {:line} a.txt"],
    ["at 15:30:53", "at {:S}"],
    ["{ pid: 4711 }", "{ pid: {:d} }"],
    [`${"0a".repeat(16)}  file`, "{:x}  file"],
  ] as const;
  for (const [output, expected] of cases) {
    it(`masks ${output.slice(0, 40)}`, () => {
      const { text } = maskVolatile(output);
      assert.equal(text, expected);
      assert(matchOutput(text, output, { parse: true }).ok);
    });
  }

  it("leaves what is the same each time", () => {
    for (const same of ["{ a: 1.5 }", "1 / 2", "3 items", "lr=0.1", "a/b/c", "train.py"]) {
      assert.deepEqual(maskVolatile(same), { text: same, isPattern: false });
    }
  });

  it("masks numbers of sources that give others each time", () => {
    assert.equal(maskVolatile("0.123", { source: "Math.random()" }).text, "{:number}");
  });

  it("keeps braces that would be taken for fields", () => {
    const output = "{x} {y:d} a1b2c3d4-1234-4abc-8def-0123456789ab";
    const { text } = maskVolatile(output);
    assert(matchOutput(text, output, { parse: true }).ok);
    assert(!matchOutput(text, output.replace("{x}", "other"), { parse: true }).ok);
  });
});

describe("nameResults()", () => {
  it("gives results that are used a name", async () => {
    const named = await nameResults(inputs(["f()", "1"], ["_ + 1", "2"], ["o._ + '_' + _1", "3"]));
    assert.deepEqual(named.map(({ source }) => source), [
      "const _1 = f()",
      "_1",
      "_1 + 1",
      "o._ + '_' + _1",
    ]);
  });

  it("names the value of a promise, as the session does", async () => {
    for (
      const [source, named] of [
        ["f()", "const _1 = await f()"],
        ["g(); (h())", "g(); const _1 = await (h())"],
        ["ok ? f() : g(); // either", "const _1 = await (ok ? f() : g()); // either"],
        ["x = f()", "const _1 = await (x = f())"],
        ["f() as Promise<number>", "const _1 = await (f() as Promise<number>)"],
        ["(async () => 1)()", "const _1 = await (async () => 1)()"],
        ["await f()", "const _1 = await f()"],
        ["1 + await f()", "const _1 = 1 + await f()"],
      ]
    ) {
      const [first, second] = inputs([source, "1"], ["_ + 1", "2"]);
      const [code] = await nameResults([{ ...first, awaited: true }, second]);
      assert.equal(code.source, named);
    }
  });

  it("names an object, which is no block", async () => {
    const [code] = await nameResults(inputs(["{ a: 1, b: 2 }", "{ a: 1, b: 2 }"], ["_.a", "1"]));
    assert.equal(code.source, "const _1 = ({ a: 1, b: 2 })");
  });

  it("leaves names alone that the session declares", async () => {
    const named = await nameResults(inputs(["const _ = 3", null], ["_", "3"]));
    assert.deepEqual(named.map(({ source }) => source), ["const _ = 3", "_"]);
  });
});

describe("renderDocument()", () => {
  it("writes output that a document can hold", async () => {
    const { text } = await renderDocument(
      inputs(
        ["f(\n1)", "2", "printed"],
        ["console.log('a\\n\\nb')", null, "a\n\nb\n"],
        ["'more'", "... 'more'"],
        ["console.log('>>> 1')", null, ">>> 1\n"],
      ),
      { path: "/p/docs/s.md", startDir: "/p", title: "Title" },
    );
    assert.equal(
      text,
      `---
init: cd(path_join(import.meta.dirname, ".."))
---

# Title

    >>> f(
    ... 1)
    printed
    2

    >>> console.log('a\\n\\nb')
    a
    ⤶
    b

    >>> 'more'  // +oneline
    ... 'more'

    >>> console.log('>>> 1')  // +skip
`,
    );
  });
});

describe("renderScript()", () => {
  it("imports what was in scope, and declares names once", async () => {
    const script = await renderScript(
      inputs(
        ["const n = cat_log('x')", null],
        ["const n: number = 2", null],
        ["await makeRun('runs')", null],
      ),
    );
    assert.equal(
      script,
      `import { catLog as cat_log } from "runlit/helpers";
import { makeRun } from "runlit";

let n = cat_log('x')
n = 2
await makeRun('runs')
`,
    );
  });

  it("does each after the other, as the session did", async () => {
    const list = inputs(
      ["const later = (n: number) => new Promise<number>((done) => setTimeout(done, 9, n))", null],
      ["const seen: unknown[] = []", null],
      ["later(1).then((n) => void seen.push(n))", null],
      ["seen.push(2)", "2"],
      ["later(40)", "40"],
      ["[seen.push(_ + 2)]", "[ 3 ]"],
      ["{ a: 1, b: 2 }", "{ a: 1, b: 2 }"],
      ["`${seen}`", "'1,2,42'"],
      ["console.log(_, _5)", null],
    ).map((input, i) => ({ ...input, awaited: i === 2 || i === 4 }));
    const dir = mkdtempSync(join(tmpdir(), "runlit-save-"));
    try {
      const path = join(dir, "session.ts");
      writeFileSync(path, await renderScript(list));
      const flags = "Deno" in globalThis ? ["run", "--no-check"] : TYPESCRIPT_FLAGS;
      const { stdout, stderr } = spawnSync(process.execPath, [...flags, path], {
        encoding: "utf8",
        env: { ...process.env, NO_COLOR: "1" },
      });
      assert.equal(stdout, "1,2,42 40\n", stderr);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
