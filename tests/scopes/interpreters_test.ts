/** Real interpreters outside of the system's directories, in a scope that shows nothing but what is needed. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DENO } from "../../scripts/house/tools.ts";
import type { Command } from "../../lib/types.ts";
import { attempt } from "./_attempt.ts";
import { skip } from "./_skip.ts";
import { inWorld, type World } from "./_world.ts";

/** Executes commands in profile strict: each has to print the same. */
async function expectEach(
  world: World,
  commands: readonly Command[],
  path: string,
  expected: string,
): Promise<void> {
  const inherited = { PATH: `${path}:/usr/bin:/bin` };
  for (const command of commands) {
    const { output } = await attempt({ world, command, inherited, permissions: "strict" });
    assert.equal(output, expected, String(command));
  }
}

/** Copies a program to where a version manager would have it. */
function install(program: string, bin: string): void {
  mkdirSync(join(bin, "../lib"), { recursive: true });
  mkdirSync(bin);
  const file = join(bin, program === DENO ? "deno" : "node");
  copyFileSync(realpathSync(program), file);
  chmodSync(file, 0o755);
}

test("Deno's own installation in the home, and npm's", {
  skip: skip || (existsSync(DENO) ? false : "needs Deno"),
}, async () => {
  await inWorld(async (world) => {
    writeFileSync(join(world.run, "a.ts"), "const x: number = 42;\nconsole.log(x);\n");
    const bin = join(world.home, ".deno/bin");
    install(DENO, bin);
    await expectEach(world, ["deno run a.ts", ["deno", "run", "a.ts"]], bin, "42\n");
    await expectEach(world, [`${DENO} run a.ts`, [DENO, "run", "a.ts"]], "/usr/bin", "42\n");
  });
});

const node = found("node", "process.stdout.write(process.execPath)");

test("a Node of nvm", { skip: skip || (node === null ? "needs node" : false) }, async () => {
  await inWorld(async (world) => {
    const bin = join(world.home, ".nvm/versions/node/v22.0.0/bin");
    install(node!, bin);
    const commands = ["node -p process.execPath", ["node", "-p", "process.execPath"]];
    await expectEach(world, commands, bin, `${bin}/node\n`);
  });
});

const python = found("python3", "import sys; sys.stdout.write(sys.prefix)");

test("the Python that is on the PATH here, whoever manages it", {
  skip: skip || (python === null ? "needs python3" : false),
}, async () => {
  await inWorld(async (world) => {
    const script = "import json, ssl, sys; print(sys.prefix)";
    const dirs = process.env.PATH!.split(":");
    const bin = dirs.find((dir) => existsSync(join(dir, "python3")))!;
    const commands = [["python3", "-c", script], `python3 -c '${script}'`];
    await expectEach(world, commands, bin, `${python}\n`);
  });
});

/** What a program prints that is given a script, or null without it. */
function found(program: string, script: string): string | null {
  try {
    const option = program === "node" ? "-e" : "-c";
    return execFileSync(program, [option, script], { encoding: "utf8" });
  } catch {
    return null;
  }
}
