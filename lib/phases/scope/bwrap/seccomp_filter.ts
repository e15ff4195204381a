/**
 * The filter of system calls that a scoped phase runs under.
 *
 * @module
 * @internal
 */

import {
  allow,
  assemble,
  fail,
  ifAnyBit,
  ifAtLeast,
  ifEqual,
  type Instruction,
  loadArch,
  loadArgument,
  loadNumber,
  unlessEqual,
} from "./_bpf.ts";
import { CHECKED, FORBIDDEN, TRACING } from "./syscall_numbers.ts";

const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

/** Set-user-ID and set-group-ID: such a file, made by root's phase, would be a way to root. */
const SET_ID = 0o6000;
/** Flags of clone(2) that make namespaces. */
const NAMESPACES = 0x7e020000;
const O_CREAT = 0o100;
/** The bit of O_TMPFILE that O_DIRECTORY lacks. */
const TMPFILE = 0o20000000;

/** Families of socket(2). */
const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;
const AF_NETLINK = 16;

/** ioctl(2) that types into the terminal of whoever started the phase. */
const TIOCSTI = 0x5412;
const TIOCLINUX = 0x541c;

const ARCHITECTURES: Readonly<Record<string, { audit: number; column: 0 | 1 }>> = {
  x64: { audit: 0xc000003e, column: 0 },
  arm64: { audit: 0xc00000b7, column: 1 },
};

/** Options of {@link seccompFilter}. */
export interface SeccompOptions {
  /** Lets sockets in files (`AF_UNIX`) be made. Default: false. */
  unix?: boolean;
  /** Lets processes trace each other. Default: false. */
  debug?: boolean;
  /** Architecture, as Node names it. Default: this process's. */
  arch?: string;
}

/** Whether the numbers of an architecture's system calls are known here. */
export function hasSeccompFilter(arch: string = process.arch): boolean {
  return ARCHITECTURES[arch] !== undefined;
}

/**
 * Makes the filter, or returns null on an architecture whose numbers are not known here.
 *
 * What is forbidden fails with an error and kills nothing. That covers keys, BPF, io_uring, mounts,
 * namespaces, kernel modules, clocks, handles of files, tracing, typing into a terminal, files with
 * set-ID bits and sockets of other families than the Internet's. `clone3` and `openat2`, whose
 * arguments a filter cannot see, are absent: programs fall back to `clone` and `openat`. So are the
 * calls of other instruction sets, 32-bit programs with them.
 *
 * @example Eight bytes each instruction
 * ```ts
 * import assert from "node:assert/strict";
 * import { seccompFilter } from "runlit/seccomp-filter";
 *
 * const filter = seccompFilter({ arch: "x64" });
 * assert.equal(filter!.length % 8, 0);
 * assert.equal(seccompFilter({ arch: "mips" }), null);
 * ```
 */
export function seccompFilter(options: SeccompOptions = {}): Uint8Array | null {
  const { unix = false, debug = false, arch = process.arch } = options;
  const known = ARCHITECTURES[arch];
  if (known === undefined) return null;
  const { audit, column } = known;
  const program: Instruction[] = [
    loadArch,
    ...unlessEqual(audit, [fail(ENOSYS)]),
    loadNumber,
  ];
  // The x32 calls of x86-64 are the same ones again, with this bit set.
  if (arch === "x64") program.push(...ifAtLeast(0x40000000, [fail(ENOSYS)]));
  const rule = (call: readonly (number | null)[], body: readonly Instruction[]) => {
    const number = call[column];
    if (number !== null) program.push(...ifEqual(number, body));
  };
  for (const call of Object.values({ ...FORBIDDEN, ...(debug ? {} : TRACING) })) {
    rule(call, [fail(EPERM)]);
  }
  rule(CHECKED.clone3, [fail(ENOSYS)]);
  rule(CHECKED.openat2, [fail(ENOSYS)]);
  rule(CHECKED.clone, [loadArgument(0), ...ifAnyBit(NAMESPACES, [fail(EPERM)]), allow]);
  rule(CHECKED.ioctl, [
    loadArgument(1),
    ...ifEqual(TIOCSTI, [fail(EPERM)]),
    ...ifEqual(TIOCLINUX, [fail(EPERM)]),
    allow,
  ]);
  const families = [AF_INET, AF_INET6, AF_NETLINK, ...(unix ? [AF_UNIX] : [])];
  rule(CHECKED.socket, [
    loadArgument(0),
    ...families.flatMap((family) => ifEqual(family, [allow])),
    fail(EAFNOSUPPORT),
  ]);
  const withoutSetId = (argument: number) => [
    loadArgument(argument),
    ...ifAnyBit(SET_ID, [fail(EPERM)]),
    allow,
  ];
  rule(CHECKED.chmod, withoutSetId(1));
  rule(CHECKED.fchmod, withoutSetId(1));
  rule(CHECKED.fchmodat, withoutSetId(2));
  rule(CHECKED.fchmodat2, withoutSetId(2));
  rule(CHECKED.creat, withoutSetId(1));
  rule(CHECKED.mknod, withoutSetId(1));
  rule(CHECKED.mknodat, withoutSetId(2));
  // The mode counts only where a file is made; else the argument holds anything.
  const opens = (flags: number) => [
    loadArgument(flags),
    ...ifAnyBit(O_CREAT | TMPFILE, withoutSetId(flags + 1)),
    allow,
  ];
  rule(CHECKED.open, opens(1));
  rule(CHECKED.openat, opens(2));
  program.push(allow);
  return assemble(program);
}
