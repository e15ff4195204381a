/** What is remembered about bubblewrap: nobody else may have said it. */

import assert from "node:assert/strict";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import {
  forgetProbe,
  recallProbe,
  rememberProbe,
} from "../../lib/phases/scope/bwrap/probe_cache.ts";
import { parsePermissions } from "../../lib/phases/scope/parse_permissions.ts";
import { planScope } from "../../lib/phases/scope/plan_scope.ts";
import { type Bwrap, probeBwrap } from "../../lib/phases/scope/bwrap/probe_bwrap.ts";
import { makePipes } from "../../lib/runtime/make_pipes.ts";
import { userCacheDir } from "../../lib/runtime/user_cache_dir.ts";
import { attempt } from "./_attempt.ts";
import { inTemp } from "../runtime/_in_temp.ts";
import { skip, skipWithout } from "./_skip.ts";
import { makeWorld } from "./_world.ts";

/** Calls a function with a program, and where it is remembered in a directory of its own. */
function inOwnTemp(use: (program: string, dir: string) => unknown): Promise<void> {
  return inTemp(tmpdir(), async (dir) => {
    const program = join(dir, "bwrap");
    writeFileSync(program, "#!/bin/sh\n");
    await use(program, userCacheDir());
  });
}

test("what is known is remembered in a directory of this user alone", { skip }, async () => {
  await inOwnTemp((program, dir) => {
    assert.equal(recallProbe(program), null);
    rememberProbe(program, { version: "1" });
    assert.deepEqual(recallProbe(program), { version: "1" });
    assert.equal(statSync(dir).mode & 0o777, 0o700);
    forgetProbe();
    assert.equal(recallProbe(program), null);
  });
});

test("what is known of a program that has changed, or is another one, is not believed", {
  skip,
}, async () => {
  await inOwnTemp((program) => {
    rememberProbe(program, { version: "1" });
    utimesSync(program, 1, 1);
    assert.equal(recallProbe(program), null);
    rememberProbe(program, { version: "1" });
    writeFileSync(`${program}2`, "");
    assert.equal(recallProbe(`${program}2`), null);
    rmSync(program);
    assert.equal(recallProbe(program), null);
  });
});

const others: readonly [string, (dir: string) => void][] = [
  ["may be written by others", (dir) => {
    mkdirSync(dir);
    chmodSync(dir, 0o777);
  }],
  ["is a link", (dir) => {
    mkdirSync(`${dir}.else`, { mode: 0o700 });
    symlinkSync(`${dir}.else`, dir);
  }],
  ["is a file", (dir) => writeFileSync(dir, "")],
  ...(process.getuid?.() === 0
    ? [["is another user's", (dir: string) => {
      mkdirSync(dir, { mode: 0o700 });
      chownSync(dir, 65534, 65534);
    }] as [string, (dir: string) => void]]
    : []),
];

for (const [what, make] of others) {
  test(`a directory that ${what} is neither believed nor written`, { skip }, async () => {
    await inOwnTemp((program, dir) => {
      // What would be believed, from where it would be.
      rememberProbe(program, { version: "1" });
      const text = readFileSync(join(dir, "bwrap.json"));
      rmSync(dir, { recursive: true });
      make(dir);
      const place = existsSync(`${dir}.else`) ? `${dir}.else` : dir;
      const isDir = statSync(place).isDirectory();
      if (isDir) writeFileSync(join(place, "bwrap.json"), text);
      assert.equal(recallProbe(program), null);
      if (isDir) rmSync(join(place, "bwrap.json"));
      rememberProbe(program, { version: "2" });
      if (isDir) assert.deepEqual(readdirSync(place), []);
    });
  });
}

test("what was remembered cannot say what is started", { skip }, async () => {
  const path = process.env.PATH;
  await inOwnTemp(async (_, dir) => {
    // Each PATH is tried anew.
    process.env.PATH = `${path}:/forget/1`;
    const probed = await probeBwrap() as Bwrap;
    const file = join(dir, "bwrap.json");
    const { key, value } = JSON.parse(readFileSync(file, "utf8"));
    assert.ok(!("file" in value) && !("devices" in value));
    const evil = { file: "/bin/evil", devices: "/evil" };
    for (const poison of [{ ...value, ...evil }, evil, "x", 1]) {
      writeFileSync(file, JSON.stringify({ key, value: poison }));
      process.env.PATH += "/x";
      assert.deepEqual(await probeBwrap(), probed);
    }
  }).finally(() => process.env.PATH = path);
});

test("a phase that may write where it is cannot touch it", { skip }, async () => {
  const world = makeWorld();
  try {
    const dir = userCacheDir();
    rememberProbe("/usr/bin/env", {});
    const permissions = { run: { write: ["${default}", tmpdir()] } };
    const command = `echo x > ${dir}/bwrap.json; ls ${dir}; mv ${dir} ${dir}.old; rmdir ${dir}`;
    const { output } = await attempt({ world, permissions, command });
    assert.equal(output.match(/Permission denied|busy/g)?.length, 4, output);
  } finally {
    forgetProbe();
    world.remove();
  }
});

test("a phase that may read where it is neither sees it nor writes to a pipe that waits", {
  skip,
}, async () => {
  const world = makeWorld();
  try {
    await inTemp(world.data, async () => {
      const command = ["ls", userCacheDir()];
      assert.match((await attempt({ world, command })).output, /Permission denied/);
      const script = 'for pipe in "$0"/pipes/*; do echo x > "$pipe"; done; ls "$0"';
      const write = ["sh", "-c", script, userCacheDir()];
      const { output } = await attempt({ world, command: write });
      assert.equal(output.match(/Permission denied/g)?.length, 2, output);
    });
  } finally {
    world.remove();
  }
});

test("no phase sees a pipe that waits, whatever its program's directory for temporary files", {
  skip,
}, async () => {
  const world = makeWorld();
  try {
    const link = join(world.data, "link");
    symlinkSync("/dev/shm", link);
    const straight = join(world.data, "straight");
    symlinkSync(userCacheDir("/dev/shm"), straight);
    const other = join(world.data, "tmp");
    mkdirSync(other);
    const { TMPDIR } = process.env;
    process.env.TMPDIR = other;
    // Earlier commands have left some that need no names.
    const taken = [1, 2, 3].flatMap(() => makePipes()!);
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    for (const { readFd, writeFd, release } of taken) {
      closeSync(readFd);
      closeSync(writeFd);
      release(false);
    }
    const dirs = [other, "/dev/shm", link, "/tmp"].map((dir) => `${dir}/runlit-[0-9]*`).join(" ");
    const command =
      `for dir in ${dirs} ${straight}/; do find $dir -type p; done 2>/dev/null; echo end`;
    for (
      const permissions of [
        {},
        "strict",
        { run: { write: true } },
        { run: { read: ["${default}", link, "/dev/shm/runlit-?", `${userCacheDir("/tmp")}/*`] } },
        { run: { profile: "strict", write: [`${userCacheDir("/dev/shm")}/*`, other] } },
        { run: { profile: "strict", read: [`${world.data}/s*`] } },
      ]
    ) {
      const { output } = await attempt({ world, permissions, command });
      assert.equal(output, "end\n", JSON.stringify(permissions));
    }
  } finally {
    world.remove();
  }
});

test("the record names them where a pattern may lead there, and only there", { skip }, async () => {
  const world = makeWorld();
  try {
    const memory = userCacheDir("/tmp");
    const withheld = async (read: string[]) => {
      const permissions = [parsePermissions({ read: ["${default}", ...read] })];
      const { record } = await planScope({ phase: "run", run: { runDir: world.run }, permissions });
      return record!.withheld.paths.filter((path) => path === memory).length > 0;
    };
    for (const read of [[], [`${world.data}/*.csv`], [`${memory}-not/*`], ["/tm/**", "/*/x"]]) {
      assert.equal(await withheld(read), false, String(read));
    }
    for (const read of ["/tmp/*", "/t?p", "/tmp/*/x", `${memory}/a/*`, "/**/x", "/tmp/r**x/y"]) {
      assert.equal(await withheld([read]), true, read);
    }
  } finally {
    world.remove();
  }
});

test("a directory for temporary files may be relative", { skip }, async () => {
  const world = makeWorld();
  const path = process.env.PATH;
  const cwd = process.cwd();
  try {
    await inTemp(tmpdir(), async (dir) => {
      process.chdir(dirname(dir));
      process.env.TMPDIR = basename(dir);
      // Each PATH is tried anew.
      process.env.PATH = `${path}:/forget/relative`;
      const { output } = await attempt({ world, command: "echo fine > /dev/null && echo fine" });
      assert.equal(output, "fine\n");
    });
  } finally {
    process.chdir(cwd);
    process.env.PATH = path;
    world.remove();
  }
});

/** A script whose interpreter reads a file. */
const AWK = '#!/usr/bin/awk -f\nBEGIN { print "fine" }\n';

test("a directory for temporary files that is missing is not made", {
  skip: skipWithout("awk"),
}, async () => {
  const world = makeWorld();
  const path = process.env.PATH;
  try {
    await inTemp(tmpdir(), async (dir) => {
      const missing = join(dir, "missing");
      process.env.TMPDIR = missing;
      for (const permissions of [{}, { write: true }, { read: ["${default}", `${dir}/*`] }]) {
        // Each PATH is tried anew.
        process.env.PATH += ":/forget/missing";
        for (const command of ["echo fine > /dev/null && echo fine", AWK]) {
          const { output, result } = await attempt({ world, permissions, command });
          assert.equal(output, "fine\n", result.message);
        }
        assert.ok(!existsSync(missing), JSON.stringify(permissions));
      }
    });
  } finally {
    process.env.PATH = path;
    world.remove();
  }
});
