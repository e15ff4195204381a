import assert from "node:assert/strict";
import { test } from "node:test";
import type { PhaseName } from "../../lib/types.ts";
import { allowLine } from "../../lib/phases/scope/allow_line.ts";
import { parsePermissions } from "../../lib/phases/scope/parse_permissions.ts";
import { resolveScope } from "../../lib/phases/scope/resolve_scope.ts";
import type { Scope } from "../../lib/phases/scope/scope.ts";

const DIRS = {
  project: "/srv/p",
  run: "/srv/p/runs/1",
  runs: "/srv/p/runs",
  home: "/home/ada",
  tmp: "/tmp",
  cache: "/home/ada/.cache",
};

function resolve(permissions: unknown, phase: PhaseName = "run"): Scope {
  return resolveScope([parsePermissions(permissions)], phase, DIRS);
}

test("resolveScope() has the defaults of the design for each phase", () => {
  const row = (phase: PhaseName) => {
    const { read, write, net, env, hidesProject, hidesRuns, hidesSecrets } = resolve({}, phase);
    assert.ok(read.all && !write.all && write.run && hidesRuns && hidesSecrets);
    assert.ok(env.all && env.hidesSecrets);
    return [net.all, write.caches, hidesProject];
  };
  assert.deepEqual(row("sourcecode"), [false, false, false]);
  assert.deepEqual(row("runtime"), [true, true, false]);
  assert.deepEqual(row("dependencies"), [true, true, false]);
  assert.deepEqual(row("run"), [true, true, true]);
  assert.deepEqual(row("finalize"), [false, false, true]);
});

test("resolveScope() grants little in profile strict, and all in profile open", () => {
  const strict = resolve("strict");
  assert.deepEqual([strict.read.all, strict.write.all, strict.net.all, strict.env.all], [
    false,
    false,
    false,
    false,
  ]);
  assert.equal(strict.write.run, true);
  assert.equal(strict.gpu, false);
  const open = resolve("open");
  assert.deepEqual([open.read.all, open.write.all, open.net.all, open.env.all, open.open], [
    true,
    true,
    true,
    true,
    true,
  ]);
  assert.equal(resolve({ profile: "open", net: false }).open, false);
});

test("resolveScope() starts from the profile and changes what is asked for", () => {
  const scope = resolve({ run: { profile: "strict", net: true, env: ["SEED"] } });
  assert.equal(scope.net.all, true);
  assert.deepEqual(scope.env.allow, ["SEED"]);
  assert.equal(scope.read.all, false);
  assert.equal(resolve({ run: { profile: "strict", net: true } }, "finalize").net.all, false);
});

test("resolveScope() takes a list as it is, and '${default}' for what the profile has", () => {
  assert.equal(resolve({ run: { read: ["/data"] } }).read.all, false);
  const more = resolve({ run: { read: ["${default}", "/data"], env: ["${default}", "HF_TOKEN"] } });
  assert.equal(more.read.all, true);
  assert.deepEqual(more.read.allow, ["/data"]);
  assert.equal(more.env.all, true);
  assert.deepEqual(more.env.allow, ["HF_TOKEN"]);
  assert.equal(resolve({ run: { write: ["/scratch"] } }).write.caches, false);
  assert.equal(resolve({ run: { write: ["${default}", "/scratch"] } }).write.caches, true);
});

test("resolveScope() lets denials win, from wherever they come", () => {
  const project = parsePermissions({ read: { deny: ["/data/raw"] } });
  const op = parsePermissions({
    run: { read: { allow: ["/data", "/data/raw/a"], deny: ["/data/x"] } },
  });
  const { read } = resolveScope([project, op], "run", DIRS);
  assert.deepEqual(read, { all: false, allow: ["/data"], deny: ["/data/raw", "/data/x"] });
  const { env } = resolve({ env: { allow: true, deny: ["KEY"] } });
  assert.deepEqual([env.all, env.deny], [true, ["KEY"]]);
});

test("resolveScope() hides the run phase's project unless reading is granted in full", () => {
  assert.equal(resolve({}).hidesProject, true);
  assert.equal(resolve({ run: { read: { deny: ["/x"] } } }).hidesProject, true);
  const all = resolve({ run: { read: true } });
  assert.deepEqual([all.hidesProject, all.hidesSecrets, all.hidesRuns], [false, false, true]);
});

test("resolveScope() makes the run directory read-only when nothing may be written", () => {
  assert.equal(resolve({ run: { write: false } }).write.run, false);
  assert.equal(resolve({ run: { write: { deny: ["${run}"] } } }).write.run, false);
  assert.equal(resolve({ run: { write: { deny: ["${run}/src"] } } }).write.run, true);
});

test("resolveScope() knows placeholders, the home and paths of the project", () => {
  const paths = ["${project}/a", "~/b", "c/../d", "${cache}/e", "${runs}/2"];
  assert.deepEqual(resolve({ read: paths }).read.allow, [
    "/srv/p/a",
    "/home/ada/b",
    "/srv/p/d",
    "/home/ada/.cache/e",
    "/srv/p/runs/2",
  ]);
  assert.throws(() => resolve({ read: ["${projct}/a"] }), /did you mean '\$\{project\}'/);
  assert.throws(() => resolve({ read: ["$HOME/a"] }), /Unknown placeholder '\$HOME'.*home/);
});

for (
  const [permissions, key] of [
    [{ read: ["${hoem}"] }, "permissions.read"],
    [{ write: { deny: ["$HOME"] } }, "permissions.write"],
    [{ net: ["pypi.org"] }, "permissions.net"],
    [{ run: { read: ["${hoem}"] } }, "permissions.run.read"],
    [{ run: { net: { deny: ["pypi.org"] } } }, "permissions.run.net"],
    [{ read: { deny: ["${hoem}"] }, run: { read: ["/data"] } }, "permissions.read"],
    [{ read: ["/data"], run: { read: { deny: ["${hoem}"] } } }, "permissions.run.read"],
  ] as const
) {
  test(`resolveScope() names the key that was written: ${JSON.stringify(permissions)}`, () => {
    const layers = [parsePermissions(permissions), parsePermissions({ env: ["SEED"] })];
    assert.throws(() => resolveScope(layers, "run", DIRS), (error: Error & { key: string }) => {
      assert.equal(error.key, key);
      const names = error.message.match(/permissions[.\w]+/g)!;
      assert.deepEqual([...new Set(names)], [key]);
      assert.equal(/phase/.test(error.message), error.message.includes("of phase 'run'"));
      return true;
    });
  });
}

test("resolveScope() leaves out paths of a project that is not there", () => {
  const { project: _, ...dirs } = DIRS;
  const scope = resolveScope(
    [parsePermissions({ read: ["${project}", "data", "/x"] })],
    "run",
    dirs,
  );
  assert.deepEqual(scope.read.allow, ["/x"]);
});

test("resolveScope() refuses to scope the network by host, and never widens it", () => {
  const key = "permissions.run.net";
  for (
    const net of [["pypi.org:443"], { deny: ["evil.example"] }, { allow: true, deny: ["x.y"] }]
  ) {
    assert.throws(() => resolve({ run: { net } }), (error: Error & { key: string }) => {
      assert.equal(error.key, key);
      assert.match(
        error.message,
        /all or nothing; write permissions\.run\.net = true or .* = false/,
      );
      return true;
    });
  }
});

test("resolveScope() lets sockets in files through with or without the network", () => {
  assert.deepEqual(resolve({ net: ["unix"] }).net, { all: false, unix: true });
  assert.deepEqual(resolve({ net: true }).net, { all: true, unix: true });
  assert.deepEqual(resolve({ net: false }).net, { all: false, unix: false });
  assert.deepEqual(resolve({ net: { deny: ["unix"] } }).net, { all: true, unix: false });
});

test("allowLine() writes the line that allows one thing more", () => {
  assert.equal(
    allowLine(resolve({}), "env", "HF_TOKEN"),
    'permissions.run.env = ["${default}", "HF_TOKEN"]',
  );
  const listed = resolve({ run: { read: { allow: ["/data"], deny: ["/data/raw"] } } });
  assert.equal(allowLine(listed, "read", "/b"), 'permissions.run.read.allow = ["/data", "/b"]');
  // What it says, parses, and grants just that.
  const scope = resolve({ run: { env: ["${default}", "HF_TOKEN"] } });
  assert.deepEqual(scope.env.allow, ["HF_TOKEN"]);
});
