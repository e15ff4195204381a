import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inCliProject } from "./_tools.ts";

const PROJECT = `
[train]
default = true
exec = "cat conf.json; echo problem >&2; echo '{\\"metrics\\": {\\"acc\\": 0.9}}' > summary.json"
config = "conf.json"

[fail]
exec = "echo before; exit 7"

[kill]
exec = "kill -KILL $$"

[hook]
exec = { run = "true", stage-runtime = "echo no; exit 5" }

[slow]
exec = "sleep 60"
`;
const FILES = { "runlit.toml": PROJECT, "conf.json": '{ "lr": 0.1 }\n' };

test("runlit run takes the default operation through every phase", async () => {
  await inCliProject(FILES, async ({ runlit, list, dir }) => {
    const { code, stdout, stderr } = await runlit("run", "lr=0.5", "-l", "first");
    assert.equal(code, 0, stderr);
    assert.equal(stdout, '{ "lr": 0.5 }\n');
    assert.match(
      stderr,
      /^problem\ncompleted \w+-\w+ \(\d\.\d s\): \.runlit\/runs\/[0-9a-f-]{36}\n$/,
    );
    const [run] = await list();
    assert.deepEqual(
      {
        ...run,
        id: 0,
        name: 0,
        initialized: 0,
        staged: 0,
        started: 0,
        stopped: 0,
        runDir: 0,
        metaDir: 0,
      },
      {
        id: 0,
        name: 0,
        namespace: "demo",
        operation: "train",
        version: null,
        status: "completed",
        label: "first",
        exit: 0,
        config: { lr: 0.5 },
        summary: { metrics: { acc: 0.9 } },
        initialized: 0,
        staged: 0,
        started: 0,
        stopped: 0,
        runDir: 0,
        metaDir: 0,
      },
    );
    assert.deepEqual(readdirSync(join(dir, ".runlit/runs")).sort(), [
      run.id,
      `${run.id}.meta.zip`,
      `${run.id}.project`,
      `${run.id}.user`,
    ]);
    assert.equal(readFileSync(join(dir, "conf.json"), "utf8"), FILES["conf.json"]);
  });
});

test("runlit run exits as the command does", async () => {
  await inCliProject(FILES, async ({ runlit, list }) => {
    const cases: [string[], number, RegExp][] = [
      [["run", "fail"], 7, /^error \w+-\w+ \(.* s, exited with code 7\): /m],
      // In a scope, too: a signal is no exit code.
      [["run", "kill"], 137, /^terminated .*was ended by SIGKILL/m],
      [["run", "kill", "--scope", "off"], 137, /^terminated .*was ended by SIGKILL/m],
      [
        ["run", "hook"],
        1,
        /^no\nrunlit: Phase 'stage-runtime' of run '.*' failed: 'echo no; exit 5' exited with code 5 \(output in '.*20_runtime'\)/,
      ],
      [["run", "slow", "--time-limit", "200ms"], 143, /^terminated .*time limit of 0.2 s/m],
    ];
    for (const [args, code, message] of cases) {
      const ended = await runlit(...args);
      assert.equal(ended.code, code, `${args.join(" ")}: ${ended.output}`);
      assert.match(ended.stderr, message);
    }
    const states = (await list()).map((run) => run.status);
    assert.deepEqual(states, ["terminated", "initialized", "terminated", "terminated", "error"]);
  });
});

test("runlit run says what is wrong with what was asked for, and makes nothing", async () => {
  await inCliProject(FILES, async ({ runlit, dir }) => {
    const cases: [string[], number, RegExp][] = [
      [
        ["run", "tran"],
        1,
        /There is no operation 'tran' in '.*runlit\.toml': did you mean 'train'\? \(there is 'train', 'fail'/,
      ],
      [["run", "train", "lr"], 2, /'lr' is not a config value, which would be lr=VALUE/],
      [["run", "train", "rl=1"], 1, /'rl' in 'conf\.json'/],
      [["run", "--time-limit", "soon"], 2, /'soon' is not a duration/],
      [["run", "--start", "nope"], 1, /There is no run 'nope'/],
      [["run", "train", "--start", "x"], 2, /takes no others/],
      [["run", "--nope"], 2, /unknown option '--nope'/],
      [["stage"], 2, /Which run\?/],
      [["show"], 1, /there are no runs$/m],
    ];
    for (const [args, code, message] of cases) {
      const ended = await runlit(...args);
      assert.deepEqual(
        [ended.code, ended.stdout],
        [code, ""],
        `${args.join(" ")}: ${ended.output}`,
      );
      assert.match(ended.stderr, message);
    }
    const runs = join(dir, ".runlit/runs");
    assert.deepEqual(existsSync(runs) ? readdirSync(runs) : [], []);
  });
});

test("runlit run --dry-run shows what would be run, and does nothing", async () => {
  await inCliProject(FILES, async ({ runlit, dir }) => {
    const text = await runlit("run", "lr=3", "-n");
    assert.match(
      text.stdout,
      /^operation +train\ncommand .*\nconfig +lr = 3\nsource +2 files, \d+ B: conf\.json, runlit\.toml\n/,
    );
    const { stdout } = await runlit("run", "fail", "--dry-run", "--json");
    assert.equal(JSON.parse(stdout).command, "echo before; exit 7");
    assert.equal(existsSync(join(dir, ".runlit")), false);
  });
});

test("runlit run --json prints one object, the command's output goes to stderr", async () => {
  await inCliProject(FILES, async ({ runlit }) => {
    const { code, stdout, stderr } = await runlit("run", "fail", "--json");
    assert.equal(code, 7);
    const run = JSON.parse(stdout);
    assert.deepEqual([run.status, run.exit, run.command], ["error", 7, "echo before; exit 7"]);
    assert.equal(stderr, "before\n");
    assert.deepEqual(JSON.parse((await runlit("show", "1", "--json")).stdout), run);
  });
});

test("runlit run --stage and --start, with the project gone in between", async () => {
  await inCliProject(FILES, async ({ runlit, dir, list }) => {
    const staged = await runlit("run", "lr=2", "--stage");
    const id = staged.stdout.trim();
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.equal((await list())[0].status, "staged");
    rmSync(join(dir, "conf.json"));
    writeFileSync(join(dir, "runlit.toml"), "");
    const { code, stdout } = await runlit("run", "--start", id.slice(0, 8));
    assert.deepEqual([code, stdout], [0, '{ "lr": 2.0 }\n']);
    assert.equal((await runlit("run", "--start", "@latest")).code, 1, "only once");
  });
});

test("make, init, stage, exec and finalize compose in a pipeline", async () => {
  await inCliProject(FILES, async ({ shell, list }) => {
    const { code, stdout, stderr } = await shell(
      "set -o pipefail; runlit make train fail | runlit init lr=0.7 2>/dev/null || " +
        "runlit make train train | runlit init lr=0.7 | runlit stage | runlit exec | runlit finalize",
    );
    assert.equal(code, 0, stderr);
    const runs = await list();
    const done = runs.filter((run) => run.status === "completed");
    assert.deepEqual(stdout.trim().split("\n").slice(-2).sort(), done.map((run) => run.id).sort());
    assert.deepEqual(done.map((run) => run.config), [{ lr: 0.7 }, { lr: 0.7 }]);
    const nul = await shell(
      "runlit make fail | tr '\\n' '\\0' | runlit init -0 | runlit stage - | runlit exec; echo $?",
    );
    assert.match(nul.stdout, /\n7\n$/, nul.output);
  });
});

test("runs live where --runs, RUNLIT_RUNS or the project file say", async () => {
  const files = { ...FILES, "sub/x": "", "runlit.toml": `"$runs-dir" = "mine"\n${PROJECT}` };
  await inCliProject(files, async ({ shell, dir }) => {
    const { code, output } = await shell(`
      (cd sub && runlit run fail); runlit run fail --runs=a; RUNLIT_RUNS=b runlit run fail
      RUNLIT_RUNS=b runlit -C sub run --runs=c fail 2>/dev/null || runlit run -C sub --runs=../c fail`);
    assert.notEqual(code, null, output);
    for (const name of ["mine", "a", "b"]) {
      assert.equal(
        readdirSync(join(dir, name)).filter((each) => each.endsWith(".zip")).length,
        1,
        name + output,
      );
    }
    assert.equal(existsSync(join(dir, ".runlit")), false);
  });
});

test("Gage's project files work as they are, with their runs where Gage has them", async () => {
  const cases = {
    "gage.toml": '[hi]\nexec = "echo hi"\n',
    "gage.yaml": "hi:\n  exec: [echo, hi]\n",
    "gage.json": '{\n  // a comment\n  "hi": { "exec": { "run": "echo hi" } }\n}\n',
    ".gage/gage.toml": '[hi]\nexec = "echo hi"\n',
  };
  for (const [name, text] of Object.entries(cases)) {
    await inCliProject({ [name]: text }, async ({ runlit, dir }) => {
      const { code, stdout, stderr } = await runlit("run", "hi");
      assert.deepEqual([code, stdout], [0, "hi\n"], name + stderr);
      assert.equal(readdirSync(join(dir, ".gage/runs")).length, 3, name);
    });
  }
});

test("a project file that is wrong: where, why, and runs can still be looked at", async () => {
  const files = { "runlit.toml": "[a\n", "hi.sh": "echo hi\n" };
  await inCliProject(files, async ({ runlit, dir }) => {
    const told = (stderr: string) => stderr.match(/^.*Cannot parse project file/gm);
    for (const words of [["run"], ["run", "a", "-j", "2"], ["make", "a"], ["init"], ["scope"]]) {
      const failed = await runlit(...words);
      assert.equal(failed.code, 1, words.join(" "));
      assert.match(failed.stderr, /Cannot parse project file '.*runlit\.toml': [^]*1/);
      assert.deepEqual(told(failed.stderr), ["runlit: Cannot parse project file"], failed.stderr);
    }
    const warned = [["list"], ["run", "hi.sh"], ["run", "hi.sh", "-n"], ["flags", "hi.sh"]];
    for (const words of warned) {
      const { code, stderr } = await runlit(...words);
      assert.equal(code, 0, words.join(" ") + stderr);
      assert.deepEqual(told(stderr), ["warning: Cannot parse project file"], stderr);
    }
    const gone = await runlit("run", "gone.sh");
    assert.equal(gone.code, 2);
    assert.deepEqual(told(gone.stderr), ["warning: Cannot parse project file"], gone.stderr);
    rmSync(join(dir, "runlit.toml"));
    const none = await runlit("run", "-C", dir);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /There is no project file in .*write a 'runlit\.toml'/);
  });
});
