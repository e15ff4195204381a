import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runCommand } from "../../lib/phases/run_command.ts";
import { explainDenials } from "../../lib/phases/scope/explain_denials.ts";
import { parsePermissions } from "../../lib/phases/scope/parse_permissions.ts";
import {
  planScope,
  type PlanScopeOptions,
  type ScopePlan,
} from "../../lib/phases/scope/plan_scope.ts";
import { scopePolicy } from "../../lib/phases/scope/scope_policy.ts";
import { addScopeRecord, parseScopeRecords } from "../../lib/phases/scope/scope_record.ts";
import { probeBwrap } from "../../lib/phases/scope/bwrap/probe_bwrap.ts";
import { skip } from "./_skip.ts";

const ENV = { PATH: "/usr/bin:/bin", HF_TOKEN: "hush", SEED: "7" };

function plan(permissions: unknown, options: Partial<PlanScopeOptions> = {}): Promise<ScopePlan> {
  return planScope({
    phase: "run",
    run: { runDir: "/srv/p/runs/1" },
    projectDir: "/srv/p",
    permissions: permissions === undefined ? [] : [parsePermissions(permissions)],
    env: ENV,
    ...options,
  });
}

/** A bubblewrap that says what those say that may not make a sandbox. */
async function withBroken(said: string, body: (file: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "runlit-test-"));
  try {
    const file = join(dir, "bwrap");
    writeFileSync(file, `#!/bin/sh\necho ${JSON.stringify(said)} >&2\nexit 1\n`);
    chmodSync(file, 0o755);
    await body(file);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

test(
  "planScope() scopes when it is asked to, by permissions or by a policy",
  { skip },
  async () => {
    const none = await plan(undefined);
    assert.deepEqual([none.policy, none.wrapper, none.record], ["off", null, null]);
    assert.equal((await plan({})).policy, "prefer");
    const off = await plan("strict", { policy: "off" });
    assert.deepEqual([off.wrapper, off.record, off.isScoped], [null, null, false]);
    assert.equal((await plan(undefined, { policy: "require" })).isScoped, true);
  },
);

test("planScope() records what was asked, what is enforced, and by what", { skip }, async () => {
  const { record } = await plan({ run: { net: false, env: ["${default}"], run: ["python3"] } });
  const { version } = await probeBwrap() as { version: string };
  assert.ok(record !== null);
  assert.equal(record.profile, "default");
  assert.deepEqual(record.asked, {
    net: { allow: [], deny: [] },
    env: { allow: ["${default}"], deny: [] },
    run: { allow: ["python3"], deny: [] },
  });
  assert.equal(record.permissions.net, false);
  assert.deepEqual(record.layers.slice(0, 1), [`bubblewrap ${version}`]);
  const enforced = Object.fromEntries(record.enforced.map((part) => [part.permission, part]));
  assert.deepEqual(Object.keys(enforced), ["read", "write", "net", "run", "env"]);
  assert.equal(enforced.env.by, "runlit");
  // Never taken for what it is not.
  assert.match(enforced.run.but!, /may bring and start its own/);
  assert.deepEqual(record.withheld.variables, ["HF_TOKEN"]);
  assert.ok(!JSON.stringify(record).includes("hush"));
});

test("addScopeRecord() keeps the records of all phases in one file", async () => {
  const { record } = await plan("open");
  const first = addScopeRecord(null, "runtime", record!);
  const both = parseScopeRecords(addScopeRecord(first, "run", record!));
  assert.deepEqual(Object.keys(both), ["runtime", "run"]);
  assert.equal(both.run!.profile, "open");
});

test("profile open enforces nothing, and says so", async () => {
  const { record, wrapper, isScoped, warnings } = await plan("open");
  assert.deepEqual([wrapper, isScoped, warnings], [null, false, []]);
  assert.deepEqual([record!.enforced, record!.layers], [[], []]);
});

test("a phase that cannot be scoped runs with a warning, and its record says so", async () => {
  await withBroken("bwrap: setting up uid map: Permission denied", async (bwrap) => {
    const { record, warnings, isScoped, wrapper } = await plan({ run: { net: false } }, { bwrap });
    assert.equal(isScoped, false);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0], /^Phase 'run' is not scoped: .*cannot make a sandbox: .*; .+/);
    assert.deepEqual(
      record!.unenforced.map(({ permission }) => permission),
      ["read", "write", "net"],
    );
    // What needs no sandbox is enforced all the same.
    assert.deepEqual(record!.enforced, [{ permission: "env", by: "runlit" }]);
    const seen: string[] = [];
    const result = await runCommand("echo $SEED${HF_TOKEN-withheld}", {
      cwd: "/",
      env: ENV,
      wrap: wrapper!,
      onOutput: (chunk) => void seen.push(new TextDecoder().decode(chunk)),
    });
    assert.equal(result.ok, true);
    assert.equal(seen.join(""), "7withheld\n");
  });
});

test("a phase that has to be scoped does not start where that is not possible", async () => {
  await withBroken("bwrap: No permissions to create new namespace", async (bwrap) => {
    await assert.rejects(
      plan({}, { bwrap, policy: "require" }),
      /^ScopeError: Cannot scope phase 'run' as required: .*user namespaces.*'--scope prefer'$/,
    );
    // Nothing is to be enforced here.
    assert.equal((await plan("open", { bwrap, policy: "require" })).isScoped, false);
  });
});

test("a limit that has to hold and cannot stops the phase before it starts", async () => {
  await withBroken("bwrap: broken", async (bwrap) => {
    const { warnings } = await plan({ profile: "open", limits: { processes: 5 } }, { bwrap });
    // With control groups it holds, without any sandbox.
    if (warnings.length === 0) return;
    assert.match(warnings[0], /'limits\.processes' of phase 'run' is not enforced: /);
    await assert.rejects(
      plan({ profile: "open", limits: { processes: 5 } }, { bwrap, policy: "require" }),
      /Cannot enforce 'limits\.processes' of phase 'run' as required/,
    );
  });
});

test("the record does not say that a phase gets no variables at all", { skip }, async () => {
  const env = { ...ENV, HOME: "/nowhere", LANG: "C", EDITOR: "ed" };
  for (const permissions of ["strict", { run: { env: [] } }, { run: { env: ["SEED"] } }]) {
    const { record } = await plan(permissions, { env });
    const { allow } = record!.permissions.env as { allow: string[] };
    assert.equal(allow[0], "basic variables");
    for (const name of ["PATH", "HOME", "LANG"]) {
      assert.ok(!record!.withheld.variables.includes(name));
    }
    assert.ok(record!.withheld.variables.includes("EDITOR"));
  }
});

test("nothing is said to be hidden where nothing hides it", async () => {
  await withBroken("bwrap: broken", async (bwrap) => {
    const dir = realpathSync(mkdtempSync(join(tmpdir(), "runlit-test-")));
    try {
      mkdirSync(join(dir, ".ssh"));
      const limits = { "file-size": "1MB" };
      const env = { ...ENV, HOME: dir, VIRTUAL_ENV: join(dir, ".venv") };
      const facts = await plan({ limits }, { bwrap, env, home: dir, projectDir: dir });
      assert.deepEqual(facts.hidden, []);
      assert.deepEqual(facts.record!.withheld, { variables: ["HF_TOKEN"], paths: [] });
      assert.equal(facts.warnings.length, 1, facts.warnings.join("\n"));
      const said = (output: string) => explainDenials(facts, output).map(({ what }) => what);
      assert.deepEqual(said("Permission denied (publickey)."), []);
      // Limits hold all the same.
      assert.deepEqual(said("OSError: [Errno 27] File too large"), ["file-size"]);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

test("a program that is not there is not found without a sandbox either", async () => {
  await withBroken("bwrap: broken", async (bwrap) => {
    const { wrapper } = await plan({ limits: { "file-size": "1MB" } }, { bwrap });
    let output = "";
    const onOutput = (chunk: Uint8Array) => void (output += new TextDecoder().decode(chunk));
    const wrap = wrapper ?? undefined;
    const { reason } = await runCommand(["nonesuch"], { cwd: "/", env: ENV, wrap, onOutput });
    assert.deepEqual([reason, output], ["not-found", ""]);
  });
});

test("planScope() refuses hosts under every policy that scopes", async () => {
  for (const policy of ["prefer", "require"] as const) {
    await assert.rejects(plan({ net: ["pypi.org"] }, { policy }), /all or nothing/);
  }
});

test(
  "planScope() says that a virtual environment is hidden with the project",
  { skip },
  async () => {
    const dir = realpathSync(mkdtempSync(join(tmpdir(), "runlit-test-")));
    try {
      mkdirSync(join(dir, "runs/1"), { recursive: true });
      const options = {
        run: { runDir: join(dir, "runs/1") },
        projectDir: dir,
        env: { ...ENV, VIRTUAL_ENV: join(dir, ".venv") },
      };
      const { warnings } = await plan({}, options);
      assert.match(warnings[0], /VIRTUAL_ENV '.*' is inside the project/);
      const line = /permissions\.run\.read = (\[.*\])$/.exec(warnings[0])![1];
      const allowed = await plan({ run: { read: JSON.parse(line) } }, options);
      assert.deepEqual(allowed.warnings, []);
    } finally {
      rmSync(dir, { recursive: true });
    }
  },
);

test("probeBwrap() says what is wrong, and what helps", async () => {
  const remedy = async (said: string) => {
    let result = "";
    await withBroken(said, async (file) => {
      const probed = await probeBwrap({ file });
      assert.ok("remedy" in probed);
      result = `${probed.reason} | ${probed.remedy}`;
    });
    return result;
  };
  assert.match(
    await remedy("bwrap: Can't mount proc on /newroot/proc: Operation not permitted"),
    /systempaths=unconfined/,
  );
  assert.match(
    await remedy("bwrap: Creating new namespace failed: Operation not permitted"),
    /seccomp=unconfined/,
  );
  const mac = await probeBwrap({ platform: "darwin" });
  assert.ok("reason" in mac && /needs Linux; this is darwin/.test(mac.reason));
});

test("scopePolicy() takes the strongest word, and refuses unknown ones", () => {
  const settings = { scope: "off" };
  assert.equal(
    scopePolicy({ flag: "require", env: { RUNLIT_SCOPE: "prefer" }, settings }),
    "require",
  );
  assert.equal(scopePolicy({ env: { RUNLIT_SCOPE: "prefer" }, settings }), "prefer");
  assert.equal(scopePolicy({ env: {}, settings }), "off");
  assert.equal(scopePolicy({ env: {} }), null);
  assert.throws(() => scopePolicy({ flag: "requir" }), /'--scope': did you mean 'require'\?/);
  assert.throws(
    () => scopePolicy({ settings: { scope: true } }),
    /Unknown policy true in '\$scope'/,
  );
});
