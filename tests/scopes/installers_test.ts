/** Installers in the runtime phase: they reach a registry, fill the user's caches, and all is there to be run. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { listFiles } from "../../lib/files/list_files.ts";
import { attempt } from "./_attempt.ts";
import { skip, skipWithout } from "./_skip.ts";
import { makeWorld, type World } from "./_world.ts";

/** Python of the system: that of a version manager is a matter of its own. */
const PYTHON = "/usr/bin/python3";

/** A server of this machine, which answers with what is at a path. */
interface Registry {
  readonly url: string;
  readonly asked: string[];
}

async function withRegistry(
  answers: (url: string) => Readonly<Record<string, string | Uint8Array>>,
  use: (registry: Registry, world: World) => Promise<void>,
): Promise<void> {
  const asked: string[] = [];
  let files: Readonly<Record<string, string | Uint8Array>> = {};
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url!.split("?")[0]);
    asked.push(path);
    const isPage = path.endsWith("/");
    if (!Object.hasOwn(files, path)) return void response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": isPage ? "text/html" : "application/octet-stream",
      "cache-control": "max-age=600",
    });
    response.end(files[path]);
  }).listen(0, "127.0.0.1");
  const world = makeWorld();
  try {
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const url = `http://127.0.0.1:${port}`;
    files = answers(url);
    await use({ url, asked }, world);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    world.remove();
  }
}

/** Calls a function with a directory that is removed. */
function inTemp<T>(use: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), "runlit-test-"));
  try {
    return use(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** What npm gets: a package with a program. */
function npmPackage(url: string): Record<string, string | Uint8Array> {
  const tarball = inTemp((dir) => {
    mkdirSync(join(dir, "package"));
    const pack = { name: "dep", version: "1.0.0", bin: { dep: "cli.js" } };
    writeFileSync(join(dir, "package/package.json"), JSON.stringify(pack));
    writeFileSync(join(dir, "package/cli.js"), "#!/usr/bin/env node\nconsole.log(6 * 7);\n");
    execFileSync("tar", ["-czf", "x.tgz", "package"], { cwd: dir });
    return readFileSync(join(dir, "x.tgz"));
  });
  const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
  const version = {
    name: "dep",
    version: "1.0.0",
    bin: { dep: "cli.js" },
    dist: { tarball: `${url}/dep/-/dep-1.0.0.tgz`, integrity },
  };
  const packument = {
    name: "dep",
    "dist-tags": { latest: "1.0.0" },
    versions: { "1.0.0": version },
  };
  return { "/dep": JSON.stringify(packument), "/dep/-/dep-1.0.0.tgz": tarball };
}

test("npm installs from a registry, into the run and the user's cache", {
  skip: skipWithout("npm", "tar"),
}, async () => {
  await withRegistry(npmPackage, async ({ url, asked }, world) => {
    writeFileSync(join(world.run, "package.json"), '{"dependencies":{"dep":"^1.0.0"}}');
    const env = {
      npm_config_registry: url,
      npm_config_audit: "false",
      npm_config_fund: "false",
      npm_config_update_notifier: "false",
    };
    const install = await attempt({ world, phase: "runtime", command: "npm install", env });
    assert.ok(install.result.ok, install.output);
    assert.deepEqual(asked, ["/dep", "/dep/-/dep-1.0.0.tgz"]);
    const cached = await listFiles(join(world.home, ".cache/npm/_cacache"));
    assert.ok(cached.length > 0);
    // The run phase has what was installed; without the network it is all that it needs.
    const run = await attempt({
      world,
      command: "node_modules/.bin/dep",
      permissions: { net: false },
    });
    assert.equal(run.output, "42\n");
    // From the cache alone, which is there in a phase that follows.
    rmSync(join(world.run, "node_modules"), { recursive: true });
    const again = await attempt({
      world,
      phase: "runtime",
      command: "npm ci --offline",
      env,
      permissions: { net: false },
    });
    assert.ok(again.result.ok, again.output);
    assert.equal(asked.length, 2);
  });
});

test(
  "npm reaches no registry without the network",
  { skip: skipWithout("npm", "tar") },
  async () => {
    await withRegistry(npmPackage, async ({ url, asked }, world) => {
      const env = { npm_config_registry: url, npm_config_fetch_retries: "0" };
      const command = "npm install dep";
      const off = await attempt({
        world,
        phase: "runtime",
        command,
        env,
        permissions: { net: false },
      });
      assert.equal(off.result.ok, false);
      assert.deepEqual(asked, []);
    });
  },
);

/** What pip gets: a wheel, made by hand. */
function pythonPackage(): Record<string, string | Uint8Array> {
  const wheel = inTemp((dir) => {
    const make = `import zipfile
with zipfile.ZipFile("x.whl", "w") as z:
    z.writestr("demo_dep.py", "answer = 42\\n")
    z.writestr("demo_dep-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: demo-dep\\nVersion: 1.0\\n")
    z.writestr("demo_dep-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    z.writestr("demo_dep-1.0.dist-info/RECORD", "")
`;
    execFileSync(PYTHON, ["-c", make], { cwd: dir });
    return readFileSync(join(dir, "x.whl"));
  });
  const name = "demo_dep-1.0-py3-none-any.whl";
  const page = `<!DOCTYPE html><html><body><a href="/files/${name}">${name}</a></body></html>`;
  return { "/simple/demo-dep/": page, [`/files/${name}`]: wheel };
}

function skipPip(): string | false {
  if (skip !== false) return skip;
  try {
    execFileSync(PYTHON, ["-c", "import venv, ensurepip"], { stdio: "ignore" });
    return false;
  } catch {
    return "needs python3-venv";
  }
}

/** Makes a virtual environment as a user does, outside of any phase, and installs the package. */
function makeEnvironment(prefix: string): void {
  execFileSync(PYTHON, ["-m", "venv", "--without-pip", prefix], { stdio: "ignore" });
  const site = execFileSync(join(prefix, "bin/python"), [
    "-c",
    "import sysconfig; print(sysconfig.get_path('purelib'))",
  ], { encoding: "utf8" }).trim();
  writeFileSync(join(site, "demo_dep.py"), "answer = 42\n");
}

const IMPORT = "import sys, demo_dep; print(demo_dep.answer, sys.prefix)";

test("pip installs from an index into a virtual environment of the run, and caches", {
  skip: skipPip(),
}, async () => {
  await withRegistry(pythonPackage, async ({ url, asked }, world) => {
    const env = {
      PIP_INDEX_URL: `${url}/simple`,
      // It caches nothing from hosts that it does not trust.
      PIP_TRUSTED_HOST: "127.0.0.1",
      // It would ask its index for newer versions of itself.
      PIP_DISABLE_PIP_VERSION_CHECK: "1",
    };
    const command = `${PYTHON} -m venv .venv && .venv/bin/pip install -q demo-dep`;
    const install = await attempt({ world, phase: "runtime", command, env });
    assert.ok(install.result.ok, install.output);
    assert.deepEqual(asked, ["/simple/demo-dep/", "/files/demo_dep-1.0-py3-none-any.whl"]);
    assert.ok((await listFiles(join(world.home, ".cache/pip"))).length > 0);
    const use = { world, command: [".venv/bin/python", "-c", IMPORT] };
    assert.equal((await attempt(use)).output, `42 ${world.run}/.venv\n`);
    assert.equal(
      (await attempt({ ...use, permissions: "strict" })).output,
      `42 ${world.run}/.venv\n`,
    );
  });
});

test("a virtual environment in the home works in the run phase, in every profile", {
  skip: skipPip(),
}, async () => {
  const world = makeWorld();
  try {
    const prefix = join(world.home, "envs/ml");
    mkdirSync(join(world.home, "envs"));
    makeEnvironment(prefix);
    const inherited = { VIRTUAL_ENV: prefix, PATH: `${prefix}/bin:/usr/bin:/bin` };
    for (const permissions of ["default", "strict", "open"]) {
      const command = `python -c '${IMPORT}'`;
      const { output } = await attempt({ world, inherited, command, permissions });
      assert.equal(output, `42 ${prefix}\n`, permissions);
    }
    const write = await attempt({ world, inherited, command: "touch $VIRTUAL_ENV/x" });
    assert.match(write.output, /Read-only file system/);
  } finally {
    world.remove();
  }
});

test(
  "a virtual environment in the project is there while a run is staged, and says what to do after",
  {
    skip: skipPip(),
  },
  async () => {
    const world = makeWorld();
    try {
      const prefix = join(world.project, ".venv");
      makeEnvironment(prefix);
      const inherited = { VIRTUAL_ENV: prefix, PATH: `${prefix}/bin:/usr/bin:/bin` };
      const command = ["python", "-c", IMPORT];
      const staging = await attempt({ world, phase: "runtime", inherited, command });
      assert.equal(staging.output, `42 ${prefix}\n`);
      const hidden = await attempt({ world, inherited, command });
      assert.equal(hidden.result.ok, false);
      const [warning] = hidden.warnings;
      const line = /permissions\.run\.read = (\[.*\])/.exec(warning);
      assert.ok(line !== null, warning);
      const permissions = { run: { read: JSON.parse(line[1]) } };
      assert.equal(
        (await attempt({ world, inherited, command, permissions })).output,
        `42 ${prefix}\n`,
      );
      assert.ok(existsSync(join(world.project, "train.py")));
    } finally {
      world.remove();
    }
  },
);
