/**
 * What programs need to start at all.
 *
 * @module
 * @internal
 */

import { SHARED_MEMORY } from "../../../runtime/user_cache_dir.ts";

/** Read-only in every scope, where they exist. Not all of `/etc`, and neither `/run` nor `/var`. */
export const SYSTEM_PATHS: readonly string[] = [
  "/usr",
  "/bin",
  "/sbin",
  "/lib",
  "/lib32",
  "/lib64",
  "/libx32",
  "/nix/store",
  "/gnu/store",
  "/etc/ld.so.cache",
  "/etc/ld.so.conf",
  "/etc/ld.so.conf.d",
  "/etc/ld.so.preload",
  "/etc/alternatives",
  "/etc/ssl",
  "/etc/pki",
  "/etc/ca-certificates",
  "/etc/ca-certificates.conf",
  "/etc/crypto-policies",
  "/etc/passwd",
  "/etc/group",
  "/etc/nsswitch.conf",
  "/etc/hosts",
  "/etc/host.conf",
  "/etc/gai.conf",
  "/etc/services",
  "/etc/protocols",
  "/etc/localtime",
  "/etc/timezone",
  "/etc/locale.alias",
  "/etc/locale.conf",
  "/etc/default/locale",
  "/etc/mime.types",
  "/etc/magic",
  "/etc/os-release",
  "/etc/lsb-release",
  "/etc/debian_version",
  "/etc/fonts",
  "/etc/profile",
  "/etc/profile.d",
  "/etc/bash.bashrc",
  "/etc/gitconfig",
  "/etc/OpenCL",
  "/etc/vulkan",
  "/etc/static",
];

/** Beside them, where a phase has the network. */
export const NET_PATHS: readonly string[] = ["/etc/resolv.conf"];

/** What is bound again below `/run`, which is otherwise hidden for the sockets in it. */
export const RUN_PATHS: readonly string[] = [
  "/run/media",
  "/run/current-system",
  "/run/opengl-driver",
];

/** Directories of programs that every machine has. */
export const PROGRAM_DIRS: readonly string[] = [
  "/usr/bin",
  "/usr/sbin",
  "/usr/local/bin",
  "/usr/local/sbin",
  "/usr/games",
  "/bin",
  "/sbin",
];

/** People keep their runs there when they have more of it than disk. */
export { SHARED_MEMORY };

/** Each phase has its own: empty, and gone with it. `/run` is hidden for the sockets in it. */
export const PRIVATE_DIRS: readonly string[] = [
  "/tmp",
  "/var/tmp",
  "/run",
  "/var/run",
  SHARED_MEMORY,
];
