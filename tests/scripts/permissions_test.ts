/** The toolkit itself, under Deno's permissions: what is documented is enough, and nothing less is. */

import assert from "node:assert/strict";
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/house/root.ts";
import { type ProgramResult, runProgram } from "../../scripts/house/run_program.ts";
import { DENO } from "../../scripts/house/tools.ts";
import { skip } from "../scopes/_skip.ts";

const RUNLIT = join(ROOT, "scripts/runlit.ts");

/** As `README.md` has it, for a project that keeps its runs where they are by default. */
const SMALLEST: Readonly<Record<string, string>> = {
  read: "--allow-read",
  write: "--allow-write=.runlit,/tmp",
  env: "--allow-env",
  run: "--allow-run=/usr/bin/bwrap",
  sys: "--allow-sys=uid,hostname,osRelease",
};

/** Root's sandboxes have one more program around them. */
const OWN: Readonly<Record<string, string>> = process.getuid?.() === 0
  ? { ...SMALLEST, run: `${SMALLEST.run},/usr/bin/unshare` }
  : SMALLEST;

const FILES: Readonly<Record<string, string>> = {
  "runlit.toml": `[train]
config = "conf.json"
sourcecode = "*.json"
depends = "data.csv"
exec.stage-sourcecode = "echo s > s"
exec.stage-runtime = "echo r > r; echo cached > ~/.cache/runlit-test"
exec.run = "cat conf.json data.csv s r"
exec.finalize = "echo f > f"
permissions.limits = { time = "30s", memory = "2GB", disk = "1GB" }
`,
  "conf.json": '{"lr": 0.1}\n',
  "data.csv": "1,2\n",
};

interface Place {
  /** Calls `deno run` with arguments, in the project. It is never asked anything. */
  deno(...args: string[]): Promise<ProgramResult>;
  readonly dir: string;
}

async function inProject(use: (place: Place) => Promise<void>, uid?: number): Promise<void> {
  const dir = mkdtempSync(join("/tmp", "runlit-test-"));
  try {
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(dir, name), text);
    const home = mkdtempSync(join(tmpdir(), "runlit-home-"));
    if (uid !== undefined) {
      for (const path of [dir, home, ...readdirSync(dir).map((name) => join(dir, name))]) {
        chownSync(path, uid, uid);
      }
    }
    const as = uid === undefined
      ? []
      : ["setpriv", "--reuid", String(uid), "--regid", String(uid), "--clear-groups"];
    const deno = (...args: string[]) =>
      runProgram([...as, DENO, "run", ...args], {
        cwd: dir,
        env: {
          HOME: home,
          TMPDIR: undefined,
          PATH: "/usr/bin:/bin",
          RUNLIT_RUNS: undefined,
          RUNLIT_SCOPE: undefined,
          DENO_DIR: join(home, "deno"),
        },
        seconds: 60,
      });
    try {
      await use({ deno, dir });
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const users: readonly [string, number | undefined][] = process.getuid?.() === 0
  ? [["root", undefined], ["nobody", 65534]]
  : [["this user", undefined]];

for (const [user, uid] of users) {
  const set = Object.values(uid === undefined ? OWN : SMALLEST);
  test(`a whole run of ${user} under the smallest set of permissions`, { skip }, async () => {
    await inProject(async ({ deno, dir }) => {
      const run = await deno(...set, RUNLIT, "run", "train", "lr=0.2", "--scope", "require");
      assert.ok(run.ok, run.output);
      assert.equal(run.stdout, '{"lr": 0.2}\n1,2\ns\nr\n');
      assert.doesNotMatch(run.stderr, /access to|prompt|warning/i);
      const shown = await deno(...set, RUNLIT, "show", "1", "--json");
      const { status, scope } = JSON.parse(shown.stdout);
      assert.equal(status, "completed");
      assert.deepEqual(Object.keys(scope), ["sourcecode", "runtime", "run", "finalize"]);
      for (const { layers } of Object.values<{ layers: string[] }>(scope)) {
        assert.match(layers[0], /^bubblewrap/);
      }
      assert.equal(readdirSync(join(dir, ".runlit/runs")).length, 3);
      for (const args of [["list"], ["scope", "train"], ["run", "--dry-run"]]) {
        const more = await deno(...set, RUNLIT, ...args);
        assert.ok(more.ok, more.output);
      }
    }, uid);
  });
}

test("a phase that names a device, or is given a pattern, needs no more", { skip }, async () => {
  await inProject(async ({ deno, dir }) => {
    writeFileSync(
      join(dir, "runlit.toml"),
      '[a]\nexec = "cat /dev/none"\npermissions.read = ["${default}", "/usr/share/dict/*"]\n',
    );
    const run = await deno(...Object.values(OWN), RUNLIT, "run", "a", "--scope", "require");
    assert.match(run.stderr, /\/dev\/none.*No such file[^]*^error .* exited with code 1/m);
    assert.doesNotMatch(run.output, /access to/);
  });
});

for (const kind of Object.keys(OWN)) {
  test(`without its permission '${kind}' a run fails, and nobody is asked`, { skip }, async () => {
    await inProject(async ({ deno }) => {
      const set = Object.entries(OWN).filter(([name]) => name !== kind).map(([, flag]) => flag);
      const run = await deno("--no-prompt", ...set, RUNLIT, "run", "--scope", "require");
      assert.equal(run.ok, false);
      assert.match(run.output, /Requires \w+ access to/);
    });
  });
}

test("with these permissions nothing can be started outside of a scope", { skip }, async () => {
  await inProject(async ({ deno, dir }) => {
    const run = await deno(...Object.values(OWN), RUNLIT, "run", "--scope", "off");
    assert.equal(run.ok, false);
    assert.match(run.output, /Requires run access to "\/bin\/sh"/);
    assert.ok(!readdirSync(dir).includes("s"));
  });
});

test("what the README says is what is tested", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  for (const flag of Object.values(SMALLEST)) assert.ok(readme.includes(flag), flag);
});

test("each script that is run directly says its permissions in its first line", async () => {
  const names = readdirSync(join(ROOT, "scripts")).filter((name) => /^[a-z]\w*\.ts$/.test(name));
  assert.ok(names.length >= 7);
  for (const name of names) {
    const [line] = readFileSync(join(ROOT, "scripts", name), "utf8").split("\n", 1);
    assert.match(line, /^#!\/usr\/bin\/env -S deno run( --allow-(read|write|env|run|sys))+$/, name);
  }
  // Two that change nothing, with what they say.
  for (const [name, ...args] of [["runlit.ts", "--version"], ["check.ts", "sizes"]]) {
    const path = join(ROOT, "scripts", name);
    const flags = readFileSync(path, "utf8").split("\n", 1)[0].split(" ").filter((word) =>
      word.startsWith("--")
    );
    const run = await runProgram([DENO, "run", "--no-prompt", ...flags, path, ...args]);
    assert.doesNotMatch(run.output, /Requires \w+ access/);
  }
});
