import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { setDurability } from "../../lib/files/durability.ts";
import { listMeta } from "../../lib/meta/list_meta.ts";
import { metaSource } from "../../lib/meta/meta_source.ts";
import { sealMeta } from "../../lib/meta/seal_meta.ts";
import { openZip } from "../../lib/meta/zip/open_zip.ts";
import {
  inTempDir,
  python,
  SEALED_META,
  WITHOUT_PYTHON,
  WITHOUT_UNZIP,
  writeTree,
} from "./_tools.ts";

function contents(metaPath: string): Record<string, string> {
  const meta = metaSource(metaPath);
  return Object.fromEntries(
    meta.names().filter((name) => !name.endsWith("/")).map((
      name,
    ) => [name, meta.read(name)!.toString()]),
  );
}

test("sealMeta() puts all of meta into a zip and removes the directory", async () => {
  await inTempDir(async (runsDir) => {
    const dir = join(runsDir, "a.meta");
    writeTree(dir, SEALED_META);
    const path = await sealMeta(dir);
    assert.deepEqual(readdirSync(runsDir), ["a.meta.zip"]);
    assert.deepEqual(contents(path), SEALED_META);
    assert.equal(statSync(path).mode & 0o777, 0o444);
    assert.deepEqual(await listMeta(path), [
      "__schema__",
      "config.json",
      "id",
      "initialized",
      "log/",
      "log/files",
      "log/runner",
      "manifest",
      "opdef.json",
      "opref",
      "output/",
      "output/40_run",
      "output/40_run.index",
      "proc/",
      "proc/cmd.json",
      "proc/env.json",
      "proc/exit",
      "staged",
      "started",
      "stopped",
      "summary.json",
      "sys/",
      "sys/platform.json",
    ]);
  });
});

test("sealMeta() puts what a listing reads right before the list of entries", async () => {
  await inTempDir(async (runsDir) => {
    writeTree(join(runsDir, "a.meta"), { ...SEALED_META, "user/label": "x" });
    const names = [...openZip(await sealMeta(join(runsDir, "a.meta"))).entries.keys()];
    assert.deepEqual(names.slice(0, 5), ["log/", "output/", "proc/", "sys/", "user/"]);
    assert.deepEqual(names.slice(-11), [
      "__schema__",
      "config.json",
      "id",
      "initialized",
      "opref",
      "proc/exit",
      "staged",
      "started",
      "stopped",
      "summary.json",
      "user/label",
    ]);
    writeTree(join(runsDir, "b.meta"), { ...SEALED_META, "config.json": " ".repeat(10_000) });
    const large = [...openZip(await sealMeta(join(runsDir, "b.meta"))).entries.keys()];
    assert.equal(large[4], "config.json", "what is large does not push out the rest");
  });
});

test("equal meta gives equal bytes, whatever the modes were", async () => {
  await inTempDir(async (runsDir) => {
    writeTree(join(runsDir, "a.meta"), SEALED_META);
    cpSync(join(runsDir, "a.meta"), join(runsDir, "b.meta"), { recursive: true });
    chmodSync(join(runsDir, "b.meta", "id"), 0o600);
    chmodSync(join(runsDir, "b.meta", "log"), 0o700);
    const [a, b] = [
      await sealMeta(join(runsDir, "a.meta")),
      await sealMeta(join(runsDir, "b.meta")),
    ];
    assert(readFileSync(a).equals(readFileSync(b)));
  });
});

test("unzip and Python read a sealed run", { skip: WITHOUT_PYTHON || WITHOUT_UNZIP }, async () => {
  await inTempDir(async (runsDir) => {
    writeTree(join(runsDir, "a.meta"), SEALED_META);
    const path = await sealMeta(join(runsDir, "a.meta"));
    execFileSync("unzip", ["-tqq", path]);
    const code =
      "import zipfile,sys,json\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n" +
      "print(json.dumps({n: z.read(n).decode() for n in z.namelist() if not n.endswith('/')}))";
    assert.deepEqual(JSON.parse(python(code, path)), SEALED_META);
  });
});

test("sealMeta() leaves locks and temporary files out, and keeps empty directories", async () => {
  await inTempDir(async (runsDir) => {
    writeTree(join(runsDir, "a.meta"), {
      id: "a",
      "proc/lock": "1",
      "proc/lock.json": "{}",
      "proc/lock-claim-1.tmp": "",
      ".runlit-0123.tmp": "",
      "empty/": "",
    });
    assert.deepEqual(await listMeta(await sealMeta(join(runsDir, "a.meta"))), [
      "empty/",
      "id",
      "proc/",
    ]);
  });
});

test("sealMeta() again does nothing", async () => {
  await inTempDir(async (runsDir) => {
    const dir = join(runsDir, "a.meta");
    writeTree(dir, SEALED_META);
    const path = await sealMeta(dir);
    const before = readFileSync(path);
    assert.equal(await sealMeta(dir), path);
    assert.equal(await sealMeta(path), path);
    assert(readFileSync(path).equals(before));
  });
});

test("sealMeta() finishes what was interrupted after the zip got its name", async () => {
  await inTempDir(async (runsDir) => {
    const dir = join(runsDir, "a.meta");
    writeTree(dir, SEALED_META);
    cpSync(dir, join(runsDir, "copy"), { recursive: true });
    const path = await sealMeta(dir);
    cpSync(join(runsDir, "copy"), dir, { recursive: true });
    rmSync(join(dir, "opref"));
    await sealMeta(dir);
    assert.equal(existsSync(dir), false);
    assert.deepEqual(contents(path), SEALED_META);
  });
});

test("sealMeta() replaces a broken zip by one of the directory", async () => {
  await inTempDir(async (runsDir) => {
    const dir = join(runsDir, "a.meta");
    writeTree(dir, SEALED_META);
    writeFileSync(`${dir}.zip`, "PK\x03\x04 half a zip");
    assert.deepEqual(contents(`${dir}.zip`), SEALED_META, "the directory is read meanwhile");
    await sealMeta(dir);
    assert.deepEqual(readdirSync(runsDir), ["a.meta.zip"]);
    assert.deepEqual(contents(`${dir}.zip`), SEALED_META);
  });
});

test("sealMeta() refuses what it cannot keep, and changes nothing then", async () => {
  await inTempDir(async (runsDir) => {
    const dir = join(runsDir, "a.meta");
    await assert.rejects(sealMeta(dir), {
      name: "NotFoundError",
      message: `Run meta dir does not exist: ${dir}`,
    });
    writeTree(dir, SEALED_META);
    symlinkSync("id", join(dir, "link"));
    await assert.rejects(
      sealMeta(dir),
      /link' is neither a file nor a directory; remove it and try again$/,
    );
    assert.deepEqual(readdirSync(runsDir), ["a.meta"]);
    rmSync(join(dir, "link"));
    assert.deepEqual(contents(dir), SEALED_META);
  });
});

test("sealMeta() works without flushing too", async () => {
  await inTempDir(async (runsDir) => {
    writeTree(join(runsDir, "a.meta"), SEALED_META);
    setDurability("fast");
    try {
      assert.deepEqual(contents(await sealMeta(join(runsDir, "a.meta"))), SEALED_META);
    } finally {
      setDurability("safe");
    }
  });
});

test("metaSource() takes a valid zip before a directory, and a directory before a broken zip", async () => {
  await inTempDir(async (runsDir) => {
    const dir = join(runsDir, "a.meta");
    writeTree(dir, { ...SEALED_META, id: "zip" });
    const path = await sealMeta(dir);
    writeTree(dir, { ...SEALED_META, id: "dir" });
    for (const location of [dir, path, { runDir: join(runsDir, "a") }]) {
      assert.equal(metaSource(location).read("id")?.toString(), "zip");
    }
    chmodSync(path, 0o644);
    truncateSync(path, statSync(path).size - 1);
    for (const location of [dir, path, { runDir: join(runsDir, "a") }]) {
      assert.equal(metaSource(location).read("id")?.toString(), "dir");
    }
    rmSync(dir, { recursive: true });
    assert.throws(() => metaSource(dir), { name: "ZipError" });
  });
});

const ON_DENO = "Deno" in globalThis && "file functions of Deno cannot be replaced";

test("killed at any moment, sealMeta() loses nothing", { skip: ON_DENO }, async () => {
  await inTempDir(async (dir) => {
    const script = join(dir, "seal.mjs");
    // As one file of JavaScript it starts in a tenth of the time.
    await build({
      stdin: { contents: CRASHING_SEAL, resolveDir: import.meta.dirname },
      outfile: script,
      bundle: true,
      platform: "node",
      format: "esm",
    });
    const runsDir = join(dir, "runs");
    let step = 0;
    for (let signal: string | null = "SIGKILL"; signal !== null;) {
      step++;
      rmSync(runsDir, { recursive: true, force: true });
      mkdirSync(runsDir);
      writeTree(join(runsDir, "a.meta"), { id: "a", opref: "2 t t", "log/runner": "x" });
      signal = await sealUntil(script, join(runsDir, "a.meta"), step);
      const expected = { id: "a", opref: "2 t t", "log/runner": "x" };
      assert.deepEqual(contents(join(runsDir, "a.meta")), expected, `killed at step ${step}`);
      assert.equal(await sealMeta(join(runsDir, "a.meta")), join(runsDir, "a.meta.zip"));
      assert.deepEqual(contents(join(runsDir, "a.meta")), expected, `sealed after step ${step}`);
      assert.equal(existsSync(join(runsDir, "a.meta")), false);
    }
    assert(step > 15, `${step} steps`);
  });
});

/** Seals, and kills itself before the file operation of a number. */
const CRASHING_SEAL = `
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { sealMeta } from "../../lib/meta/seal_meta.ts";
let left = Number(process.argv[3]);
const names = ["openSync", "readSync", "writeSync", "fsyncSync", "closeSync", "renameSync", "rmSync", "fchmodSync"];
for (const name of names) {
  const real = fs[name];
  fs[name] = (...args) => {
    if (--left === 0) process.kill(process.pid, "SIGKILL");
    return real(...args);
  };
}
syncBuiltinESMExports();
await sealMeta(process.argv[2]);
`;

async function sealUntil(script: string, metaDir: string, step: number): Promise<string | null> {
  const child = spawn(process.execPath, [script, metaDir, String(step)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code, signal] = await once(child, "exit");
  assert(signal === "SIGKILL" || code === 0, `${code} ${signal}`);
  return signal;
}
