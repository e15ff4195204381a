import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { denoFlags, type FlagFacts } from "../../lib/phases/scope/deno_flags.ts";
import { flagFacts } from "../../lib/phases/scope/flag_facts.ts";
import { nodeFlags } from "../../lib/phases/scope/node_flags.ts";
import { parsePermissions } from "../../lib/phases/scope/parse_permissions.ts";
import { resolveScope } from "../../lib/phases/scope/resolve_scope.ts";
import { runtimeFlags } from "../../lib/phases/scope/runtime_flags.ts";

const DIRS = {
  project: "/p",
  run: "/p/runs/1",
  runs: "/p/runs",
  home: "/h",
  tmp: "/tmp",
  cache: "/h/.cache",
};

function facts(permissions: unknown, more: Partial<FlagFacts> = {}): FlagFacts {
  const scope = resolveScope([parsePermissions(permissions)], "run", DIRS);
  return { scope, hidden: [], readable: ["/usr"], writable: ["/p/runs/1"], alone: false, ...more };
}

test("denoFlags() denies once more what the scope denies, behind the flags that are there", () => {
  const flags = facts({ net: false, run: { write: { deny: ["${run}/src"] }, run: false } }, {
    hidden: ["/h/.ssh", "/a,b"],
  });
  assert.deepEqual(
    denoFlags(["run", "-A", "--config", "deno.json", "train.ts", "--lr", "-A"], flags),
    [
      "run",
      "-A",
      "--config",
      "deno.json",
      "--deny-net",
      "--cached-only",
      "--deny-read=/h/.ssh",
      "--deny-write=/p/runs/1/src",
      "--deny-run",
      "train.ts",
      "--lr",
      "-A",
    ],
  );
});

test("denoFlags() never allows more than the command did", () => {
  const flags = facts({}, { alone: true });
  assert.deepEqual(denoFlags(["run", "train.ts"], flags), ["run", "train.ts"]);
  assert.deepEqual(denoFlags(["run", "--allow-read=/data", "train.ts"], flags), [
    "run",
    "--allow-read=/data",
    "train.ts",
  ]);
});

test("denoFlags() makes '-A' what the scope allows, where nothing else enforces it", () => {
  const alone = denoFlags(["run", "-A", "train.ts"], facts("strict", { alone: true }));
  assert.ok(alone.includes("--allow-write=/p/runs/1"), alone.join(" "));
  assert.ok(alone.includes("--allow-read=/usr"));
  assert.ok(!alone.some((flag) => flag === "-A" || flag.startsWith("--allow-net")));
});

test("nodeFlags() use the permission model where it is no experiment, for lists only", () => {
  assert.deepEqual(nodeFlags(["train.js"], "22.14.0", facts("strict")), [
    "--permission",
    "--allow-child-process",
    "--allow-worker",
    "--allow-addons",
    "--allow-wasi",
    "--allow-fs-read=/usr",
    "--allow-fs-write=/p/runs/1",
    "train.js",
  ]);
  assert.deepEqual(nodeFlags(["train.js"], "20.19.0", facts("strict")), ["train.js"]);
  assert.deepEqual(nodeFlags(["train.js"], "22.14.0", facts({})), ["train.js"]);
  assert.ok(
    nodeFlags([], "25.0.0", facts({ profile: "strict", net: true })).includes("--allow-net"),
  );
});

test("runtimeFlags() sees commands through a shell's text, if it is nothing but words", () => {
  const through = (text: string) => {
    const spec = { file: "/bin/sh", args: ["-c", text], cwd: "/p/runs/1", env: {} };
    return runtimeFlags(spec, facts({ net: false })).spec.args[1];
  };
  assert.equal(through("deno run -A train.ts"), "deno run -A --deny-net --cached-only train.ts");
  for (const text of ["deno run a.ts && echo", "deno run '$x'", "echo deno run x", "deno test x"]) {
    assert.equal(through(text), text);
  }
});

test("runtimeFlags() keeps Node from warning of them, in child processes as well", () => {
  const dir = mkdtempSync(join(tmpdir(), "runlit-node-"));
  try {
    mkdirSync(join(dir, "bin"));
    mkdirSync(join(dir, "include/node"), { recursive: true });
    writeFileSync(join(dir, "bin/node"), "", { mode: 0o755 });
    const version = ["MAJOR 24", "MINOR 1", "PATCH 0"].map((part) => {
      const [name, number] = part.split(" ");
      return `#define NODE_${name}_VERSION ${number}\n`;
    });
    writeFileSync(join(dir, "include/node/node_version.h"), version.join(""));
    const env = { NODE_OPTIONS: "--max-old-space-size=100" };
    const spec = { file: join(dir, "bin/node"), args: ["train.js"], cwd: "/", env };
    const flagged = runtimeFlags(spec, facts("strict"));
    assert.equal(flagged.layer, "node flags");
    const options = "--max-old-space-size=100 --disable-warning=SecurityWarning";
    assert.deepEqual(flagged.spec.env, { NODE_OPTIONS: options });
    assert.deepEqual(runtimeFlags(spec, facts({})).spec.env, env);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test("flagFacts() denies nothing that holds what the command needs", () => {
  const scope = resolveScope([], "run", DIRS);
  const hide = (path: string) => ({
    path,
    real: path,
    why: "project" as const,
    kind: "hide" as const,
    isDir: true,
    line: null,
  });
  const { hidden } = flagFacts({
    scope,
    dirs: DIRS,
    hidden: [hide("/p"), hide("/p/runs"), hide("/h/.ssh")],
    caches: [],
    cwd: "/p/runs/1",
    bwrap: null,
  });
  assert.deepEqual(hidden, ["/h/.ssh"]);
});
