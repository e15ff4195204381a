/**
 * Numbers of system calls that the filter knows, from Linux's `asm/unistd_64.h` (x86-64) and
 * `asm-generic/unistd.h` (arm64).
 *
 * @module
 * @internal
 */

/** Numbers on x86-64 and on arm64; null where there is no such call. */
type Numbers = readonly [x64: number | null, arm64: number | null];

/** Calls that no phase needs, and that reach out of a sandbox or attack the kernel. */
export const FORBIDDEN: Readonly<Record<string, Numbers>> = {
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  bpf: [321, 280],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  open_tree_attr: [467, 467],
  unshare: [272, 97],
  setns: [308, 268],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  clock_settime: [227, 112],
  clock_adjtime: [305, 266],
  settimeofday: [164, 170],
  userfaultfd: [323, 282],
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  swapon: [167, 224],
  swapoff: [168, 225],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  acct: [163, 89],
  syslog: [103, 116],
  reboot: [169, 142],
};

/** Calls by which one process looks into another: debuggers need them. */
export const TRACING: Readonly<Record<string, Numbers>> = {
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  pidfd_getfd: [438, 438],
  kcmp: [312, 272],
  perf_event_open: [298, 241],
};

/** Calls whose arguments are looked at, or whose arguments cannot be. */
export type CheckedCall =
  | "ioctl"
  | "socket"
  | "clone"
  | "clone3"
  | "openat2"
  | "chmod"
  | "fchmod"
  | "fchmodat"
  | "fchmodat2"
  | "creat"
  | "open"
  | "openat"
  | "mknod"
  | "mknodat";

/** Numbers of {@link CheckedCall}s. */
export const CHECKED: Readonly<Record<CheckedCall, Numbers>> = {
  ioctl: [16, 29],
  socket: [41, 198],
  clone: [56, 220],
  clone3: [435, 435],
  openat2: [437, 437],
  chmod: [90, null],
  fchmod: [91, 52],
  fchmodat: [268, 53],
  fchmodat2: [452, 452],
  creat: [85, null],
  open: [2, null],
  openat: [257, 56],
  mknod: [133, null],
  mknodat: [259, 33],
};
