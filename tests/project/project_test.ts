import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findProject, PROJECT_FILES } from "../../lib/project/find_project.ts";
import { getOperation } from "../../lib/project/get_operation.ts";
import { loadProject } from "../../lib/project/load_project.ts";
import { parsePermissions } from "../../lib/phases/scope/parse_permissions.ts";
import { planRun } from "../../lib/project/plan_run.ts";
import { runsDir } from "../../lib/project/runs_dir.ts";
import { inTempDir, writeTree } from "../meta/_tools.ts";

test("findProject() takes the nearest project file, runlit.toml first, then a mark", async () => {
  await inTempDir(async (dir) => {
    const sub = join(dir, "a", "b");
    mkdirSync(sub, { recursive: true });
    assert.deepEqual(findProject(sub, { stopAt: dir }), { dir: sub, file: null });
    mkdirSync(join(dir, "a", ".git"));
    assert.deepEqual(findProject(sub, { stopAt: dir }), { dir: join(dir, "a"), file: null });
    for (const name of PROJECT_FILES.toReversed()) {
      writeTree(dir, { [name]: "" });
      assert.deepEqual(findProject(sub, { stopAt: dir }), { dir, file: join(dir, name) });
    }
  });
});

test("runsDir() follows its order, and Gage's for one of Gage's files", () => {
  const own = { dir: "/p", file: "/p/runlit.toml" };
  const gage = { dir: "/p", file: "/p/gage.toml" };
  const all = { runs: "r", env: { RUNLIT_RUNS: "e", GAGE_RUNS: "g", RUNS_DIR: "d" }, cwd: "/w" };
  const settings = { "runs-dir": "s" };
  assert.equal(runsDir(own, { ...all, settings }), "/w/r");
  assert.equal(runsDir(own, { ...all, runs: undefined, settings }), "/w/e");
  assert.equal(runsDir(own, { env: { GAGE_RUNS: "g" }, cwd: "/w", settings }), "/p/s");
  assert.equal(runsDir(own, { env: {} }), "/p/.runlit/runs");
  assert.equal(runsDir(gage, { env: { GAGE_RUNS: "g", RUNS_DIR: "d" }, cwd: "/w" }), "/w/g");
  assert.equal(runsDir(gage, { env: { RUNS_DIR: "~/d", HOME: "/h" }, cwd: "/w" }), "/h/d");
  assert.equal(runsDir(gage, { env: {} }), "/p/.gage/runs");
});

test("loadProject() says where a file is wrong", async () => {
  await inTempDir(async (dir) => {
    const cases: [string, string | Uint8Array, RegExp][] = [
      ["runlit.toml", "[a]\nb = \n", /Cannot parse project file '.*runlit\.toml': [^]*2/],
      ["gage.json", '{\n  "a": {,}\n}', /Cannot parse project file '.*gage\.json': .* in line 2/],
      ["gage.yaml", "a: [1\n", /Cannot parse project file '.*gage\.yaml': /],
      ["gage.yaml", "- a\n", /it has to be a table$/],
      ["runlit.toml", "train = 1\n", /Cannot use 'train' in project file .*has to be a table/],
      ["runlit.toml", Uint8Array.of(0xff), /it is not UTF-8$/],
    ];
    for (const [name, text, message] of cases) {
      writeFileSync(join(dir, name), text);
      await assert.rejects(loadProject(join(dir, name)), { name: "ProjectError", message });
    }
    await assert.rejects(loadProject(join(dir, "none.toml")), /Cannot read project file .*ENOENT/);
  });
});

test("getOperation() finds the default, and suggests", () => {
  const op = (name: string, data = {}) => ({ name, data });
  const project = (...operations: ReturnType<typeof op>[]) => ({
    file: "f",
    operations,
    settings: {},
  });
  assert.equal(getOperation(project(op("a"))).name, "a");
  assert.equal(getOperation(project(op("a"), op("b", { default: true }))).name, "b");
  assert.throws(() => getOperation(project()), /There are no operations in 'f'/);
  assert.throws(() => getOperation(project(op("a"), op("b"))), /None is marked.*one of 'a', 'b'/);
  const both = project(op("a", { default: true }), op("b", { default: true }));
  assert.throws(() => getOperation(both), /Several are marked/);
  assert.throws(() => getOperation(project(op("train")), "trian"), /did you mean 'train'/);
});

test("planRun() overlays config, and says what an operation lacks", async () => {
  await inTempDir(async (dir) => {
    writeTree(dir, { "t.py": "lr = 0.1\nn = 2\n" });
    const data = { exec: ["python", "$project_dir/t.py"], config: "t.py", version: 3 };
    const plan = await planRun(dir, { name: "t", data }, { config: { lr: 1 }, label: "x" });
    assert.deepEqual(plan.config, { lr: 1, n: 2 });
    assert.deepEqual(plan.cmd.args, ["python", `${dir}/t.py`]);
    assert.equal(plan.opref.version, "3");
    assert.deepEqual(plan.userAttrs, { label: "x" });
    await assert.rejects(planRun(dir, { name: "t", data }, { config: { rl: 1 } }), /'rl'.*t\.py/);
    await assert.rejects(planRun(dir, { name: "t", data: {} }), /Operation 't' has no command/);
  });
});

test("loadProject() says how to add to permissions that are there already", async () => {
  await inTempDir(async (dir) => {
    const file = join(dir, "runlit.toml");
    const list = '["${default}", "/data"]';
    const read = `run.read = ${list}`;
    const cases = [
      ['permissions = "strict"', `permissions = { profile = "strict", ${read} }`],
      ["permissions = { net = false }  # none", `permissions = { net = false, ${read} }`],
      ["permissions = {}", `permissions = { ${read} }`],
      [
        "permissions = { runtime = { net = true }, run = { gpu = true } }",
        'permissions = { runtime = { net = true }, run = { gpu = true, read = ["${default}", "/data"] } }',
      ],
      [
        'permissions = { run = "strict" }',
        'permissions = { run = { profile = "strict", read = ["${default}", "/data"] } }',
      ],
      [
        'permissions = { run = { read = ["/x", "/y"] } }',
        `permissions = { run = { read = ${list} } }`,
      ],
      ['permissions = { run.read = ["/x"] }', `permissions = { ${read} }`],
      [
        'permissions = { runtime = { run = { deny = ["curl"] } } }',
        `permissions = { runtime = { run = { deny = ["curl"] } }, ${read} }`,
      ],
      [
        "permissions = { run = { limits = { time = 9 }, read = true } }",
        `permissions = { run = { limits = { time = 9 }, read = ${list} } }`,
      ],
    ];
    for (const [line, expected] of cases) {
      writeFileSync(file, `[a]\n${line}\nexec = "true"\npermissions.${read}  # for now\n`);
      const hint = `instead of lines 2 and 4, write: ${expected}`;
      await assert.rejects(
        loadProject(file),
        (error: Error) => error.message.endsWith(`\n${hint}`),
      );
      // It is right.
      writeFileSync(file, `[a]\nexec = "true"\n${expected}\n`);
      const { operations } = await loadProject(file);
      const { all, phases } = parsePermissions(operations[0].data.permissions);
      assert.deepEqual(phases.run?.read?.allow, ["${default}", "/data"], JSON.stringify(all));
    }
    writeFileSync(file, '[a]\nexec = "true"\nexec = "false"\n');
    await assert.rejects(loadProject(file), (error: Error) => !/instead of/.test(error.message));
  });
});
