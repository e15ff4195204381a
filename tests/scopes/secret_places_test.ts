/** Secrets stay hidden where permissions show what is around them, and where HOME leads elsewhere. */

import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { listFiles } from "../../lib/files/list_files.ts";
import { secretFiles } from "../../lib/phases/scope/_secret_files.ts";
import { hiddenPaths } from "../../lib/phases/scope/hidden_paths.ts";
import { parsePermissions } from "../../lib/phases/scope/parse_permissions.ts";
import { planScope } from "../../lib/phases/scope/plan_scope.ts";
import { resolveScope } from "../../lib/phases/scope/resolve_scope.ts";
import { copySourcecode } from "../../lib/run/copy_sourcecode.ts";
import type { JsonObject, JsonValue } from "../../lib/types.ts";
import { initialized, inProject } from "../run/_tools.ts";
import { inCliProject } from "../cli/_tools.ts";
import { attempt } from "./_attempt.ts";
import { skip } from "./_skip.ts";
import { inWorld, type World } from "./_world.ts";

function withSecrets(world: World): void {
  mkdirSync(join(world.project, "conf/deep"), { recursive: true });
  writeFileSync(join(world.project, "conf/model.yaml"), "layers: 2\n");
  writeFileSync(join(world.project, "conf/deep/.env.local"), "PASSWORD=hush");
}

const SHOWN: readonly [string, object, string][] = [
  ["the project", { read: ["${default}", "${project}"] }, "14 10 0 0"],
  ["the project, to write", { write: ["${default}", "${project}"] }, "14 10 0 0"],
  ["the project in strict", { profile: "strict", read: ["${project}"] }, "14 10 0 0"],
  ["a directory of it", { read: ["${default}", "${project}/conf"] }, "- 10 - 0"],
  ["a pattern in it", { read: ["${default}", "${project}/con*"] }, "- 10 - 0"],
  ["a secret by its name", {
    read: ["${default}", "${project}", "${project}/conf/deep/.env.local"],
  }, "14 10 0 13"],
];

for (const [what, run, expected] of SHOWN) {
  test(`who may see ${what} does not see other .env files there`, { skip }, async () => {
    await inWorld(async (world) => {
      withSecrets(world);
      const files = ["train.py", "conf/model.yaml", ".env", "conf/deep/.env.local"];
      const command = `for name in ${files.map((file) => join(world.project, file)).join(" ")}; ` +
        'do if [ -e "$name" ]; then wc -c < "$name"; else echo -; fi; done';
      const { output } = await attempt({ world, permissions: { run }, command });
      assert.equal(output.trim().split("\n").join(" "), expected);
    });
  });
}

test("a data set in the project keeps no .env from being found", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 600 }, (_, i) => [`z/set${i % 20}/${i}`, ""]),
  );
  await inProject({ ...files, "m/app/.env": "P=1" }, (project, runs) => {
    const dirs = { project, runs, run: join(runs, "1"), home: "/h", tmp: "/tmp", cache: "/c" };
    const scope = resolveScope([], "runtime", dirs);
    assert.deepEqual(secretFiles(scope, dirs, [], 300), [join(project, "m/app/.env")]);
    return Promise.resolve();
  });
});

test("who may see a part of the project by a link does not see .env there", { skip }, async () => {
  await inWorld(async (world) => {
    withSecrets(world);
    const link = join(world.project, "..", "by-link");
    symlinkSync(join(world.project, "conf"), link);
    const permissions = { run: { read: ["${default}", link] } };
    const command = `wc -c < ${link}/deep/.env.local; wc -c < ${link}/model.yaml`;
    const { output } = await attempt({ world, permissions, command });
    assert.match(output, /^0\n[1-9]\d*\n$/);
  });
});

test("the history of the prompt is no phase's business", { skip }, async () => {
  await inWorld(async (world) => {
    mkdirSync(join(world.project, ".runlit"));
    const history = join(world.project, ".runlit/history");
    writeFileSync(history, 'process.env.HF_TOKEN = "hush"\n');
    const command = `wc -c < ${history}`;
    const permissions = { run: { read: ["${default}", "${project}"] } };
    for (const phase of ["runtime", "run"] as const) {
      assert.equal((await attempt({ world, phase, permissions, command })).output, "0\n");
    }
  });
});

test(
  "the record does not say that the project is hidden where it is allowed",
  { skip },
  async () => {
    await inWorld(async ({ run, runs, project }) => {
      const except = async (read: string[]) => {
        const permissions = [parsePermissions({ run: { read } })];
        const plan = await planScope({
          phase: "run",
          run: { runDir: run },
          runsDir: runs,
          projectDir: project,
          permissions,
        });
        return (plan.record!.permissions.read as { except: string[] }).except;
      };
      assert.deepEqual(await except(["${default}"]), ["the project", "other runs", "secrets"]);
      assert.deepEqual(await except(["${default}", "${project}"]), ["other runs", "secrets"]);
    });
  },
);

test("the home of the account is a place of secrets, too", async () => {
  await inWorld((world) => {
    const dirs = { run: world.run, runs: world.runs, home: "/nowhere", tmp: "/tmp", cache: "/c" };
    const hidden = hiddenPaths(resolveScope([], "run", dirs), dirs, { accountHome: world.home });
    const paths = hidden.map(({ path }) => path);
    assert.ok(paths.includes(join(world.home, ".ssh")), paths.join());
    assert.ok(paths.includes(join(world.home, ".npmrc")), paths.join());
    return Promise.resolve();
  });
});

test("a scoped run gets no .env with its source code, unless a pattern names it", async () => {
  await inProject(
    { "a.py": "", ".env": "P=1", "conf/.env.local": "P=1" },
    async (project, runs) => {
      const copied = async (sourcecode: JsonValue | undefined, scope?: "prefer" | "off") => {
        const data: JsonObject = sourcecode === undefined ? {} : { sourcecode };
        const run = await initialized(runs, { data });
        const warnings: string[] = [];
        const onWarning = (message: string) => void warnings.push(message.slice(0, 16));
        await copySourcecode(run, project, { scope, onWarning });
        const files = (await listFiles(run.runDir)).map(({ path }) => path).sort();
        return [files.join(" "), ...warnings];
      };
      const all = ".env a.py conf/.env.local";
      assert.deepEqual(await copied(undefined), [all]);
      assert.deepEqual(await copied(undefined, "off"), [all]);
      const left = ['Left out ".env":', 'Left out "conf/.'];
      assert.deepEqual(await copied(undefined, "prefer"), ["a.py", ...left]);
      assert.deepEqual(await copied("**/*", "prefer"), ["a.py", ...left]);
      assert.deepEqual(await copied(["-.env"], "prefer"), ["a.py", left[1]]);
      assert.deepEqual(await copied(["**/*", "**/.env*"], "prefer"), [all]);
      // A pattern that names one of them lets no other in.
      const other = ["a.py", 'Pattern ".env.ex', ...left];
      assert.deepEqual(await copied(["**/*", ".env.example"], "prefer"), other);
      const conf = ["a.py conf/.env.local", left[0]];
      assert.deepEqual(await copied(["**/*", "conf/.env.local"], "prefer"), conf);
    },
  );
});

test("what is said to silence the warning does, whatever the file is called", async () => {
  await inProject({ "a.py": "", "my conf/.env": "P=1" }, async (project, runs) => {
    const warnings: string[] = [];
    for (let count = 1; count <= 2; count++) {
      const [, said] = /the pattern ("-.*") silences/.exec(warnings[0] ?? "") ?? [];
      const data = { sourcecode: ["**/*", ...said === undefined ? [] : [JSON.parse(said)]] };
      const run = await initialized(runs, { data });
      const onWarning = (message: string) => void warnings.push(message);
      await copySourcecode(run, project, { scope: "prefer", onWarning });
      assert.equal(warnings.length, 1);
    }
  });
});

test("neither has a scoped run in Guild's layout, nor a batch, nor its trials", async () => {
  const project = { "ls.sh": "n=1\nls -A\n", ".env": "P=1" };
  for (const layout of ["guild", "guild-2019", "json"]) {
    for (const n of ["n=1", "n=[1,2]"]) {
      for (const scope of ["prefer", "off"]) {
        await inCliProject(project, async ({ dir, runlit }) => {
          const args = ["--layout", layout, "--scope", scope, "--durability", "fast"];
          const { code, stdout, stderr } = await runlit("run", "ls.sh", n, ...args);
          assert.equal(code, 0, stderr);
          assert.match(stdout, /^ls\.sh$/m);
          assert.equal(/^\.env$/m.test(stdout), scope === "off", [layout, n, scope].join());
          const told = stderr.match(/Left out "\.env"/g) ?? [];
          assert.equal(told.length, scope === "off" ? 0 : 1, stderr);
          // Nor is one in what the batch keeps for its trials.
          const kept = await listFiles(join(dir, ".runlit"));
          const isKept = kept.some(({ path }) => path.endsWith("/.env"));
          assert.equal(isKept, scope === "off", [layout, n, scope].join());
        });
      }
    }
  }
});
