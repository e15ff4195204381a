/**
 * Why a scoped command failed.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import type { ScopePlan } from "./plan_scope.ts";

/** What the end of a failed command's output says about what its scope withheld, in words. */
export async function scopeReasons(plan: ScopePlan, outputFile: string): Promise<string[]> {
  // A command that could not be started has no output.
  if (!existsSync(outputFile)) return [];
  const { explainDenials } = await import("./explain_denials.ts");
  return explainDenials(plan, readEnd(outputFile, 64 * 1024)).map((denial) => denial.message);
}

function readEnd(path: string, most: number): string {
  const fd = openSync(path, "r");
  try {
    const { size } = fstatSync(fd);
    const buffer = Buffer.alloc(Math.min(size, most));
    return buffer.toString("utf8", 0, readSync(fd, buffer, 0, buffer.length, size - buffer.length));
  } finally {
    closeSync(fd);
  }
}
