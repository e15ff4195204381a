import assert from "node:assert/strict";
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sha256 } from "../../lib/files/sha256.ts";
import { parseManifest } from "../../lib/meta/manifest.ts";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { execRun } from "../../lib/run/exec_run.ts";
import { finalizeRun } from "../../lib/run/finalize_run.ts";
import { stageRun } from "../../lib/run/stage_run.ts";
import type { JsonObject, JsonValue, Run } from "../../lib/types.ts";
import { initialized, inProject, sealed, staged } from "./_tools.ts";

const FILES = { "a.py": "", "data/x.csv": "1\n", "data/sub/y.csv": "2\n", "data/z.bin": "\0\x01" };

async function record(run: Run): Promise<JsonObject[]> {
  return JSON.parse((await runMeta.readText(run, "dependencies.json"))!);
}

function withDeps(depends: JsonValue): { data: JsonObject; command: string[] } {
  return { command: ["true"], data: { sourcecode: "*.py", depends } };
}

test("resolveDeps() copies files of the project, of any kind and size, and records them", async () => {
  await inProject(FILES, async (project, runs) => {
    const run = await staged(
      runs,
      project,
      withDeps(["data/*.csv", { files: "*.bin", from: "data", to: "in/put" }]),
    );
    assert.equal(readFileSync(join(run.runDir, "data/x.csv"), "utf8"), "1\n");
    assert.equal(existsSync(join(run.runDir, "data/sub")), false);
    assert.deepEqual([...readFileSync(join(run.runDir, "in/put/z.bin"))], [0, 1]);
    const [first, second] = await record(run);
    assert.deepEqual(first, {
      type: "project-files",
      source: project,
      run: null,
      files: [{
        path: "data/x.csv",
        source: "data/x.csv",
        sha256: sha256("1\n"),
        size: 2,
        link: false,
      }],
    });
    assert.equal(second.source, join(project, "data"));
    const manifest = parseManifest(await runMeta.readManifest(run));
    assert.deepEqual(manifest.map(({ type, path }) => `${type} ${path}`), [
      "s a.py",
      "d data/x.csv",
      "d in/put/z.bin",
    ]);
    assert.equal(manifest[1].sha256, sha256("1\n"));
  });
});

test("resolveDeps() links, and the manifest keeps the digest of what it linked to", async () => {
  await inProject(FILES, async (project, runs) => {
    const run = await staged(runs, project, withDeps({ files: "data/**/*", link: true }));
    assert.equal(readlinkSync(join(run.runDir, "data/sub/y.csv")), join(project, "data/sub/y.csv"));
    assert.equal(
      lstatSync(join(project, "data/x.csv")).mode & 0o200,
      0o200,
      "its target stays writable",
    );
    await execRun(run);
    writeFileSync(join(project, "data/x.csv"), "changed\n");
    const done = await finalizeRun(run);
    const x = parseManifest(await runMeta.readManifest(done)).find(({ path }) =>
      path === "data/x.csv"
    );
    assert.deepEqual(x, { type: "d", sha256: sha256("1\n"), path: "data/x.csv" });
  });
});

test("resolveDeps() takes files of another run by ID, name, or newest of an operation", async () => {
  await inProject(FILES, async (project, runs) => {
    const make = (text: string, exit = 0) =>
      sealed(runs, project, {
        opref: { namespace: "test", name: "prepare" },
        command: `mkdir out; echo ${text} > out/r.txt; exit ${exit}`,
        data: { sourcecode: false },
      });
    const first = await make("first");
    const second = await make("second");
    await make("failed", 1);
    const cases: [JsonValue, Run, string][] = [
      ["prepare", second, "second\n"],
      [{ operation: "prepare" }, second, "second\n"],
      [first.id, first, "first\n"],
      [first.id.slice(0, 8), first, "first\n"],
      [first.name, first, "first\n"],
      [{ name: first.name }, first, "first\n"],
    ];
    for (const [select, source, text] of cases) {
      const run = await staged(
        runs,
        project,
        withDeps({ "run-select": select, files: "**/*.txt", from: "out", to: "in" }),
      );
      assert.equal(
        readFileSync(join(run.runDir, "in/r.txt"), "utf8"),
        text,
        JSON.stringify(select),
      );
      const [{ type, run: from, files }] = await record(run);
      assert.equal(type, "run-files");
      assert.deepEqual(from, { id: source.id, name: source.name, opref: source.opref });
      assert.equal((files as JsonObject[])[0].sha256, sha256(text));
      assert.equal(lstatSync(join(run.runDir, "in/r.txt")).mode & 0o777, 0o444);
    }
  });
});

test("resolveDeps() that resolves to nothing is an error that says what there is not", async () => {
  await inProject(FILES, async (project, runs) => {
    const cases: [JsonValue, RegExp][] = [
      ["none/*.csv", /'none\/\*\.csv'.*no such file in/],
      [{ files: "*", from: "nowhere" }, /there is no '.*nowhere'$/],
      [{ "run-select": "prepare" }, /no completed run 'prepare' in .*make one first$/],
      [
        { "run-select": { operation: "x", label: "y" } },
        /no completed run with operation 'x' and label 'y' in /,
      ],
      [{ fils: "*" }, /Unknown key 'fils'.*did you mean 'files'/],
      [{ "run-select": { operaton: "x" } }, /did you mean 'operation'/],
      [{ files: "data/*.csv", to: "../out" }, /'to' has to be a directory of the run/],
      [{ files: "data/*.csv", to: "/out" }, /'to' has to be a directory of the run/],
      [{ files: [] }, /'files' has to be a pattern/],
      [{ files: "*", link: "yes" }, /'link' has to be true or false/],
      [3, /it has to be a table/],
    ];
    for (const [depends, message] of cases) {
      const run = await initialized(runs, withDeps(depends));
      await assert.rejects(stageRun(run, project), (error: Error) => {
        assert.equal(error.name, "DependencyError", `${JSON.stringify(depends)} ${error.stack}`);
        assert.match(error.message, message);
        assert.match(error.message, /operation 'op'/);
        return true;
      });
    }
  });
});

test("resolveDeps() never replaces another file of the run; the same content is no conflict", async () => {
  await inProject({ ...FILES, "a.csv": "1\n" }, async (project, runs) => {
    const other = {
      data: { sourcecode: "*.csv", depends: { files: "y.csv", from: "data/sub", to: "" } },
    };
    assert.deepEqual(readdirSync((await staged(runs, project, other)).runDir).sort(), [
      "a.csv",
      "y.csv",
    ]);
    writeFileSync(join(project, "y.csv"), "mine\n");
    const run = await initialized(runs, other);
    await assert.rejects(
      stageRun(run, project),
      /'y\.csv': the run has another file of this name; give the dependency another place with 'to'/,
    );
    assert.equal(readFileSync(join(run.runDir, "y.csv"), "utf8"), "mine\n");
    writeFileSync(join(project, "y.csv"), "2\n");
    await stageRun(run, project);
    rmSync(project, { recursive: true });
  });
});

test("a dependency never replaces another one; twice the same file is no conflict", async () => {
  const files = { "a/x.csv": "1", "b/x.csv": "2", "c/x.csv": "1" };
  const from = (dir: string) => ({ files: "x.csv", from: dir });
  await inProject(files, async (project, runs) => {
    const run = await initialized(runs, withDeps([from("a"), from("b")]));
    await assert.rejects(stageRun(run, project), /'x\.csv': the run has another file of this name/);
    await staged(runs, project, withDeps([from("a"), from("c")]));
  });
});

test("resolveDeps() follows a link out of the project, since it was asked for, and copies", async () => {
  await inProject(FILES, async (project, runs) => {
    const outside = join(runs, "..", "big.dat");
    writeFileSync(outside, "big");
    symlinkSync(outside, join(project, "data/big.dat"));
    const run = await staged(runs, project, withDeps("data/*.dat"));
    assert.equal(lstatSync(join(run.runDir, "data/big.dat")).isFile(), true);
    assert.equal(readFileSync(join(run.runDir, "data/big.dat"), "utf8"), "big");
  });
});

test("two operations can depend on each other's newest runs, and never on themselves", async () => {
  await inProject(FILES, async (project, runs) => {
    const spec = withDeps({ "run-select": "op", files: "*.py" });
    await assert.rejects(staged(runs, project, spec), /there is no completed run 'op'/);
    await sealed(runs, project, { data: { sourcecode: "*.py" } });
    await sealed(runs, project, { ...spec, data: { ...spec.data, sourcecode: false } });
  });
});
