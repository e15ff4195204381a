import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { listFiles } from "../../lib/files/list_files.ts";
import { execGuildRun } from "../../lib/guild/exec_guild_run.ts";
import {
  type GuildRun,
  type GuildVersion,
  initGuildRun,
  makeGuildRun,
} from "../../lib/guild/guild_run.ts";
import { scriptOperation } from "../../lib/guild/script_operation.ts";
import { listRuns } from "../../lib/store/list_runs.ts";
import type { Config } from "../../lib/types.ts";
import { without } from "../meta/_tools.ts";

const SAY = `import argparse
p = argparse.ArgumentParser()
p.add_argument("--msg", default="hello")
p.add_argument("--loud", action="store_true")
args = p.parse_args()
print(args.msg.upper() if args.loud else args.msg, end="")
`;

const FILES: Readonly<Record<string, string>> = {
  "say.py": SAY,
  "set.sh": "n=1\nexit $n\n",
  "spin.sh": "kill -TERM $$\n",
};

async function withRun(
  script: string,
  { flags, version, label }: { flags: Config; version: GuildVersion; label?: string },
  use: (run: GuildRun, runsDir: string, projectDir: string) => Promise<void>,
): Promise<void> {
  const projectDir = mkdtempSync(join(tmpdir(), "runlit project-"));
  const runsDir = mkdtempSync(join(tmpdir(), "runlit-runs-"));
  try {
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(projectDir, name), text);
    const run = makeGuildRun(runsDir);
    const operation = await scriptOperation(projectDir, script);
    await initGuildRun(run, { projectDir, operation, flags, version, label });
    await execGuildRun(run);
    await use(run, runsDir, projectDir);
  } finally {
    rmSync(projectDir, { recursive: true });
    rmSync(runsDir, { recursive: true });
  }
}

const paths = async (run: GuildRun) =>
  (await listFiles(run.runDir)).map((file) => file.path).sort();
const read = (run: GuildRun, name: string) =>
  readFileSync(join(run.runDir, ".guild", name), "utf8");

test("the layout of 2019 has the files of the seed, to the byte", async () => {
  const flags = { msg: "hi", loud: false };
  await withRun(
    "say.py",
    { flags, version: "2019", label: "loud=no msg=hi" },
    async (run, _, dir) => {
      const attrs = ["cmd", "compare", "deps", "env", "exit_status", "flags", "label", "started"];
      assert.deepEqual(await paths(run), [
        ...[...attrs, "stopped"].map((name) => `.guild/attrs/${name}`),
        ...["opdef.json", "opref", "output", "output.index"].map((name) => `.guild/${name}`),
      ]);
      assert.equal(read(run, "attrs/cmd"), `- python3\n- -u\n- ${dir}/say.py\n- --msg\n- hi\n`);
      assert.equal(read(run, "attrs/flags"), "loud: false\nmsg: hi\n");
      assert.equal(read(run, "attrs/label"), "loud=no msg=hi\n");
      assert.equal(read(run, "attrs/deps"), "{}\n");
      assert.equal(read(run, "attrs/exit_status"), "0\n");
      assert.match(read(run, "attrs/started"), /^\d{16}\n$/);
      assert.match(
        read(run, "opref"),
        /^script:'.*\/runlit project-\w+\/say\.py' [0-9a-f]{32} '' say\.py$/,
      );
      assert.match(
        read(run, "opdef.json"),
        /^\{"compare": \["loss step as step", .*\], "exec": "\$\{python_exe\} -u '.*say\.py' \$\{flag_args\}", "flags": \{"loud": \{"arg-switch": true, "default": false\}, "msg": \{"default": "hello"\}\}\}$/,
      );
      // The last line has no end, and is there.
      assert.equal(read(run, "output"), "hi");
      assert.equal(readFileSync(join(run.runDir, ".guild/output.index")).length, 9);
    },
  );
});

test("today's layout has a copy of the source code, and what is needed to run it again", async () => {
  const flags = { msg: "é", loud: true };
  await withRun("say.py", { flags, version: "0.9" }, async (run, runsDir, dir) => {
    const files = await paths(run);
    for (const name of ["say.py", ".guild/manifest", ".guild/attrs/op", ".guild/attrs/id"]) {
      assert.ok(files.includes(name), name);
    }
    assert.ok(!files.includes(".guild/LOCK"));
    assert.equal(read(run, "attrs/cmd"), "- python3\n- -u\n- say.py\n- --loud\n- --msg\n- é\n");
    assert.equal(read(run, "attrs/id"), `${run.id}\n`);
    assert.equal(read(run, "opref"), `script:'${dir}' '' '' say.py`);
    assert.match(read(run, "manifest"), /^s say\.py [0-9a-f]{40} say\.py\n/);
    assert.equal(read(run, "output"), "É");
    const { runs: [info], warnings } = await listRuns(runsDir, { config: true });
    assert.deepEqual(warnings, []);
    assert.deepEqual([info.id, info.status, info.exitCode], [run.id, "completed", 0]);
    assert.deepEqual(info.config, flags);
  });
});

test("flags that are in the source are set in the run's copy, and the exit code is kept", async () => {
  for (const version of ["0.9", "2019"] as const) {
    await withRun("set.sh", { flags: { n: 7 }, version }, async (run, runsDir) => {
      assert.equal(readFileSync(join(run.runDir, "set.sh"), "utf8"), "n=7\nexit $n\n");
      assert.equal(read(run, "attrs/exit_status"), "7\n");
      assert.equal((await listRuns(runsDir)).runs[0].status, "error");
    });
  }
});

test("a signal is a negative exit status", async () => {
  await withRun("spin.sh", { flags: {}, version: "0.9" }, async (run, runsDir) => {
    assert.equal(read(run, "attrs/exit_status"), "-15\n");
    assert.equal((await listRuns(runsDir)).runs[0].status, "terminated");
  });
});

test("variables that hold secrets are not recorded", async () => {
  const names = [
    "RUNLIT_TEST_TOKEN",
    "RUNLIT_TEST_DSN",
    "RUNLIT_TEST_AUTH",
    "RUNLIT_ACCESS_KEY_ID",
  ];
  for (const name of names) process.env[name] = "hush";
  try {
    await withRun("spin.sh", { flags: {}, version: "2019" }, async (run) => {
      assert.ok(!read(run, "attrs/env").includes("hush"));
      assert.match(read(run, "attrs/env"), new RegExp(`^RUN_ID: ${run.id}$`, "m"));
    });
  } finally {
    for (const name of names) delete process.env[name];
  }
});

test("today's layout records the commit of the project, and what Python has installed", {
  skip: without("git", "--version"),
}, async () => {
  const projectDir = mkdtempSync(join(tmpdir(), "runlit-project-"));
  const runsDir = mkdtempSync(join(tmpdir(), "runlit-runs-"));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], {
      cwd: projectDir,
      encoding: "utf8",
    });
  try {
    writeFileSync(join(projectDir, "say.py"), SAY);
    git("init", "-q");
    git("add", ".");
    git("commit", "-q", "-m", "x");
    const operation = await scriptOperation(projectDir, "say.py");
    const init = async (version: GuildVersion) => {
      const run = makeGuildRun(runsDir);
      const flags = { msg: "a", loud: false };
      await initGuildRun(run, { projectDir, operation, flags, version });
      return run;
    };
    const hash = git("rev-parse", "HEAD").trim();
    const clean = await init("0.9");
    assert.equal(read(clean, "attrs/vcs_commit"), `git:${hash}\n`);
    assert.match(read(clean, "attrs/pip_freeze"), /^(\[\]|- \S+==\S+)\n/);
    writeFileSync(join(projectDir, "more.py"), "");
    // With `*`, which YAML would take for an alias at the start of a word only.
    assert.equal(read(await init("0.9"), "attrs/vcs_commit"), `git:${hash}*\n`);
    const old = await paths(await init("2019"));
    assert.ok(!old.some((path) => /pip_freeze|vcs_commit/.test(path)));
  } finally {
    rmSync(projectDir, { recursive: true });
    rmSync(runsDir, { recursive: true });
  }
});
