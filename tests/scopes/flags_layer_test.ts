/** The second layer: Deno's and Node's own flags, with a sandbox and where there is none. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DENO } from "../../scripts/house/tools.ts";
import { runCommand } from "../../lib/phases/run_command.ts";
import { parsePermissions } from "../../lib/phases/scope/parse_permissions.ts";
import { planScope, type ScopePlan } from "../../lib/phases/scope/plan_scope.ts";
import type { Command } from "../../lib/types.ts";
import { skip } from "./_skip.ts";
import { inWorld, type World } from "./_world.ts";

interface Ran {
  readonly plan: ScopePlan;
  readonly output: string;
}

/** Executes a command of the run phase; `bwrap` is one that is not there, to do without. */
async function run(
  world: World,
  command: Command,
  permissions: unknown,
  bwrap?: string,
): Promise<Ran> {
  const env = { PATH: process.env.PATH!, HOME: world.home, NO_COLOR: "1" };
  const plan = await planScope({
    phase: "run",
    run: { runDir: world.run },
    projectDir: world.project,
    permissions: [parsePermissions(permissions)],
    env,
    command,
    bwrap,
  });
  let output = "";
  const wrap = plan.wrapper ?? undefined;
  const onOutput = (chunk: Uint8Array) => void (output += new TextDecoder().decode(chunk));
  await runCommand(command, { cwd: world.run, env, wrap, onOutput });
  return { plan, output };
}

const skipDeno = existsSync(DENO) ? false : "needs Deno";
/** What a program in the run directory tries. */
const SCRIPT = `
const tries = [
  ["read", () => Deno.readTextFileSync(Deno.args[0])],
  ["write", () => Deno.writeTextFileSync("out", "fine")],
  ["lock", () => Deno.writeTextFileSync("src/train.py", "forged")],
  ["net", () => Deno.connect({ port: 1, hostname: "127.0.0.1" })],
];
for (const [name, attempt] of tries) {
  try {
    await attempt();
    console.log(name, "worked");
  } catch (error) {
    console.log(name, error.name);
  }
}
`;
const PERMISSIONS = { net: false, run: { write: { deny: ["${run}/src"] } } };

test("a 'deno run' in a sandbox says what it may not by Deno's own errors", {
  skip: skip || skipDeno,
}, async () => {
  await inWorld(async (world) => {
    writeFileSync(join(world.run, "try.ts"), SCRIPT);
    const command = [DENO, "run", "-A", "try.ts", join(world.project, "train.py")];
    const { plan, output } = await run(world, command, PERMISSIONS);
    assert.equal(output, "read NotCapable\nwrite worked\nlock NotCapable\nnet NotCapable\n");
    assert.equal(plan.record!.layers.at(-1), "deno flags");
    assert.ok(plan.record!.enforced.every(({ by }) => by !== "deno flags"));
  });
});

test("without a sandbox the flags are all there is, and count for nothing", {
  skip: skipDeno,
}, async () => {
  await inWorld(async (world) => {
    writeFileSync(join(world.run, "try.ts"), SCRIPT);
    const file = join(world.project, "train.py");
    for (
      const command of [[DENO, "run", "-A", "try.ts", file], `${DENO} run -A try.ts ${file}`]
    ) {
      const { plan, output } = await run(world, command, PERMISSIONS, "/no/bwrap");
      assert.equal(output, "read NotCapable\nwrite worked\nlock NotCapable\nnet NotCapable\n");
      assert.deepEqual(plan.record!.layers, ["deno flags"]);
      assert.equal(plan.isScoped, false);
      const unenforced = plan.record!.unenforced.map(({ permission }) => permission);
      assert.deepEqual(unenforced, ["read", "write", "net"]);
      assert.match(plan.warnings[0], /^Phase 'run' is not scoped/);
    }
    assert.equal(readFileSync(join(world.run, "src/train.py"), "utf8"), "print('train')");
  });
});

test("a 'node' that knows the permission model gets it where a scope is a list", {
  skip: skip || nodeReason(),
}, async () => {
  await inWorld(async (world) => {
    const script = "try { fs.readFileSync('/etc/hostname') } catch (e) { console.log(e.code) }; " +
      "fs.writeFileSync('out', ''); console.log(fs.existsSync('out'))";
    const { plan, output } = await run(world, ["node", "-e", script], "strict");
    const has = plan.record!.layers.includes("node flags");
    assert.equal(output, `${has ? "ERR_ACCESS_DENIED" : "ENOENT"}\ntrue\n`);
  });
});

function nodeReason(): string | false {
  try {
    execFileSync("node", ["--version"], { stdio: "ignore" });
    return false;
  } catch {
    return "needs node";
  }
}

test("a command of another runtime gets no flags, and no record of any", { skip }, async () => {
  await inWorld(async (world) => {
    const { plan } = await run(world, "echo deno run", PERMISSIONS);
    assert.ok(!plan.record!.layers.some((layer) => layer.endsWith("flags")));
  });
});
