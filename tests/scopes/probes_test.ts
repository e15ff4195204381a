/**
 * The table of probes: what a phase may try to get out of its scope, each tried for real, as root
 * and as another user.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt, probeCommand, probeEnv } from "./_attempt.ts";
import { asUser, USERS } from "./_users.ts";
import { skip } from "./_skip.ts";
import { makeWorld, snapshot, startHosts } from "./_world.ts";

/** What has to become of each attempt, with the network off. */
const ROWS: Readonly<Record<string, RegExp>> = {
  "read project": /^blocked No such file/,
  "write project": /^blocked/,
  "write hook": /^blocked/,
  "read other run": /^blocked No such file/,
  "write other run": /^blocked/,
  "read meta": /^blocked No such file/,
  "write meta": /^blocked/,
  "remove meta": /^blocked/,
  "rename meta": /^blocked/,
  "read other meta": /^blocked No such file/,
  "rename run dir": /^blocked/,
  "read key": /^blocked No such file/,
  "read npmrc": /^empty/,
  "read token in cache": /^empty/,
  "move cache around token": /^blocked .*busy/,
  "read shadow": /^(empty|blocked)/,
  "read denied file": /^blocked/,
  "read file that is denied": /^blocked Permission denied/,
  "list denied dir": /^blocked Permission denied/,
  "write home": /^blocked Read-only/,
  "write etc": /^blocked/,
  "write usr": /^blocked/,
  "write locked": /^blocked Read-only/,
  "rename locked": /^blocked .*busy/,
  "rename parent of locked": /^blocked .*busy/,
  "write through symlink": /^blocked/,
  "hard link": /^blocked/,
  "remount": /^blocked EPERM/,
  "unmount mask": /^blocked EPERM/,
  "chroot": /^blocked/,
  "block device": /^blocked EPERM/,
  "raw disk": /^blocked none/,
  "device mode": /^blocked/,
  "mode of mask": /^blocked/,
  "tcp": /^blocked/,
  "udp": /^(sent|blocked)/,
  "unix socket": /^blocked Address family/,
  "abstract socket": /^blocked Address family/,
  "vsock": /^blocked Address family/,
  "packet socket": /^blocked Address family/,
  "alg socket": /^blocked Address family/,
  "variable": /^blocked unset/,
  "environ of host process": /^blocked/,
  "root of host process": /^blocked/,
  "see host processes": /^blocked none/,
  "environ of init": /^blocked nothing/,
  "signal host process": /^blocked No such process/,
  "ptrace": /^blocked EPERM/,
  "read memory": /^blocked EPERM/,
  "terminal input": /^blocked .*not permitted/,
  "core_pattern": /^blocked/,
  "sysctl": /^blocked/,
  "sysrq": /^blocked/,
  "sysfs": /^blocked/,
  "user namespace": /^blocked EPERM/,
  "namespace by clone": /^blocked EPERM/,
  "clone3": /^blocked ENOSYS/,
  "openat2": /^blocked ENOSYS/,
  "setns": /^blocked EPERM/,
  "clock": /^blocked EPERM/,
  "keyctl": /^blocked EPERM/,
  "io_uring": /^blocked EPERM/,
  "bpf": /^blocked EPERM/,
  "perf": /^blocked EPERM/,
  "userfaultfd": /^blocked EPERM/,
  "file handle": /^blocked EPERM/,
  "kernel module": /^blocked EPERM/,
  "kexec": /^blocked EPERM/,
  "reboot": /^blocked EPERM/,
  "setuid": /^blocked .*not permitted/,
  "setgid": /^blocked .*not permitted/,
  "setuid by open": /^blocked .*not permitted/,
  "setuid by mknod": /^(blocked EPERM|absent)/,
  "privileges by exec": /^blocked no_new_privs/,
  "capabilities": /^blocked none/,
  "descriptors": /^blocked none/,
  // What has to work all the same.
  "write beside locked": /^worked/,
  "chmod": /^worked/,
  "write run dir": /^worked/,
  "write tmp": /^worked/,
  "write shm": /^worked/,
  "write null": /^worked/,
  "write cache": /^worked/,
  "read data elsewhere": /^worked/,
  "loopback of its own": /^worked/,
  "socket pair": /^worked/,
  "pipe": /^worked/,
};

/** Where the network is on: it is the host's, and only that differs. */
const WITH_NET: Readonly<Record<string, RegExp>> = {
  "tcp": /^worked/,
  "udp": /^sent/,
  "unix socket": /^blocked Connection refused/,
  // They belong to the network: what may reach it, reaches them.
  "abstract socket": /^worked/,
};

interface Probed {
  readonly rows: Readonly<Record<string, string>>;
  readonly heard: readonly string[];
  readonly changed: readonly string[];
}

const done = new Map<string, Promise<Probed>>();

/** Executes all probes in one phase. The first test that asks waits for it. */
function probed(user: string, net: boolean): Promise<Probed> {
  const key = `${user} ${net}`;
  const known = done.get(key) ?? probe(user, net);
  done.set(key, known);
  return known;
}

async function probe(user: string, net: boolean): Promise<Probed> {
  const uid = USERS[user];
  const world = makeWorld(uid);
  const hosts = await startHosts(world, uid);
  try {
    const before = snapshot(world);
    const request = {
      world,
      command: probeCommand("scope"),
      permissions: {
        run: {
          net,
          read: { deny: [world.denied, `${world.data}/denied.csv`] },
          write: { deny: ["${run}/src", "${run}/deep/ro"] },
        },
      },
      env: probeEnv(world, hosts),
    };
    const { result, output } = uid === undefined ? await attempt(request) : asUser(uid, request);
    assert.equal(result.message ?? "", "", output);
    const rows = output.split("\n").filter((line) => line.includes("\t"))
      .map((line) => line.split("\t"));
    const after = snapshot(world);
    return {
      rows: Object.fromEntries(rows),
      heard: hosts.heard,
      changed: Object.keys(after).filter((path) => after[path] !== before[path]),
    };
  } finally {
    await hosts.close();
    world.remove();
  }
}

for (const user of Object.keys(USERS)) {
  for (const [name, expected] of Object.entries(ROWS)) {
    test(`a phase of ${user}: ${name}`, { skip }, async () => {
      const { rows } = await probed(user, false);
      assert.match(rows[name] ?? "missing", expected);
    });
  }
  for (const [name, expected] of Object.entries({ ...ROWS, ...WITH_NET })) {
    test(`a phase of ${user} with the network: ${name}`, { skip }, async () => {
      const { rows } = await probed(user, true);
      assert.match(rows[name] ?? "missing", expected);
    });
  }
  test(`a phase of ${user} changes nothing outside, and is heard by nobody`, { skip }, async () => {
    const { rows, heard, changed } = await probed(user, false);
    assert.deepEqual(changed, []);
    assert.deepEqual(heard, []);
    assert.deepEqual(Object.keys(rows).filter((name) => !(name in ROWS)), []);
  });
}
