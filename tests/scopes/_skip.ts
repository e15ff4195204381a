/** Whether scopes can be tested here. */

import { execFileSync } from "node:child_process";
import { probeBwrap } from "../../lib/phases/scope/bwrap/probe_bwrap.ts";

const probed = await probeBwrap();

/** Why they cannot, or false. */
export const skip: string | false = "reason" in probed ? probed.reason : false;

/** Why a test that needs a program cannot be executed, or false. */
export function skipWithout(...programs: string[]): string | false {
  if (skip !== false) return skip;
  const missing = programs.find((name) => {
    try {
      execFileSync("/bin/sh", ["-c", `command -v ${name}`], { stdio: "ignore" });
      return false;
    } catch {
      return true;
    }
  });
  return missing === undefined ? false : `needs ${missing}`;
}
