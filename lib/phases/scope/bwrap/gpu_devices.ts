/**
 * Device nodes of graphics processors and other accelerators.
 *
 * @module
 * @internal
 */

import { readdirSync } from "node:fs";

/** NVIDIA, AMD, Intel, WSL, TPUs, Neuron, Ascend, Gaudi, Arm; and the network between them. */
const NAMES =
  /^(nvidia.*|nvhost.*|nvmap|dri|kfd|dxg|accel\d*|apex_\d+|neuron\d+|davinci\w*|devmm_svm|hisi_hdc|hl\d+|hl_controlD\d+|habanalabs|mali\d+|infiniband)$/;

/** Options of {@link gpuDevices}. */
export interface GpuDevicesOptions {
  /** Directory of the device nodes. Default: `/dev`. */
  root?: string;
}

/**
 * Lists the device nodes of accelerators, and directories of them, by name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { gpuDevices } from "runlit/gpu-devices";
 *
 * const root = mkdtempSync("/tmp/dev-");
 * for (const name of ["nvidia0", "nvidiactl", "sda"]) writeFileSync(`${root}/${name}`, "");
 * assert.deepEqual(gpuDevices({ root }), ["nvidia0", "nvidiactl"]);
 * rmSync(root, { recursive: true });
 * ```
 */
export function gpuDevices(options: GpuDevicesOptions = {}): string[] {
  try {
    return readdirSync(options.root ?? "/dev").filter((name) => NAMES.test(name)).sort();
  } catch {
    return [];
  }
}
