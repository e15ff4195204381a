/** A small machine to be attacked: a home, a project, runs, data, servers, a process. */

import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import {
  chmodSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "../../scripts/house/root.ts";

/** Places of the machine, all absolute. */
export interface World {
  readonly base: string;
  readonly home: string;
  readonly project: string;
  readonly runs: string;
  readonly run: string;
  readonly other: string;
  readonly data: string;
  readonly denied: string;
  /** Removes it all. */
  remove(): void;
}

/** What listens on the machine, and what runs there. */
export interface Hosts {
  readonly tcp: number;
  readonly udp: number;
  readonly socket: string;
  readonly abstract: string;
  readonly pid: number;
  readonly mark: string;
  /** Who has connected, or sent something. */
  readonly heard: string[];
  close(): Promise<void>;
}

const FILES: Readonly<Record<string, string>> = {
  "home/.ssh/id_ed25519": "a private key",
  "home/.npmrc": "a registry's token",
  "home/.profile": "a profile",
  "home/.cache/huggingface/token": "hf_token",
  "home/.cache/huggingface/hub/model": "weights",
  "project/train.py": "print('train')",
  "project/data.csv": "1,2,3",
  "project/.env": "PASSWORD=hush",
  "project/.git/hooks/pre-commit": "#!/bin/sh",
  "runs/other/result": "another result",
  "runs/other.meta/id": "other",
  "runs/own/src/train.py": "print('train')",
  "runs/own/deep/ro/data": "input",
  "runs/own.meta/id": "own",
};

/** Makes a machine below the directory for temporary files, for `uid` if it is given. */
export function makeWorld(uid?: number): World {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "runlit-world-")));
  const elsewhere = makeElsewhere();
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  }
  const data = elsewhere ?? base;
  mkdirSync(join(data, "denied"));
  writeFileSync(join(data, "set.csv"), "1,2,3");
  writeFileSync(join(data, "denied/secret.csv"), "a secret");
  writeFileSync(join(data, "denied.csv"), "a secret");
  if (uid !== undefined) own(base, uid);
  if (uid !== undefined && elsewhere !== null) own(elsewhere, uid);
  chmodSync(base, 0o755);
  return {
    base,
    home: join(base, "home"),
    project: join(base, "project"),
    runs: join(base, "runs"),
    run: join(base, "runs/own"),
    other: join(base, "runs/other"),
    data,
    denied: join(data, "denied"),
    remove() {
      rmSync(base, { recursive: true, force: true });
      if (elsewhere !== null) rmSync(elsewhere, { recursive: true, force: true });
    },
  };
}

/** A directory that is not below `/tmp`, which each phase has for itself; null without the right. */
function makeElsewhere(): string | null {
  for (const place of ["/srv", join(ROOT, ".cache"), homedir()]) {
    try {
      if (/^\/(var\/)?tmp(\/|$)/.test(realpathSync(place))) continue;
      const dir = realpathSync(mkdtempSync(join(place, "runlit-data-")));
      chmodSync(dir, 0o755);
      return dir;
    } catch {
      // Not everybody may write there.
    }
  }
  return null;
}

function own(path: string, uid: number): void {
  lchownSync(path, uid, uid);
  if (!statSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) own(join(path, name), uid);
}

/** Listens on an abstract socket, which not every runtime can, and waits. */
const LISTENER =
  `use Socket; socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un("\\0$ARGV[0]"));
listen(S, 9); $| = 1; print "ready\\n"; sleep 600`;

/** Starts what a phase may try to reach, for `uid` if it is given. */
export async function startHosts(world: World, uid?: number): Promise<Hosts> {
  const heard: string[] = [];
  const listen = async (where: number | string, name: string) => {
    const server = createServer((socket) => {
      heard.push(name);
      socket.destroy();
    });
    if (typeof where === "number") server.listen(where, "127.0.0.1");
    else server.listen(where);
    await once(server, "listening");
    return server;
  };
  const mark = `runlit-mark-${process.pid}`;
  const tcp = await listen(0, "tcp");
  const path = join(world.home, "agent.sock");
  const file = await listen(path, "unix");
  chmodSync(path, 0o777);
  const udp = createSocket("udp4");
  udp.on("message", () => heard.push("udp"));
  udp.bind(0, "127.0.0.1");
  await once(udp, "listening");
  const sleeper = spawn("perl", ["-e", LISTENER, mark], {
    stdio: ["ignore", "pipe", "ignore"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  await once(sleeper.stdout!, "data");
  const port = (tcp.address() as { port: number }).port;
  return {
    tcp: port,
    udp: udp.address().port,
    socket: path,
    abstract: mark,
    pid: sleeper.pid!,
    mark,
    heard,
    async close() {
      sleeper.kill("SIGKILL");
      udp.close();
      for (const server of [tcp, file]) await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Every file of the machine with its text: to see that nothing has changed. */
export function snapshot(world: World): Record<string, string> {
  return Object.fromEntries(
    Object.keys(FILES).map((path) => {
      try {
        return [path, readFileSync(join(world.base, path), "utf8")];
      } catch {
        return [path, "(gone)"];
      }
    }),
  );
}

/** Calls a function with a world, which is removed afterwards. */
export async function inWorld(body: (world: World) => Promise<void>): Promise<void> {
  const world = makeWorld();
  try {
    await body(world);
  } finally {
    world.remove();
  }
}
