/** What `--scope`, `RUNLIT_SCOPE` and the project file say, on machines that can and cannot scope. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { ScopeRecord } from "../../lib/phases/scope/scope_record.ts";
import { type ProgramResult, runProgram } from "../../scripts/house/run_program.ts";
import { OWN_RUNLIT } from "../../scripts/house/tools.ts";
import { inTempDir, writeTree } from "../meta/_tools.ts";
import { skip } from "../scopes/_skip.ts";

const PROJECT = `[op]
exec.stage-runtime = "echo runtime > ran"
exec.run = "cat \\"$PROJECT/notes\\"; echo ran"
sourcecode = "notes"
`;

interface Called extends ProgramResult {
  /** `proc/scope.json` of the newest run, by phase; null if it has none. */
  readonly scope: Readonly<Record<string, ScopeRecord>> | null;
}

interface Machine {
  readonly dir: string;
  /** Calls `runlit run op --durability fast` with more arguments and variables. */
  run(args?: readonly string[], env?: Readonly<Record<string, string>>): Promise<Called>;
  /** What `runlit show` says about the scope of the newest run. */
  show(): Promise<string[]>;
}

/** A machine, as what is put before each command to be on it. */
const MACHINES = {
  "this machine": [],
  // A character device is no program.
  "a machine without bubblewrap": [
    ..."bwrap --dev-bind / / --ro-bind /dev/null /usr/bin/bwrap --".split(" "),
  ],
  // In this sandbox, none can be made.
  "a machine that allows no sandboxes": [
    ..."bwrap --unshare-user --disable-userns --dev-bind / / --".split(" "),
  ],
} as const;

async function on(
  machine: keyof typeof MACHINES,
  use: (machine: Machine) => Promise<void>,
  settings = "",
): Promise<void> {
  await inTempDir(async (dir) => {
    const project = join(dir, "project");
    writeTree(project, { "runlit.toml": `${settings}\n${PROJECT}`, notes: "noted\n" });
    const call = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
      runProgram([...MACHINES[machine], ...OWN_RUNLIT, ...args], {
        cwd: project,
        env: { RUNLIT_SCOPE: undefined, RUNLIT_RUNS: undefined, PROJECT: project, ...env },
        seconds: 60,
      });
    await use({
      dir: project,
      run: async (args = [], env) => {
        const result = await call(["run", "op", "--durability", "fast", ...args], env);
        const shown = await call(["show", "1", "--json"]);
        const { scope = null } = shown.ok ? JSON.parse(shown.stdout) : {};
        return { ...result, scope };
      },
      show: async () => {
        const lines = (await call(["show", "1"])).stdout.split("\n");
        const start = lines.indexOf("scope") + 1;
        return lines.slice(start, lines.indexOf("", start)).map((line) => line.trim());
      },
    });
  });
}

/** Whether there is the bubblewrap that the other machines are made with. */
function skipNoBwrap(): string | false {
  if (skip !== false) return skip;
  try {
    execFileSync("bwrap", ["--unshare-user", "--disable-userns", "--dev-bind", "/", "/", "true"], {
      stdio: "ignore",
    });
    return existsSync("/usr/bin/bwrap") ? false : "needs /usr/bin/bwrap";
  } catch {
    return "needs bubblewrap 0.8";
  }
}

const skipOthers = skipNoBwrap();

test("the command line always asks for scopes", { skip }, async () => {
  await on("this machine", async ({ run, dir }) => {
    const { ok, stdout, stderr, scope } = await run();
    assert.ok(ok, stderr);
    assert.equal(stdout, "ran\n");
    assert.match(stderr, /notes: No such file/);
    assert.doesNotMatch(stderr, /warning/);
    assert.deepEqual(Object.keys(scope!), ["runtime", "run"]);
    assert.match(scope!.run.layers[0], /^bubblewrap/);
    assert.ok(!existsSync(join(dir, "ran")));
  });
});

for (
  const [args, env, settings] of [
    [["--scope", "off"], {}, ""],
    [[], { RUNLIT_SCOPE: "off" }, ""],
    [[], {}, '"$scope" = "off"'],
    [["--scope", "off"], { RUNLIT_SCOPE: "require" }, '"$scope" = "require"'],
    [[], { RUNLIT_SCOPE: "off" }, '"$scope" = "require"'],
  ] as const
) {
  const said = [...args, ...Object.entries(env).flat(), settings].join(" ").trim();
  test(`'off' scopes nothing, and records no scope: ${said}`, async () => {
    await on("this machine", async ({ run }) => {
      const { stdout, stderr, scope } = await run(args, env);
      assert.equal(stdout, "noted\nran\n", stderr);
      assert.equal(scope, null);
    }, settings);
  });
}

for (
  const [machine, why] of [
    ["a machine without bubblewrap", /bubblewrap is not installed; install it: .*bubblewrap/],
    [
      "a machine that allows no sandboxes",
      /user namespaces are used up .*; sysctl user\.max_user_namespaces=\d+/,
    ],
  ] as const
) {
  test(`${machine} warns once, with the reason and the remedy`, { skip: skipOthers }, async () => {
    await on(machine, async ({ run, show }) => {
      const { ok, stdout, stderr, scope } = await run();
      assert.ok(ok, stderr);
      assert.equal(stdout, "noted\nran\n");
      assert.equal(stderr.match(/warning: /g)?.length, 1, stderr);
      assert.match(stderr, /^warning: Phase 'runtime' is not scoped: /m);
      assert.match(stderr, why);
      for (const phase of ["runtime", "run"]) {
        assert.deepEqual(scope![phase].layers, []);
        assert.notDeepEqual(scope![phase].unenforced, []);
        assert.deepEqual(scope![phase].withheld.paths, []);
      }
      assert.deepEqual(await show(), [
        "runtime      default, nothing is enforced; not enforced: read, write",
        "run          default, nothing is enforced; not enforced: read, write",
      ]);
    });
  });

  for (
    const [args, env, settings] of [
      [["--scope", "require"], {}, ""],
      [[], { RUNLIT_SCOPE: "require" }, ""],
      [[], {}, '"$scope" = "require"'],
    ] as const
  ) {
    const said = [...args, ...Object.entries(env).flat(), settings].join(" ").trim();
    test(`${machine} starts no phase that has to be scoped: ${said}`, {
      skip: skipOthers,
    }, async () => {
      await on(machine, async ({ run, dir }) => {
        const { code, stdout, stderr, scope } = await run(args, env);
        assert.equal(code, 1);
        assert.equal(stdout, "");
        assert.match(stderr, /^runlit: Cannot scope phase 'runtime' as required: /m);
        assert.match(stderr, why);
        assert.equal(scope, null);
        // What the phase would have written is nowhere.
        const found = execFileSync("find", [dir, "-name", "ran"], { encoding: "utf8" });
        assert.equal(found, "");
      }, settings);
    });
  }
}

test("what cannot be asked for is refused before anything is made", async () => {
  const cases = [
    [["--scope", "requier"], "", /'--scope': did you mean 'require'\?/],
    [
      [],
      '"$permissions" = { run = { nte = true } }',
      /permissions\.run\.nte' of the project: did you mean 'net'/,
    ],
    [
      [],
      '"$permissions" = { run = { net = ["pypi.org:443"] } }',
      /network of phase 'run' to hosts \('pypi\.org:443'\): .* write permissions\.run\.net = true/,
    ],
  ] as const;
  for (const [args, permissions, message] of cases) {
    await on("this machine", async ({ run, dir }) => {
      const { code, stderr, scope } = await run(args);
      assert.notEqual(code, 0);
      assert.match(stderr, message);
      assert.equal(scope, null);
      assert.ok(!existsSync(join(dir, ".runlit")), "a run was made");
    }, permissions);
  }
});
