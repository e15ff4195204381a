import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { lstatSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { execRun } from "../../lib/run/exec_run.ts";
import { finalizeRun } from "../../lib/run/finalize_run.ts";
import { openRun } from "../../lib/run/open_run.ts";
import { parseManifest } from "../../lib/meta/manifest.ts";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { programEnv, runProgram } from "../../scripts/house/run_program.ts";
import { OWN_RUNLIT } from "../../scripts/house/tools.ts";
import { inTempDir } from "../meta/_tools.ts";
import { inProject, staged, writeTree } from "./_tools.ts";

/** Root is let in everywhere, unless it gives that up. */
const AS_ANYBODY = process.getuid?.() === 0
  ? ["--bounding-set", "--inh-caps"].reduce<string[]>(
    (argv, set) => [...argv, set, "-dac_override,-dac_read_search"],
    ["setpriv"],
  )
  : [];

const CLOSED = `
[whole]
exec = "echo hi > a; echo '{\\"n\\": 1}' > summary.json; chmod 000 ."

[part]
exec = "mkdir -p d/e; echo hi > d/e/a; chmod 000 d/e/a; chmod 300 d/e; chmod 400 d"

[stage.exec]
stage-runtime = "mkdir d; echo hi > d/a; chmod 000 d"
run = "cat d/a"
`;

test("what a command has closed to its user is opened, and sealed", async () => {
  await inTempDir(async (dir) => {
    writeTree(dir, { "runlit.toml": CLOSED });
    const cases = [
      ["whole", ["a", "summary.json"], [". 000"]],
      ["part", ["d/e/a"], ["d 400", "d/e 300", "d/e/a 000"]],
      ["stage", ["d/a"], ["d 000"]],
    ] as const;
    for (const [operation, generated, opened] of cases) {
      const args = ["run", operation, "--json", "--scope", "off", "--durability", "fast"];
      const env = programEnv({ RUNLIT_RUNS: undefined });
      const argv = [...AS_ANYBODY, ...OWN_RUNLIT, ...args];
      const { code, stdout, output } = await runProgram(argv, { cwd: dir, env });
      assert.equal(code, 0, output);
      const { id } = JSON.parse(stdout);
      const run = await openRun(id, { runsDir: join(dir, ".runlit/runs") });
      assert.ok(run.metaDir.endsWith(".zip"));
      const paths = parseManifest(await runMeta.readManifest(run)).map(({ path }) => path);
      assert.deepEqual(paths.filter((path) => path !== "runlit.toml"), generated);
      const log = (await runMeta.readLog(run)).map(({ message }) => message);
      assert.deepEqual(
        log.flatMap((text) => /^Opened "(.*)" to read it: its mode was (\d+)$/.exec(text) ?? [])
          .filter((text) => !text.startsWith("Opened")),
        opened.flatMap((text) => text.split(" ")),
      );
      if (operation === "whole") assert.deepEqual(await runMeta.readSummary(run), { n: 1 });
      assert.equal(lstatSync(join(run.runDir, generated[0])).mode & 0o222, 0);
    }
  });
});

test("a run in Guild's layout whose command has closed it says how that ended", async () => {
  await inTempDir(async (dir) => {
    writeTree(dir, { "close.sh": "n=1\nsleep 0.2\nchmod 000 .guild .\nexit 3\n" });
    const args = ["run", "close.sh", "--layout", "guild", "--scope", "off", "--json"];
    const env = programEnv({ RUNLIT_RUNS: undefined });
    const { code, stdout, output } = await runProgram([...AS_ANYBODY, ...OWN_RUNLIT, ...args], {
      cwd: dir,
      env,
    });
    assert.equal(code, 3, output);
    assert.equal(JSON.parse(stdout).status, "error");
  });
});

test("directories deeper than paths can be are a warning, and the rest is sealed", async () => {
  await inProject({}, async (project, runs) => {
    const name = "d".repeat(100);
    // By relative paths, which are short.
    const command =
      `echo hi > a; for i in $(seq 60); do mkdir ${name} && cd -P ${name}; done; echo hi > x`;
    const run = await staged(runs, project, { command });
    try {
      assert.equal((await execRun(run)).ok, true);
      const warnings: string[] = [];
      const sealed = await finalizeRun(run, { onWarning: (message) => warnings.push(message) });
      const manifest = parseManifest(await runMeta.readManifest(sealed));
      assert.deepEqual(manifest.map(({ path }) => path), ["a"]);
      assert.equal(warnings.length, 1);
      assert.match(
        warnings[0],
        /^Cannot look at ".*\/d{100}\/d*…d*\/.*d{100}": its path, or a name in it, is longer than the system allows; the manifest does not have it$/,
      );
      assert.ok(warnings[0].length < 1000);
    } finally {
      // Node and Deno would fail at it.
      execFileSync("rm", ["-rf", run.runDir]);
    }
  });
});
