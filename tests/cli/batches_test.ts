import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { isProcessAlive } from "../../lib/runtime/process_identity.ts";
import { programEnv } from "../../scripts/house/run_program.ts";
import { OWN_RUNLIT } from "../../scripts/house/tools.ts";
import { without } from "../meta/_tools.ts";
import { onTerminal } from "./_terminal.ts";
import { inCliProject, type ListedRun, RUNLIT_WORD } from "./_tools.ts";

const FILES = {
  "train.sh": 'lr=0.1\nlayers=2\necho "$lr with $layers"\ntest $layers -lt 9\n',
  "mixed.py": `import sys, time
n = 0
for i in range(5):
    print(f"out {n} {i}", flush=True)
    print(f"err {n} {i}", file=sys.stderr, flush=True)
    time.sleep(0.02)
sys.stdout.write(f"end {n}")
`,
  "wait.sh": "n=0\necho $$ > pid\ntest -e ../../../go || sleep 60\n",
  "slot.sh": "n=0\nmkdir ../slot$RUNLIT_SLOT || exit 1\nsleep 0.05\nrmdir ../slot$RUNLIT_SLOT\n",
};

const off = ["--scope", "off", "--durability", "fast"];

/** The next trial may have been staged while the one before ran. */
const isPending = ({ operation, status }: ListedRun) =>
  !String(operation).endsWith("+") && (status === "initialized" || status === "staged");

const rest = (message: string) => message.trimEnd().split("\n").slice(-2);

test("the exit code of a batch is 1 when a trial failed, and the rest was run", async () => {
  await inCliProject(FILES, async ({ runlit, list }) => {
    const good = await runlit("run", "train.sh", "layers=[1,2]", ...off);
    assert.deepEqual([good.code, good.stdout], [0, "0.1 with 1\n0.1 with 2\n"], good.stderr);
    const bad = await runlit("run", "train.sh", "layers=[9,3]", "lr=[1,2]", ...off);
    assert.deepEqual([bad.code, bad.stdout], [1, "1 with 9\n2 with 9\n1 with 3\n2 with 3\n"]);
    const [, , , , batch] = await list();
    assert.deepEqual(rest(bad.stderr), [
      `trials: 2 completed, 2 failed, batch ${batch.name}`,
      `run the rest with: runlit resume ${batch.name}`,
    ]);
    assert.match(bad.stderr, /^warning: Trial \S+ failed: exited with code 1$/m);
    const again = await runlit("resume", batch.id, "--json", "-q", ...off);
    assert.deepEqual([again.code, again.stderr.replace(/^warning.*\n/gm, "")], [
      1,
      "1 with 9\n2 with 9\n",
    ]);
    const { completed, failed, pending, trials } = JSON.parse(again.stdout);
    assert.deepEqual([completed, failed, pending, trials.length], [2, 2, 0, 4]);
    const shown = JSON.parse((await runlit("show", batch.id, "--json")).stdout);
    assert.deepEqual([...shown.trials].sort(), [...trials].sort());
    for (const id of trials) {
      assert.equal(JSON.parse((await runlit("show", id, "--json")).stdout).batch, batch.id);
      assert.equal(readlinkSync(join(String(batch.runDir), id)), join("..", id));
    }
    assert.equal((await runlit("list", "--batch", batch.id)).stdout.split("\n").length, 5);
    const none = await runlit("list", "--batch", trials[0]);
    assert.deepEqual([none.code, none.stdout], [1, ""]);
    assert.match(none.stderr, /is not a batch: it has no trials/);
  });
});

test("after a failure --fail-fast starts no more trials; resume runs them", async () => {
  await inCliProject(FILES, async ({ dir, runlit, list }) => {
    const run = await runlit("run", "train.sh", "layers=[1,9,3]", "--fail-fast", ...off);
    assert.deepEqual([run.code, run.stdout], [1, "0.1 with 1\n0.1 with 9\n"]);
    assert.match(run.stderr, /trials: 1 completed, 1 failed, 1 pending/);
    const runs = await list();
    const batch = runs.find((each) => each.operation === "train.sh+")!;
    assert.equal(runs.filter(isPending).length, 1);
    // The batch has its own source code: what is changed meanwhile is not in it.
    writeFileSync(join(dir, "train.sh"), "lr=0\nlayers=0\nexit 7\n");
    const resumed = await runlit("resume", batch.id, ...off);
    assert.deepEqual([resumed.code, resumed.stdout], [1, "0.1 with 9\n0.1 with 3\n"]);
  });
});

test("what trials print at a time is not mixed, and each has a slot of its own", async () => {
  await inCliProject(FILES, async ({ dir, runlit }) => {
    const run = await runlit("run", "mixed.py", "n=range[1:6]", "-j", "3", ...off);
    assert.equal(run.code, 0, run.stderr);
    const blocks = (stream: string, end: (n: string) => string) => (text: string) => {
      const numbers = [...text.matchAll(new RegExp(`^${stream} (\\d) 0$`, "gm"))].map(([, n]) => n);
      assert.deepEqual([...numbers].sort(), ["1", "2", "3", "4", "5", "6"]);
      return numbers.map((n) =>
        [0, 1, 2, 3, 4].map((i) => `${stream} ${n} ${i}\n`).join("") + end(n)
      ).join("");
    };
    assert.equal(run.stdout, blocks("out", (n) => `end ${n}\n`)(run.stdout));
    const errors = run.stderr.replace(/^(Ran|trials:) .*\n/gm, "");
    assert.equal(errors, blocks("err", () => "")(errors));

    const slots = await runlit(
      "run",
      "slot.sh",
      "n=range[1:8]",
      "--jobs",
      "2",
      "--runs",
      "r",
      ...off,
    );
    assert.equal(slots.code, 0, slots.stderr);
    assert.deepEqual(readdirSync(join(dir, "r")).filter((name) => name.startsWith("slot")), []);
  });
});

test("--needed says which runs have done a trial, and leaves it out", async () => {
  await inCliProject(FILES, async ({ runlit, list }) => {
    await runlit("run", "train.sh", "layers=3", "--needed", ...off);
    const [done] = await list();
    const same = await runlit("run", "train.sh", "layers=3", "--needed", ...off);
    assert.deepEqual([same.code, same.stderr], [0, `Done already by ${done.name}\n`]);
    assert.equal((await list()).length, 1);
    const batch = await runlit("run", "train.sh", "layers=[1,3,9]", "--needed", ...off);
    assert.deepEqual([batch.code, batch.stdout], [1, "0.1 with 1\n0.1 with 9\n"]);
    assert.match(batch.stderr, new RegExp(`^Done already by ${done.name}$`, "m"));
    const again = await runlit("run", "train.sh", "layers=[1,3]", "--needed", ...off);
    assert.deepEqual([again.code, again.stdout], [0, ""], again.stderr);
    assert.match(again.stderr, /trials: 2 completed/);
  });
});

test("a staged trial depends on nothing of the process that staged it", async () => {
  await inCliProject(FILES, async ({ dir, runlit, list }) => {
    const staged = await runlit("run", "train.sh", "layers=[1,2]", "--stage-trials", ...off);
    assert.equal(staged.code, 0, staged.stderr);
    writeFileSync(join(dir, "train.sh"), "exit 7\n");
    const trials = (await list()).filter((run) => run.operation === "train.sh");
    assert.deepEqual(trials.map((run) => run.status), ["staged", "staged"]);
    const other = await runlit("run", "--start", trials[0].id, ...off);
    assert.deepEqual([other.code, other.stdout], [0, "0.1 with 2\n"], other.stderr);
    const batch = staged.stdout.trim();
    const resumed = await runlit("resume", batch, ...off);
    assert.deepEqual([resumed.code, resumed.stdout], [0, "0.1 with 1\n"], resumed.stderr);
    assert.ok((await list()).every((run) => run.status === "completed"));
  });
});

test("trials that are saved can be read, and nothing is run for it", async () => {
  await inCliProject(FILES, async ({ dir, runlit }) => {
    const args = ["lr=loguniform[1e-4:1]", "--sampler", "sobol", "-m", "5", "--random-seed", "3"];
    for (const file of ["t.csv", "t.json"]) {
      assert.equal((await runlit("run", "train.sh", ...args, "--save-trials", file)).code, 0);
      const printed = await runlit("run", "train.sh", ...args, "--print-trials");
      const read = await runlit("run", "train.sh", `@${file}`, "--print-trials");
      assert.deepEqual([read.code, read.stdout], [0, printed.stdout]);
    }
    const objects = await runlit("run", "train.sh", "layers=[1,2]", "--print-trials", "--json");
    assert.equal(objects.stdout, '{"layers": 1}\n{"layers": 2}\n');
    const layers = await runlit("run", "train.sh", "@t.csv", "layers=[1,2]", "--print-trials");
    assert.equal(layers.stdout.split("\n").length, 12);
    assert.deepEqual(readdirSync(dir).filter((name) => name.startsWith(".")), []);
  });
});

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
  test(`${signal} ends all trials, and leaves the rest pending`, async () => {
    await inCliProject(FILES, async ({ dir, runlit, list }) => {
      const words = ["run", "wait.sh", "n=[1,2,3,4]", "--jobs", "2", ...off];
      const argv = [...OWN_RUNLIT, ...words];
      const child = spawn(argv[0], argv.slice(1), {
        cwd: dir,
        env: programEnv({ RUNLIT_RUNS: undefined }),
        stdio: ["ignore", "ignore", "pipe"],
      });
      let stderr = "";
      child.stderr.setEncoding("utf8").on("data", (text) => stderr += text);
      const ended = new Promise<number | null>((done) => child.on("close", done));
      const pids = async () => {
        for (;;) {
          const files = (await list()).map((run) => join(String(run.runDir), "pid"));
          const found = files.filter(existsSync).map((file) => readFileSync(file, "utf8"));
          if (found.length === 2 && found.every((text) => text.endsWith("\n"))) {
            return found.map(Number);
          }
          await setTimeout(20);
        }
      };
      const running = await pids();
      process.kill(child.pid!, signal);
      assert.equal(await ended, code, stderr);
      assert.match(stderr, /trials: 0 completed, 2 failed, 2 pending/);
      const told = stderr.match(new RegExp(`failed: was interrupted by ${signal}$`, "gm"));
      assert.equal(told?.length, 2, stderr);
      assert.deepEqual(running.map((pid) => isProcessAlive(pid)), [false, false]);
      const count = async (status: string) =>
        (await list()).filter((run) => run.operation === "wait.sh" && run.status === status).length;
      assert.deepEqual([await count("terminated"), (await list()).filter(isPending).length], [
        2,
        2,
      ]);

      for (const { exit, status } of await list()) {
        if (status === "terminated") assert.equal(exit, 128 - code);
      }
      writeFileSync(join(dir, "go"), "");
      const batch = (await list()).find((run) => run.operation === "wait.sh+")!;
      const resumed = await runlit("resume", batch.id, "-j", "4", ...off);
      assert.equal(resumed.code, 0, resumed.stderr);
      assert.deepEqual([await count("completed"), await count("terminated")], [4, 2]);
    });
  });
}

test("on a terminal the progress of all trials is shown, and Ctrl-C ends them", {
  skip: without("tmux", "-V"),
}, async () => {
  await inCliProject(FILES, async ({ dir, list }) => {
    const go = `trap : INT; ${RUNLIT_WORD} run wait.sh n=[1,2,3] -j 2 --scope off; ` +
      'echo "code $?" > code; sleep 60';
    await onTerminal(["sh", "-c", go], { cwd: dir }, async ({ press, shows }) => {
      await shows(/0 of 3 trials, 2 running/);
      press("C-c");
      await shows(/1 pending/);
      for (let i = 0; i < 200 && !existsSync(join(dir, "code")); i++) await setTimeout(50);
      assert.equal(readFileSync(join(dir, "code"), "utf8"), "code 130\n");
      const runs = await list();
      assert.equal(runs.filter(isPending).length, 1);
      assert.equal(
        runs.filter((run) => run.operation === "wait.sh" && run.status === "terminated").length,
        2,
      );
    });
  });
});

test("the progress of a batch that is resumed counts what is completed already", {
  skip: without("tmux", "-V"),
}, async () => {
  await inCliProject(FILES, async ({ dir, runlit, list }) => {
    const staged = await runlit("run", "wait.sh", "n=[1,2,3]", "--stage-trials", ...off);
    writeFileSync(join(dir, "go"), "");
    const [trial] = await list();
    assert.equal((await runlit("run", "--start", trial.id, ...off)).code, 0);
    rmSync(join(dir, "go"));
    const resume = `${RUNLIT_WORD} resume ${staged.stdout.trim()} --scope off; sleep 60`;
    await onTerminal(["sh", "-c", `trap : INT; ${resume}`], { cwd: dir }, async (terminal) => {
      await terminal.shows(/1 of 3 trials, 1 running/);
      terminal.press("C-c");
      await terminal.shows(/trials: 1 completed, 1 failed, 1 pending/);
    });
  });
});
