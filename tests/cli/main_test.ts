import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import * as module from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { VERSION } from "../../lib/version.ts";
import { programEnv, runProgram } from "../../scripts/house/run_program.ts";
import { OWN_RUNLIT } from "../../scripts/house/tools.ts";
import { inTempDir } from "../meta/_tools.ts";

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

async function runlit(
  args: readonly string[],
  env: Record<string, string | undefined> = {},
): Promise<Ended> {
  const { code, stdout, stderr } = await runProgram([...OWN_RUNLIT, ...args], { env });
  return { code, stdout, stderr };
}

test("runlit --version prints the version", async () => {
  for (const args of [["--version"], ["-V"], ["version", "--version"]]) {
    assert.deepEqual(await runlit(args), { code: 0, stdout: `runlit ${VERSION}\n`, stderr: "" });
  }
});

test("runlit without arguments, with --help and help prints its commands to stdout", async () => {
  const bare = await runlit([]);
  assert.deepEqual([bare.code, bare.stderr], [0, ""]);
  assert.match(bare.stdout, /^Usage: runlit <command>[^]*\n {2}version +show versions/);
  for (const args of [["--help"], ["-h"], ["help"]]) assert.deepEqual(await runlit(args), bare);
});

test("runlit help prints a command's help as its --help does", async () => {
  const help = await runlit(["help", "version"]);
  assert.deepEqual([help.code, help.stderr], [0, ""]);
  assert.match(help.stdout, /^Usage: runlit version[^]*--json[^]*Global Options:[^]*--no-color/);
  assert.deepEqual(await runlit(["version", "--help"]), help);
});

test("a wrong command line ends with 2 and a hint", async () => {
  assert.deepEqual(await runlit(["versoin"]), {
    code: 2,
    stdout: "",
    stderr: "runlit: unknown command 'versoin'; did you mean 'version'?\n" +
      "Run 'runlit --help' for its options\n",
  });
  assert.deepEqual(await runlit(["version", "--jsn"]), {
    code: 2,
    stdout: "",
    stderr: "runlit: unknown option '--jsn'; did you mean '--json'?\n" +
      "Run 'runlit version --help' for its options\n",
  });
  for (const args of [["--nope"], ["version", "too", "many"], ["help", "nope"], ["--quiet"]]) {
    const { code, stdout, stderr } = await runlit(args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.notEqual(stderr, "");
  }
});

test("colours follow --color, --no-color, NO_COLOR and FORCE_COLOR", async () => {
  const colored = async (args: string[], env: Record<string, string | undefined>) => {
    const { stdout } = await runlit([...args, "help"], { NO_COLOR: undefined, ...env });
    return stdout.includes("\x1b[");
  };
  assert.equal(await colored([], {}), false, "no terminal");
  assert.equal(await colored(["--color"], { NO_COLOR: "1" }), true);
  assert.equal(await colored([], { FORCE_COLOR: "1" }), true);
  assert.equal(await colored([], { FORCE_COLOR: "1", NO_COLOR: "1" }), false);
  assert.equal(await colored(["--no-color"], { FORCE_COLOR: "1" }), false);
});

test("a reader that goes away ends runlit quietly with 0", async () => {
  const child = spawn(OWN_RUNLIT[0], [...OWN_RUNLIT.slice(1), "--help"], {
    env: programEnv(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  // Closed before anything was written, so the first write fails.
  child.stdout.destroy();
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => stderr += text);
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.deepEqual([code, stderr], [0, ""]);
});

test("output to a pipe arrives whole", async () => {
  const { code, stdout } = await runlit(["version", "--json"]);
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout).runlit, VERSION);
});

test("a full disk is an error", { skip: process.platform !== "linux" }, async () => {
  const command = `${OWN_RUNLIT.map((word) => `'${word}'`).join(" ")} help > /dev/full`;
  const { ok, stderr } = await runProgram(["/bin/sh", "-c", command]);
  assert.equal(ok, false);
  assert.match(stderr, /^runlit: .*no space left.*\n$/i);
});

test("runlit keeps what was compiled where nobody else can put anything", {
  skip: !("enableCompileCache" in module) && "nothing is kept on this runtime",
}, async () => {
  await inTempDir(async (temp) => {
    const env = {
      TMPDIR: temp,
      NODE_COMPILE_CACHE: undefined,
      NODE_DISABLE_COMPILE_CACHE: undefined,
    };
    const own = `runlit-${process.getuid?.()}`;
    mkdirSync(join(temp, own), { mode: 0o700 });
    chmodSync(join(temp, own), 0o755);
    const help = await runlit(["help"], env);
    assert.deepEqual([help.code, help.stderr], [0, ""]);
    assert.ok(!existsSync(join(temp, own, "compiled")));
    chmodSync(join(temp, own), 0o700);
    assert.deepEqual(await runlit(["help"], env), help);
    assert.deepEqual(readdirSync(temp), [own]);
    assert.equal(readdirSync(join(temp, own, "compiled")).length, 1);
  });
});
