/**
 * A small assembler for the filters of seccomp(2): classic BPF, little-endian.
 *
 * @module
 * @internal
 */

/** One instruction of struct sock_filter: code, jumps if true and if false, operand. */
export type Instruction = readonly [code: number, jt: number, jf: number, k: number];

const LD_W_ABS = 0x20;
const JEQ = 0x15;
const JGE = 0x35;
const JSET = 0x45;
const RET = 0x06;

const ALLOW = 0x7fff0000;
const ERRNO = 0x00050000;

/** Loads the number of the call, or the architecture. */
export const loadNumber: Instruction = [LD_W_ABS, 0, 0, 0];
export const loadArch: Instruction = [LD_W_ABS, 0, 0, 4];

/** Loads the lower half of an argument: all that counts for flags, modes and commands. */
export function loadArgument(index: number): Instruction {
  return [LD_W_ABS, 0, 0, 16 + index * 8];
}

export const allow: Instruction = [RET, 0, 0, ALLOW];

/** The call fails with this error. */
export function fail(errno: number): Instruction {
  return [RET, 0, 0, ERRNO | errno];
}

/** Executes `body` only if the loaded value equals `value`. */
export function ifEqual(value: number, body: readonly Instruction[]): Instruction[] {
  return [[JEQ, 0, body.length, value], ...body];
}

/** Executes `body` unless the loaded value equals `value`. */
export function unlessEqual(value: number, body: readonly Instruction[]): Instruction[] {
  return [[JEQ, body.length, 0, value], ...body];
}

/** Executes `body` only if the loaded value is at least `value`. */
export function ifAtLeast(value: number, body: readonly Instruction[]): Instruction[] {
  return [[JGE, 0, body.length, value], ...body];
}

/** Executes `body` only if the loaded value has any of these bits. */
export function ifAnyBit(bits: number, body: readonly Instruction[]): Instruction[] {
  return [[JSET, 0, body.length, bits], ...body];
}

/** Makes the bytes that the kernel takes. */
export function assemble(program: readonly Instruction[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(program.length * 8));
  program.forEach(([code, jt, jf, k], index) => {
    if (jt > 255 || jf > 255) throw new RangeError("A jump in the filter is too long");
    bytes.setUint16(index * 8, code, true);
    bytes.setUint8(index * 8 + 2, jt);
    bytes.setUint8(index * 8 + 3, jf);
    bytes.setUint32(index * 8 + 4, k, true);
  });
  return new Uint8Array(bytes.buffer);
}
