/**
 * Can bubblewrap be used on this machine?
 *
 * @module
 */

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { bwrapStart } from "./bwrap_start.ts";
import { ownDevices } from "./own_devices.ts";
import { recallProbe, rememberProbe } from "./probe_cache.ts";
import { findProgram } from "./find_program.ts";

/** What bubblewrap can do here. */
export interface Bwrap {
  /** Its absolute path. */
  readonly file: string;
  /** Such as `0.8.0`. */
  readonly version: string;
  /** Whether it knows `--disable-userns` (0.8). */
  readonly disablesUserns: boolean;
  /** Whether it knows `--size` (0.7). */
  readonly sizesTmpfs: boolean;
  /** Whether it knows `--perms` (0.5). */
  readonly setsPerms: boolean;
  /** Whether it knows `--clearenv` (0.5). */
  readonly clearsEnv: boolean;
  /** Whether the modes of the host's device nodes can be made safe: root has to do something. */
  readonly locksDevices: boolean;
  /** Directory of the nodes that a sandbox gets instead of the host's: see `ownDevices`. */
  readonly devices: string | null;
}

/** What stays true as long as the machine runs. */
type Facts = Omit<Bwrap, "devices">;

/** Why there is no usable bubblewrap, and what helps. */
export interface NoBwrap {
  readonly reason: string;
  readonly remedy: string;
}

/** Options of {@link probeBwrap}. */
export interface ProbeBwrapOptions {
  /** Path of bubblewrap. Default: found on the `PATH`, or in the usual places. */
  file?: string;
  /** Default: this platform. */
  platform?: string;
}

const PLACES = "/usr/bin:/usr/local/bin:/bin:/run/current-system/sw/bin";

/** The arguments that fail where a machine does not allow what a scope needs. */
const ESSENTIAL =
  "--unshare-user --unshare-ipc --unshare-pid --unshare-net --unshare-uts --die-with-parent " +
  "--new-session --cap-drop ALL --ro-bind / / --proc /proc --dev /dev --tmpfs /tmp " +
  "--remount-ro /proc";

const probes = new Map<string, Promise<Facts | NoBwrap>>();

/**
 * Says whether bubblewrap can be used here, by using it: once, as long as the machine runs.
 *
 * @example A reason and a remedy
 * ```ts
 * import assert from "node:assert/strict";
 * import { probeBwrap } from "runlit/probe-bwrap";
 *
 * const probed = await probeBwrap({ platform: "darwin" });
 * assert.ok("remedy" in probed);
 * assert.match(probed.reason, /Linux/);
 * ```
 */
export async function probeBwrap(options: ProbeBwrapOptions = {}): Promise<Bwrap | NoBwrap> {
  const { file, platform = process.platform } = options;
  const key = `${platform} ${file ?? ""} ${file === undefined ? process.env.PATH : ""}`;
  const probing = probes.get(key) ?? probe(file, platform);
  probes.set(key, probing);
  const probed = await probing;
  // A directory for temporary files may be cleaned while a session goes on.
  return "reason" in probed ? probed : { ...probed, devices: ownDevices() };
}

async function probe(
  asked: string | undefined,
  platform: string,
): Promise<Facts | NoBwrap> {
  if (platform !== "linux") {
    return {
      reason: `permissions are enforced by bubblewrap, which needs Linux; this is ${platform}`,
      remedy: "run on Linux, or in a Linux container or virtual machine",
    };
  }
  // Never from a relative entry: that may be anyone's program.
  const dirs = (process.env.PATH ?? "").split(":").filter((dir) => dir.startsWith("/"));
  const file = asked ?? findProgram("bwrap", [PLACES, ...dirs].join(":"));
  if (file === null) return notInstalled();
  // Only what works is remembered: whoever follows a remedy shall see that it helps.
  const known = asked === undefined ? fromMemory(recallProbe(file), file) : null;
  if (known !== null) return known;
  const probed = await use(file);
  if (asked === undefined && !("reason" in probed)) rememberProbe(file, toMemory(probed));
  return probed;
}

/** Remembered are facts, and not what to start or to mount. */
function toMemory({ file: _, ...facts }: Facts): Omit<Facts, "file"> {
  return facts;
}

/** Takes what was remembered, if it is what {@link toMemory} makes. */
function fromMemory(value: unknown, file: string): Facts | null {
  const { version, ...known } = (value ?? {}) as { [fact in keyof Bwrap]?: unknown };
  const facts = FACTS.map((fact) => [fact, known[fact]] as const);
  if (typeof version !== "string" || !facts.every(([, is]) => typeof is === "boolean")) return null;
  const is = Object.fromEntries(facts) as Pick<Bwrap, typeof FACTS[number]>;
  return { ...is, file, version };
}

const FACTS = ["disablesUserns", "sizesTmpfs", "setsPerms", "clearsEnv", "locksDevices"] as const;

async function use(file: string): Promise<Facts | NoBwrap> {
  const locked = bwrapStart(file, true);
  let tried: Attempt = { version: null, error: "" };
  let start: readonly string[] = locked;
  let disablesUserns = true;
  for (start of locked.length > 1 ? [locked, [file]] : [locked]) {
    disablesUserns = true;
    tried = await attempt(start, ["--disable-userns"]);
    if (/Unknown option --disable-userns/i.test(tried.error)) {
      disablesUserns = false;
      tried = await attempt(start, []);
    }
    if (tried.version !== null) break;
  }
  const { version, error } = tried;
  if (version === null) return diagnose(file, error);
  const [major, minor] = version.split(".").map(Number);
  const atLeast = (wanted: number) => major > 0 || minor >= wanted;
  return {
    file,
    version,
    disablesUserns,
    sizesTmpfs: atLeast(7),
    setsPerms: atLeast(5),
    clearsEnv: atLeast(5),
    locksDevices: start === locked,
  };
}

interface Attempt {
  readonly version: string | null;
  readonly error: string;
}

/** Lets bubblewrap say its version from inside a sandbox of its own. */
function attempt(start: readonly string[], more: readonly string[]): Promise<Attempt> {
  const [file, ...before] = start;
  const args = [...before, ...ESSENTIAL.split(" "), ...more, "--", start.at(-1)!, "--version"];
  return new Promise((resolve) => {
    execFile(file, args, { env: {}, cwd: "/", timeout: 10_000 }, (error, stdout, stderr) => {
      const version = /(\d+\.\d+[.\d]*)/.exec(stdout)?.[1] ?? null;
      const failed = error !== null || version === null;
      resolve({
        version: failed ? null : version,
        error: failed ? stderr.trim() || error?.message || "it did not say its version" : "",
      });
    });
  });
}

function notInstalled(): NoBwrap {
  const id = /^ID(?:_LIKE)?=.*$/gm;
  const system = (readText("/etc/os-release").match(id) ?? []).join(" ");
  const command = /debian|ubuntu/.test(system)
    ? "apt-get install bubblewrap"
    : /fedora|rhel|centos/.test(system)
    ? "dnf install bubblewrap"
    : /arch/.test(system)
    ? "pacman -S bubblewrap"
    : /suse/.test(system)
    ? "zypper install bubblewrap"
    : /alpine/.test(system)
    ? "apk add bubblewrap"
    : "the package 'bubblewrap'";
  return { reason: "bubblewrap is not installed", remedy: `install it: ${command}` };
}

/** What a failed attempt means. The causes are looked up where the system says them. */
function diagnose(file: string, error: string): NoBwrap {
  const reason = (why: string) => `'${file}' cannot make a sandbox: ${why} (${firstLine(error)})`;
  const most = readText("/proc/sys/user/max_user_namespaces").trim();
  if (most === "0" || /max_\*_namespaces/.test(error)) {
    return {
      reason: reason(`user namespaces are ${most === "0" ? "switched off" : "used up"}`),
      remedy: "sysctl user.max_user_namespaces=15000",
    };
  }
  if (readText("/proc/sys/kernel/unprivileged_userns_clone").trim() === "0") {
    return {
      reason: reason("user namespaces are only for root"),
      remedy: "sysctl kernel.unprivileged_userns_clone=1",
    };
  }
  if (readText("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").trim() === "1") {
    return {
      reason: reason("AppArmor restricts user namespaces"),
      remedy: "give bwrap an AppArmor profile with 'userns,' (the package apparmor-profiles has " +
        "one, 'bwrap-userns-restrict'), or sysctl kernel.apparmor_restrict_unprivileged_userns=0",
    };
  }
  if (/proc/.test(error) && /mount|permitted|denied/i.test(error)) {
    return {
      reason: reason("this container hides parts of /proc"),
      remedy: "start the container with --security-opt systempaths=unconfined",
    };
  }
  if (/namespace|uid map|setuid|permitted|denied/i.test(error)) {
    return {
      reason: reason("user namespaces are not allowed here"),
      remedy: "in a container: start it with --security-opt seccomp=unconfined; " +
        "else ask who runs the machine to allow user namespaces",
    };
  }
  return { reason: reason("it failed"), remedy: "see that 'bwrap --ro-bind / / true' works" };
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0];
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
