import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { attempt, type Attempted } from "./_attempt.ts";
import { skip, skipWithout } from "./_skip.ts";
import { inWorld } from "./_world.ts";

function ending({ result }: Attempted): unknown[] {
  return [result.reason, result.exitCode, result.signal, result.ok];
}

test("a scoped command ends as it does without a scope", { skip }, async () => {
  await inWorld(async (world) => {
    const end = async (...command: string[]) => ending(await attempt({ world, command }));
    assert.deepEqual(await end("true"), ["exited", 0, null, true]);
    assert.deepEqual(await end("sh", "-c", "exit 1"), ["exited", 1, null, false]);
    assert.deepEqual(await end("sh", "-c", "exit 42"), ["exited", 42, null, false]);
    assert.deepEqual(await end("perl", "-e", "kill 9, $$"), ["signalled", null, "SIGKILL", false]);
    assert.deepEqual(await end("perl", "-e", "kill 11, $$"), ["signalled", null, "SIGSEGV", false]);
    assert.deepEqual(await end("sh", "-c", "kill -9 $$"), ["signalled", null, "SIGKILL", false]);
    assert.deepEqual(await end("sh", "-c", "kill -15 $$"), ["signalled", null, "SIGTERM", false]);
    // A program that chooses such a code was not ended by a signal.
    assert.deepEqual(await end("perl", "-e", "exit 137"), ["exited", 137, null, false]);
    assert.deepEqual(await end("sh", "-c", "exit 139"), ["exited", 139, null, false]);
    // What a shell says about its children is an exit code, as it is without a scope.
    assert.deepEqual(await end("sh", "-c", "perl -e 'kill 9, $$'; exit"), [
      "exited",
      137,
      null,
      false,
    ]);
  });
});

test("how a scoped command ended is told where little else can be", { skip }, async () => {
  await inWorld(async (world) => {
    const end = async (more: object, ...command: string[]) => {
      const attempted = await attempt({ world, command, ...more });
      return [...ending(attempted), attempted.output];
    };
    const killed = ["signalled", null, "SIGKILL", false];
    // A name that no shell could read: what starts the command must not be one.
    const odd = { env: { "ODD-NAME": "x" } };
    const show = 'print $ENV{"ODD-NAME"}; kill 9, $$';
    assert.deepEqual(await end(odd, "perl", "-e", `$| = 1; ${show}`), [...killed, "x"]);
    // The sandbox's memory is full.
    const full = { permissions: { limits: { disk: "1MB" } } };
    const fill = "head -c 2000000 /dev/zero 2>/dev/null > /dev/shm/x; kill -9 $$";
    assert.deepEqual(await end(full, "sh", "-c", fill), [...killed, ""]);
    assert.deepEqual(await end({}, "sh", "-c", "rm -rf /dev/shm/.[a-z]*; exit 137"), [
      "exited",
      137,
      null,
      false,
      "",
    ]);
    // Its launcher dies with it.
    const [reason] = await end({}, "perl", "-e", "kill 9, -1; kill 9, $$");
    assert.equal(reason, "signalled");
    // It was ended by us, or had the last word about that.
    const limits = { limits: { time: 0.3, grace: 20 } };
    const [, , signal] = await end({ permissions: limits }, "sleep", "600");
    assert.equal(signal, "SIGTERM");
    const last = "trap 'exit 143' TERM; sleep 600 & wait";
    const [timeout, code] = await end({ permissions: limits }, "sh", "-c", last);
    assert.deepEqual([timeout, code], ["timeout", 143]);
  });
});

test("what starts a scoped command has nothing open that it could write", { skip }, async () => {
  await inWorld(async (world) => {
    // Its output is its own; of the rest, nothing of the host's takes a byte.
    const script = `for my $fd (glob("/proc/" . getppid() . "/fd/*"), glob("/proc/1/fd/*")) {
  my $to = readlink($fd) // next;
  next if $to =~ m{^(pipe|anon_inode):|/dev/null$|/dev/shm/\\.ending$} || -p $fd;
  chmod 0666, $fd;
  print "$to ", (open(my $f, ">>", $fd) && syswrite($f, "x") ? "takes it" : "takes nothing"), "\\n";
}`;
    const { output } = await attempt({ world, command: ["perl", "-e", script] });
    assert.doesNotMatch(output, /takes it/);
    assert.match(output, /takes nothing/);
  });
});

test("a scoped command that is not there is not found", { skip }, async () => {
  await inWorld(async (world) => {
    const missing = await attempt({ world, command: ["nonesuch"] });
    assert.deepEqual(ending(missing), ["not-found", 127, null, false]);
    assert.match(
      missing.result.message!,
      /^could not be started: 'nonesuch' was not found on the PATH/,
    );
    mkdirSync(join(world.project, ".venv/bin"), { recursive: true });
    writeFileSync(join(world.project, ".venv/bin/python"), "#!/bin/sh\n", { mode: 0o755 });
    const { result } = await attempt({ world, command: [".venv/bin/python"] });
    assert.equal(
      result.message,
      "could not be started: '.venv/bin/python' was not found in the run directory; the project " +
        "has it: make it in phase 'runtime', or copy it with the source code",
    );
    assert.equal(missing.result.pid, null);
    assert.equal(missing.output, "");
  });
});

test(
  "a program of the project is named as such, with the line that would allow it",
  { skip },
  async () => {
    await inWorld(async (world) => {
      const file = join(world.project, "tool");
      writeFileSync(file, "#!/bin/sh\necho ran\n", { mode: 0o755 });
      const { result } = await attempt({ world, command: [file] });
      assert.equal(result.reason, "not-found");
      assert.match(result.message!, /which belongs to the project: the phase does not see it/);
      assert.match(result.message!, /permissions\.run\.read = \["\$\{default\}", "/);
      const permissions = { run: { read: ["${default}", "${project}/tool"] } };
      assert.equal((await attempt({ world, permissions, command: [file] })).output, "ran\n");
      assert.equal((await attempt({ world, phase: "runtime", command: [file] })).output, "ran\n");
    });
  },
);

test("a scoped command cannot start where its scope hides the directory", { skip }, async () => {
  await inWorld(async (world) => {
    const run = { ...world, run: join(world.base, "gone") };
    const { result } = await attempt({ world: run, command: ["true"] });
    assert.equal(result.reason, "spawn-failed");
    assert.match(result.message!, /its working directory '.*gone' does not exist/);
  });
});

test("a scoped command finds what it printed in order, and all of it", { skip }, async () => {
  await inWorld(async (world) => {
    const command = "i=0; while [ $i -lt 3000 ]; do echo $i; i=$((i+1)); done";
    const { output } = await attempt({ world, command });
    assert.deepEqual(output.trim().split("\n"), Array.from({ length: 3000 }, (_, i) => String(i)));
  });
});

test("a scoped script keeps its line breaks, and its interpreter", { skip }, async () => {
  await inWorld(async (world) => {
    const shell = await attempt({ world, command: "#!/bin/sh\necho one\necho two\n" });
    assert.equal(shell.output, "one\ntwo\n");
    // This one reads its script from a descriptor without a name.
    const awk = await attempt({ world, command: "#!/usr/bin/awk -f\nBEGIN { print 6 * 7 }\n" });
    assert.equal(awk.output, "42\n");
  });
});

test("what a shell leaves behind for a moment may end", { skip: skipWithout("bash") }, async () => {
  await inWorld(async (world) => {
    const script = "exec > >(sleep 0.3; tee log); echo kept";
    const { output } = await attempt({ world, command: ["bash", "-c", script] });
    assert.equal(output, "kept\n");
    assert.equal(readFileSync(join(world.run, "log"), "utf8"), "kept\n");
  });
});

test("a scoped command gets its environment, and nothing of the sandbox's", { skip }, async () => {
  await inWorld(async (world) => {
    const env = { "GREETING": "a 'b' \"c\"\nd", "ODD-NAME": "x", "HF_TOKEN": "own" };
    const { output } = await attempt({ world, command: ["env", "-0"], env });
    const seen = Object.fromEntries(
      output.split("\0").filter(Boolean).map((pair) => pair.split(/=(.*)/s).slice(0, 2)),
    );
    assert.deepEqual(
      Object.keys(seen).sort(),
      ["GREETING", "HF_TOKEN", "HOME", "ODD-NAME", "PATH", "PWD", ...MOVED].sort(),
    );
    assert.equal(seen.GREETING, env.GREETING);
    assert.equal(seen.PWD, world.run);
  });
});

/** Caches that are elsewhere by default are moved to where they may be written. */
const MOVED = ["npm_config_cache", "MPLCONFIGDIR", "TRITON_CACHE_DIR"];

test("a command's own LD_PRELOAD does not reach the sandbox itself", { skip }, async () => {
  await inWorld(async (world) => {
    const env = { LD_PRELOAD: join(world.run, "evil.so") };
    const { output, result } = await attempt({ world, command: ["printenv", "LD_PRELOAD"], env });
    assert.equal(result.ok, true, output);
    // One complaint is the command's; the launcher before it makes another.
    assert.match(output, /evil\.so/);
    assert.ok(!/bwrap/.test(output));
  });
});

test("profile strict shows the system, the run and nothing else", { skip }, async () => {
  await inWorld(async (world) => {
    const command =
      'ls /; ls "$HOME"; cat /etc/hostname; echo name:$(uname -n); echo x > $HOME/y && echo wrote';
    const { output } = await attempt({ world, permissions: "strict", command });
    const lines = output.split("\n");
    for (const name of ["usr", "etc", "tmp", "proc", "dev"]) assert.ok(lines.includes(name), name);
    for (const name of ["root", "home", "srv", "opt", "run", "sys", "mnt"]) {
      // The run itself may be below one of them; nothing else is.
      if (!world.run.startsWith(`/${name}/`)) assert.ok(!lines.includes(name), output);
    }
    assert.match(output, /\/etc\/hostname: No such file/);
    assert.match(output, /^name:run$/m);
    assert.match(output, /^wrote$/m);
  });
});

test("profile open changes nothing", { skip }, async () => {
  await inWorld(async (world) => {
    const command =
      `cat ${world.project}/train.py ${world.home}/.npmrc; echo; echo $P_SECRET_TOKEN`;
    const { output } = await attempt({ world, permissions: "open", command });
    assert.equal(output, "print('train')a registry's token\nhush\n");
  });
});

test("profile open with one exception is scoped for that alone", { skip }, async () => {
  await inWorld(async (world) => {
    const permissions = { profile: "open", net: false };
    const command = `cat ${world.project}/train.py && echo x > ${world.home}/new && echo wrote; ` +
      "cat /proc/net/dev | grep -c :";
    const { output } = await attempt({ world, permissions, command });
    assert.equal(output, "print('train')wrote\n1\n");
    assert.equal(readFileSync(join(world.home, "new"), "utf8"), "x\n");
  });
});

test("other phases see the project, but not its .env", { skip }, async () => {
  await inWorld(async (world) => {
    const command = `cat ${world.project}/train.py; wc -c < ${world.project}/.env; ` +
      `echo x > ${world.project}/new; ls -a ${world.project}`;
    for (const phase of ["sourcecode", "runtime", "dependencies"] as const) {
      const { output } = await attempt({ world, phase, command });
      assert.match(output, /^print\('train'\)0\n/, output);
      assert.match(output, /Read-only file system/);
    }
  });
});

test(
  "a project whose path is a link is not there either, and the run still is",
  { skip },
  async () => {
    await inWorld(async (world) => {
      const { symlinkSync } = await import("node:fs");
      symlinkSync(world.base, `${world.base}-link`);
      try {
        const moved = (path: string) => path.replace(world.base, `${world.base}-link`);
        const linked = {
          ...world,
          project: moved(world.project),
          runs: moved(world.runs),
          run: moved(world.run),
        };
        const command =
          `cat ${world.project}/train.py ${linked.project}/train.py; cat src/train.py; ` +
          `ls ${linked.run}`;
        const { output } = await attempt({ world: linked, command });
        assert.equal(output.match(/No such file/g)?.length, 2, output);
        assert.match(output, /print\('train'\)deep\nsrc\n/);
      } finally {
        rmSync(`${world.base}-link`);
      }
    });
  },
);

test("runs inside of the project are still there when the project is not", { skip }, async () => {
  await inWorld(async (world) => {
    const runs = join(world.project, ".runlit/runs");
    const run = join(runs, "4b1c1ad4-0000-4000-8000-000000000001");
    mkdirSync(run, { recursive: true });
    mkdirSync(`${run}.meta`);
    const inside = { ...world, runs, run };
    const command = `echo fine > out; ls -a ${world.project} ${runs}; touch ${world.project}/x`;
    const { output } = await attempt({ world: inside, command });
    assert.doesNotMatch(output, /train|\.meta/);
    assert.ok(!existsSync(join(world.project, "x")));
    assert.equal(readFileSync(join(run, "out"), "utf8"), "fine\n");
  });
});

test("a secret is let through by its own name", { skip }, async () => {
  await inWorld(async (world) => {
    const permissions = { run: { read: ["${default}", "~/.npmrc", "~/.ssh/id_ed25519"] } };
    const command =
      "cat ~/.npmrc ~/.ssh/id_ed25519; ls ~/.cache/huggingface; wc -c < ~/.cache/huggingface/token";
    const { output } = await attempt({ world, permissions, command });
    assert.equal(output, "a registry's tokena private keyhub\ntoken\n0\n");
  });
});

test("only some programs are visible where they are listed", { skip }, async () => {
  await inWorld(async (world) => {
    const permissions = { run: { run: ["cat", "ls"] } };
    const command = "ls src; cat src/train.py; awk 1; perl -v; id";
    const { output } = await attempt({ world, permissions, command });
    assert.match(output, /^train\.py\nprint\('train'\)/);
    assert.equal(output.match(/not found/g)?.length, 3, output);
  });
});

test("a name that nobody has is no reason to hide the rest", { skip }, async () => {
  await inWorld(async (world) => {
    const permissions = {
      run: { read: ["${default}", "/no/such/place"], write: ["${default}", "/none/*"] },
    };
    const { output } = await attempt({ world, permissions, command: "echo fine" });
    assert.equal(output, "fine\n");
  });
});
