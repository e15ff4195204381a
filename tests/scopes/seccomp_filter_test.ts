import assert from "node:assert/strict";
import { test } from "node:test";
import { seccompFilter, type SeccompOptions } from "../../lib/phases/scope/bwrap/seccomp_filter.ts";
import { CHECKED, FORBIDDEN, TRACING } from "../../lib/phases/scope/bwrap/syscall_numbers.ts";

const AUDIT = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;
type Arch = keyof typeof AUDIT;

/** Executes a filter as the kernel does: "allow", or the number of the error. */
function judge(filter: Uint8Array, arch: number, call: number, args: number[] = []): string {
  const program = new DataView(filter.buffer);
  const data = new Map([[0, call], [4, arch], ...args.map((arg, i) => [16 + 8 * i, arg] as const)]);
  let loaded = 0;
  for (let at = 0; at < filter.length / 8; at++) {
    const code = program.getUint16(at * 8, true);
    const [yes, no] = [program.getUint8(at * 8 + 2), program.getUint8(at * 8 + 3)];
    const k = program.getUint32(at * 8 + 4, true);
    if (code === 0x20) loaded = (data.get(k) ?? 0) >>> 0;
    else if (code === 0x15) at += loaded === k ? yes : no;
    else if (code === 0x35) at += loaded >= k ? yes : no;
    else if (code === 0x45) at += (loaded & k) !== 0 ? yes : no;
    else return k === 0x7fff0000 ? "allow" : `errno ${k & 0xffff}`;
  }
  return "ran off its end";
}

for (const arch of ["x64", "arm64"] as const satisfies Arch[]) {
  const column = arch === "x64" ? 0 : 1;
  const audit = AUDIT[arch];
  const on = (options: SeccompOptions, call: number, ...args: number[]) =>
    judge(seccompFilter({ ...options, arch })!, audit, call, args);

  test(`seccompFilter() forbids what reaches out, on ${arch}`, () => {
    for (const [name, call] of Object.entries({ ...FORBIDDEN, ...TRACING })) {
      assert.equal(on({}, call[column]!), "errno 1", name);
    }
    for (const [name, call] of Object.entries(TRACING)) {
      assert.equal(on({ debug: true }, call[column]!), "allow", name);
    }
    assert.equal(on({}, CHECKED.clone3[column]!), "errno 38");
    assert.equal(on({}, 39), arch === "x64" ? "allow" : "errno 1");
  });

  test(`seccompFilter() looks at arguments, on ${arch}`, () => {
    const { socket, clone, fchmodat, fchmodat2, openat, ioctl, mknodat } = CHECKED;
    assert.equal(on({}, socket[column]!, 2), "allow");
    assert.equal(on({}, socket[column]!, 1), "errno 97");
    assert.equal(on({ unix: true }, socket[column]!, 1), "allow");
    assert.equal(on({ unix: true }, socket[column]!, 40), "errno 97");
    assert.equal(on({}, clone[column]!, 0x11), "allow");
    assert.equal(on({}, clone[column]!, 0x10000011), "errno 1");
    for (const call of [fchmodat, fchmodat2]) {
      assert.equal(on({}, call[column]!, 0, 0, 0o755), "allow");
      assert.equal(on({}, call[column]!, 0, 0, 0o4755), "errno 1");
      assert.equal(on({}, call[column]!, 0, 0, 0o2755), "errno 1");
    }
    assert.equal(on({}, openat[column]!, 0, 0, 0o101, 0o4755), "errno 1");
    assert.equal(on({}, openat[column]!, 0, 0, 0o101, 0o644), "allow");
    // Without O_CREAT the mode may be anything.
    assert.equal(on({}, openat[column]!, 0, 0, 0, 0o4755), "allow");
    assert.equal(on({}, mknodat[column]!, 0, 0, 0o104755), "errno 1");
    assert.equal(on({}, ioctl[column]!, 0, 0x5412), "errno 1");
    assert.equal(on({}, ioctl[column]!, 0, 0x541c), "errno 1");
    assert.equal(on({}, ioctl[column]!, 0, 0x5401), "allow");
  });

  test(`seccompFilter() knows only the instruction set of ${arch}`, () => {
    const filter = seccompFilter({ arch })!;
    assert.equal(judge(filter, 0x40000003, 1), "errno 38");
    if (arch === "x64") assert.equal(judge(filter, audit, 0x40000000 + 41, [1]), "errno 38");
  });
}
