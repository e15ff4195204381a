/** What a phase cannot enter is left out, and does not keep it from its work. */

import assert from "node:assert/strict";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { explainDenials } from "../../lib/phases/scope/explain_denials.ts";
import { parsePermissions } from "../../lib/phases/scope/parse_permissions.ts";
import { planScope } from "../../lib/phases/scope/plan_scope.ts";
import { type Attempt, attempt } from "./_attempt.ts";
import { skip } from "./_skip.ts";
import { asUser } from "./_users.ts";
import { makeWorld, type World } from "./_world.ts";

const NOBODY = 65534;
const skipUser = skip || (process.getuid?.() === 0 ? false : "only root enters everything outside");

/** A world with a directory in its data that is another user's, and closed. */
async function inClosed(
  use: (world: World, closed: string) => unknown,
  { mode = 0o700, uid = NOBODY, gid = NOBODY } = {},
): Promise<void> {
  const world = makeWorld();
  try {
    const closed = join(world.data, "closed");
    mkdirSync(join(closed, "deep"), { recursive: true });
    for (const name of ["a.csv", "b.csv", "deep/c.csv"]) writeFileSync(join(closed, name), "1\n");
    chownSync(closed, uid, gid);
    chmodSync(closed, mode);
    await use(world, closed);
  } finally {
    world.remove();
  }
}

const REASON =
  /: root cannot enter '.*\/closed' in a phase, .*: chmod o\+x '.*\/closed', or run as/;

const ways: readonly [string, (closed: string) => unknown, RegExp][] = [
  ["below it", (dir) => ({ read: ["${default}", `${dir}/deep`] }), /^'.*\/deep' in '.*\.read' /],
  ["itself", (dir) => ({ read: ["${default}", dir] }), /^'.*\/closed' in '.*\.read' /],
  ["a file", (dir) => ({ read: ["${default}", `${dir}/a.csv`] }), /^'.*\/a\.csv' in '.*\.read' /],
  ["in profile strict", (dir) => ({ profile: "strict", read: [`${dir}/deep`] }), /\.run\.read' /],
  ["to be written", (dir) => ({ write: ["${default}", `${dir}/deep`] }), /' in '.*\.run\.write' /],
  ["of a pattern", (dir) => ({ read: ["${default}", `${dir}/*.csv`] }), /a\.csv' and 1 more in '/],
];

for (const [what, permissions, expected] of ways) {
  test(`a path in another user's directory is left out: ${what}`, { skip: skipUser }, async () => {
    await inClosed(async (world, closed) => {
      const command =
        `cat ${closed}/a.csv ${closed}/deep/c.csv; cat ${world.data}/set.csv; echo on`;
      const { output, warnings, result } = await attempt({
        world,
        permissions: { run: permissions(closed) },
        command,
      });
      assert.match(output, /on\n$/, result.message);
      assert.equal(
        output.match(/Permission denied|No such file/g)!.length,
        what.includes("strict") ? 3 : 2,
      );
      assert.equal(warnings.length, 1, warnings.join("\n"));
      assert.match(warnings[0], expected);
      assert.match(warnings[0], REASON);
    });
  });
}

test("what nobody has named is left out with one warning, too", { skip: skipUser }, async () => {
  await inClosed(async (world, closed) => {
    const inherited = { HF_HOME: join(closed, "deep"), TORCH_HOME: closed };
    const { output, warnings } = await attempt({ world, inherited, command: "echo on" });
    assert.equal(output, "on\n");
    assert.equal(warnings.length, 1, warnings.join("\n"));
    assert.match(warnings[0], /^'.*\/closed\/deep' and 1 more cannot be shown: root cannot enter/);
  });
});

test(
  "a path that the command names in a private directory is left out",
  { skip: skipUser },
  async () => {
    await inClosed(async (world) => {
      const own = join(world.base, "closed");
      mkdirSync(own);
      writeFileSync(join(own, "a.csv"), "1\n");
      chownSync(own, NOBODY, NOBODY);
      chmodSync(own, 0o700);
      const { output, warnings } = await attempt({ world, command: `cat ${own}/a.csv; echo on` });
      assert.match(output, /No such file[^]*on\n$/);
      assert.match(warnings.join("\n"), REASON);
    });
  },
);

test("what is hidden behind a closed directory stays hidden, whoever opens it", {
  skip: skipUser,
}, async () => {
  await inClosed(async (world, closed) => {
    const server = createServer().listen(join(closed, "agent.sock"));
    await once(server, "listening");
    try {
      const command = `echo go; sleep 0.5; cat ${closed}/a.csv; ls ${closed}; echo on`;
      const permissions = {
        run: { read: { allow: true, deny: [`${closed}/a.csv`] }, write: true },
      };
      const { output, warnings } = await attempt({
        world,
        permissions,
        command,
        // Its owner opens it meanwhile.
        onOutput: () => chmodSync(closed, 0o755),
      });
      assert.match(output, /^go\n.*Permission denied\n.*Permission denied\non\n$/);
      assert.deepEqual(warnings, []);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

test("what is locked behind a closed directory is not replaced", { skip: skipUser }, async () => {
  await inClosed(async (world) => {
    const deep = join(world.run, "deep");
    chownSync(deep, NOBODY, NOBODY);
    chmodSync(deep, 0o700);
    const permissions = { run: { write: { deny: ["${run}/deep/ro"] } } };
    const command = "mv deep old; mkdir -p deep/ro; echo forged > deep/ro/data; touch new; echo on";
    const { output, warnings } = await attempt({ world, permissions, command });
    assert.match(output, /cannot move[^]*on\n$/);
    assert.deepEqual(warnings, []);
    assert.equal(readFileSync(join(deep, "ro/data"), "utf8"), "input");
    assert.ok(existsSync(join(world.run, "new")));
  });
});

const needs: readonly [string, (world: World, closed: string) => Partial<Attempt>, RegExp][] = [
  ["run directory", (world, closed) => {
    const run = join(closed, "run");
    mkdirSync(run);
    return { world: { ...world, run }, command: "true" };
  }, /its run directory '.*\/closed\/run' cannot be shown: root cannot enter '.*\/closed' /],
  ["working directory", (_, closed) => ({ cwd: join(closed, "deep") }), /its working directory '/],
  ["home", (world, closed) => ({ world: { ...world, home: closed } }), /its home directory '/],
  ["program", (_, closed) => {
    writeFileSync(join(closed, "tool"), "#!/bin/sh\n", { mode: 0o755 });
    return { command: [join(closed, "tool")] };
  }, /'.*\/closed\/tool' is '.*', which cannot be shown: root cannot enter /],
];

for (const [what, change, expected] of needs) {
  test(`a phase is told why it cannot do without its ${what}`, { skip: skipUser }, async () => {
    await inClosed(async (world, closed) => {
      const request = { world, command: "true", ...change(world, closed) };
      const { output, result } = await attempt(request);
      assert.equal(output, "");
      assert.match(result.message!, /^could not be started: /);
      assert.match(result.message!, expected);
      assert.match(result.message!, REASON);
    });
  });
}

test(
  "a home that cannot be entered is not missed where none is shown",
  { skip: skipUser },
  async () => {
    await inClosed(async (world, closed) => {
      const request = { world: { ...world, home: closed }, permissions: "strict" };
      assert.equal((await attempt({ ...request, command: "echo on" })).output, "on\n");
    });
  },
);

test("programs are not looked for where nobody can enter", { skip: skipUser }, async () => {
  await inClosed(async (world, closed) => {
    writeFileSync(join(closed, "env"), "#!/bin/sh\n", { mode: 0o755 });
    const inherited = { PATH: `${closed}:${process.env.PATH}` };
    const { output } = await attempt({ world, inherited, command: ["env", "echo", "on"] });
    assert.equal(output, "on\n");
  });
});

test("what a group lets root enter is shown", { skip: skipUser }, async () => {
  await inClosed(async (world, closed) => {
    const permissions = { run: { read: [`${closed}/deep`] } };
    const command = `cat ${closed}/deep/c.csv`;
    const { output, warnings } = await attempt({ world, permissions, command });
    assert.deepEqual([output, warnings], ["1\n", []]);
  }, { mode: 0o750, gid: 0 });
});

test("a directory of root's own is closed by its mode", { skip: skipUser }, async () => {
  await inClosed(async (world, closed) => {
    const permissions = { run: { read: ["${default}", closed] } };
    const { warnings } = await attempt({ world, permissions, command: "true" });
    assert.match(warnings[0], /root cannot enter '.*: chmod u\+x '.*\/closed'$/);
  }, { mode: 0o644, uid: 0 });
});

test("explainDenials() knows what root cannot enter in a phase", { skip: skipUser }, async () => {
  await inClosed(async (world, closed) => {
    for (const profile of ["default", "strict"]) {
      const plan = await planScope({
        phase: "run",
        run: { runDir: world.run },
        permissions: [parsePermissions(profile)],
      });
      const [denial] = explainDenials(plan, `cat: ${closed}/deep/c.csv: Permission denied\n`);
      assert.match(denial.message, /^'.*\/c\.csv' cannot be shown: root cannot enter/);
      assert.equal(denial.line, null);
      const path = process.env.PATH;
      process.env.PATH += `:${closed}`;
      writeFileSync(join(closed, "tool"), "#!/bin/sh\n", { mode: 0o755 });
      for (const said of ["/bin/sh: 1: tool: Permission denied", "bash: tool: command not found"]) {
        assert.match(explainDenials(plan, said)[0]?.message ?? said, /tool' cannot be shown: root/);
      }
      process.env.PATH = path;
      for (const said of [`cat: ${closed}/none: Permission denied`, "sh: ls: Permission denied"]) {
        assert.deepEqual(explainDenials(plan, said), []);
      }
    }
  });
});

test("a phase of root's does without device nodes in another user's directory", {
  skip: skipUser,
}, async () => {
  const path = process.env.PATH;
  const temp = process.env.TMPDIR;
  await inClosed(async (world, closed) => {
    try {
      process.env.TMPDIR = closed;
      // Each PATH is tried anew.
      process.env.PATH += ":/forget/closed";
      const { output } = await attempt({ world, command: "echo on > /dev/null && echo on" });
      assert.equal(output, "on\n");
    } finally {
      process.env.PATH = path;
      if (temp === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = temp;
    }
  });
});

test("who is not root is told which directory he cannot enter", { skip: skipUser }, () => {
  const world = makeWorld(NOBODY);
  try {
    const closed = join(world.data, "closed");
    mkdirSync(join(closed, "deep"), { recursive: true, mode: 0o700 });
    symlinkSync(join(closed, "deep"), join(world.data, "link"));
    const permissions = {
      run: { read: ["${default}", `${closed}/deep/x`, `${world.data}/link`, `${world.data}/none`] },
    };
    const { output, warnings } = asUser(NOBODY, { world, permissions, command: "echo on" });
    assert.equal(output, "on\n");
    assert.match(warnings[0], /none' in 'permissions\.run\.read' does not exist$/);
    assert.match(
      warnings[1],
      /^'.*\/closed\/deep\/x' and 1 more in 'permissions\.run\.read' cannot be shown: this user cannot enter '.*\/closed': chmod o\+x '/,
    );
    assert.equal(warnings.length, 2);
  } finally {
    world.remove();
  }
});
