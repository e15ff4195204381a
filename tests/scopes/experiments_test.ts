/** What real experiments do has to work in the default profile. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { attempt } from "./_attempt.ts";
import { skip, skipWithout } from "./_skip.ts";
import { inWorld } from "./_world.ts";

/** Python of the system: that of a version manager is a matter of its own. */
const PYTHON = "/usr/bin/python3";
const skipPython = skip || (existsSync(PYTHON) ? false : "needs python3");

test("multiprocessing and shared memory work", { skip: skipPython }, async () => {
  await inWorld(async (world) => {
    const script = `#!${PYTHON}
from multiprocessing import Manager, Pool, shared_memory

def square(x):
    return x * x

shared = shared_memory.SharedMemory(create=True, size=1 << 20)
shared.buf[0] = 7
shared.close()
shared.unlink()
with Pool(2) as pool:
    print(sum(pool.map(square, range(10))))
with Manager() as manager:
    print(list(manager.list([1, 2])))
`;
    writeFileSync(join(world.run, "main.py"), script);
    const { output } = await attempt({ world, command: [PYTHON, "main.py"] });
    assert.equal(output, "285\n[1, 2]\n");
  });
});

test("a virtual environment can be made in the runtime phase, and used in the run phase", {
  skip: skipPython || venvReason(),
}, async () => {
  await inWorld(async (world) => {
    const make = await attempt({
      world,
      phase: "runtime",
      command: `${PYTHON} -m venv --without-pip .venv`,
    });
    assert.equal(make.result.ok, true, make.output);
    const use = await attempt({
      world,
      command: ".venv/bin/python -c 'import sys; print(sys.prefix)'",
    });
    assert.equal(use.output, `${world.run}/.venv\n`);
  });
});

function venvReason(): string | false {
  try {
    execFileSync(PYTHON, ["-c", "import venv, ensurepip"], { stdio: "ignore" });
    return false;
  } catch {
    return "needs python3-venv";
  }
}

test("an environment in the home, like conda's, is there with all it holds", { skip }, async () => {
  await inWorld(async (world) => {
    const prefix = join(world.home, "miniconda/envs/x");
    mkdirSync(join(prefix, "bin"), { recursive: true });
    mkdirSync(join(prefix, "conda-meta"));
    mkdirSync(join(prefix, "lib"));
    writeFileSync(join(prefix, "lib/module"), "a module");
    writeFileSync(join(prefix, "bin/tool"), '#!/bin/sh\ncat "${0%/bin/*}/lib/module"\n');
    chmodSync(join(prefix, "bin/tool"), 0o755);
    const env = { PATH: `${prefix}/bin:/usr/bin:/bin`, CONDA_PREFIX: prefix };
    const command = "tool; echo; ls $CONDA_PREFIX";
    const { output } = await attempt({ world, env, command });
    assert.equal(output, "a module\nbin\nconda-meta\nlib\n");
    // Also where the home itself is not visible, bound by its prefix.
    const strict = await attempt({ world, env, command: "tool", permissions: "strict" });
    assert.equal(strict.output, "a module", JSON.stringify(strict.result));
    const listed = await attempt({ world, env, command: ["tool"], permissions: "strict" });
    assert.equal(listed.output, "a module");
  });
});

test("programs of version managers are found in profile strict", { skip: skipPython }, async () => {
  await inWorld(async (world) => {
    // A virtual environment of a Python that is itself in the home, and a shim before it.
    const python = join(world.home, ".local/share/uv/python/cpython-3/bin");
    mkdirSync(python, { recursive: true });
    mkdirSync(join(python, "../lib"));
    writeFileSync(join(python, "python3"), '#!/bin/sh\necho "python of uv: $*"\n', { mode: 0o755 });
    const venv = join(world.base, "venv");
    mkdirSync(join(venv, "bin"), { recursive: true });
    writeFileSync(join(venv, "pyvenv.cfg"), `home = ${python}\n`);
    symlinkSync(join(python, "python3"), join(venv, "bin/python"));
    const shims = join(world.home, ".pyenv/shims");
    mkdirSync(shims, { recursive: true });
    writeFileSync(
      join(shims, "pip"),
      '#!/bin/sh\nexec "$PYENV_ROOT/versions/3/bin/pip" "$@"\n',
      { mode: 0o755 },
    );
    mkdirSync(join(world.home, ".pyenv/versions/3/bin"), { recursive: true });
    writeFileSync(
      join(world.home, ".pyenv/versions/3/bin/pip"),
      '#!/bin/sh\necho "pip of pyenv"\n',
      { mode: 0o755 },
    );
    const env = { PATH: `${venv}/bin:${shims}:/usr/bin:/bin` };
    const command = "python train.py && pip install; ls ~/.ssh; cat $0";
    const { output } = await attempt({ world, env, command, permissions: "strict" });
    assert.match(output, /^python of uv: train\.py\npip of pyenv\n/);
    assert.doesNotMatch(output, /id_ed25519/);
  });
});

test("a virtual environment of the project is not there in the run phase", { skip }, async () => {
  await inWorld(async (world) => {
    const bin = join(world.project, ".venv/bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "tool"), "#!/bin/sh\necho ran\n", { mode: 0o755 });
    const env = { PATH: `${bin}:/usr/bin:/bin`, VIRTUAL_ENV: join(world.project, ".venv") };
    const command = "tool";
    assert.match((await attempt({ world, env, command })).output, /not found/);
    const strict = await attempt({ world, env, command, permissions: "strict" });
    assert.match(strict.output, /not found/);
    const allowed = await attempt({
      world,
      env,
      command,
      permissions: { run: { read: ["${default}", "${project}/.venv"] } },
    });
    assert.equal(allowed.output, "ran\n");
  });
});

test("git works on a clone, with the network on", { skip: skipWithout("git") }, async () => {
  await inWorld(async (world) => {
    const git = (...args: string[]) =>
      execFileSync("git", args, { cwd: world.project, stdio: "ignore" });
    rmSync(join(world.project, ".git"), { recursive: true });
    git("init", "-q");
    git("add", "train.py");
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "one");
    git("update-server-info");
    // Git's "dumb" protocol needs a server of files, and no program.
    const server = createServer((request, response) => {
      const path = join(world.project, ".git", new URL(request.url!, "http://x").pathname);
      if (existsSync(path)) response.end(readFileSync(path));
      else response.writeHead(404).end();
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const command = `git clone -q http://127.0.0.1:${port} lib && git -C lib log --oneline && ` +
      "git -C lib status --short && cat lib/train.py";
    const on = await attempt({ world, phase: "runtime", command });
    assert.equal(on.result.ok, true, on.output);
    assert.match(on.output, /one\nprint\('train'\)$/);
    const off = await attempt({
      world,
      phase: "runtime",
      command: command.replaceAll("lib", "lib2"),
      permissions: { net: false },
    });
    server.close();
    assert.equal(off.result.ok, false);
  });
});

test("npm installs, and caches what it has installed", { skip: skipWithout("npm") }, async () => {
  await inWorld(async (world) => {
    mkdirSync(join(world.run, "dep"));
    writeFileSync(join(world.run, "dep/package.json"), '{"name":"dep","version":"1.0.0"}');
    writeFileSync(join(world.run, "dep/index.js"), "module.exports = 42;\n");
    const main = { name: "main", version: "1.0.0", dependencies: { dep: "file:dep" } };
    writeFileSync(join(world.run, "package.json"), JSON.stringify(main));
    const env = { npm_config_offline: "true", npm_config_audit: "false", npm_config_fund: "false" };
    const command = "npm install && node -p \"require('dep')\"";
    const { output, result } = await attempt({ world, phase: "runtime", command, env });
    assert.equal(result.ok, true, output);
    assert.match(output, /42\n$/);
    assert.ok(existsSync(join(world.home, ".cache/npm")), "its cache is the user's");
  });
});

test("models and packages are cached in the user's cache, wherever it is", { skip }, async () => {
  await inWorld(async (world) => {
    const cache = mkdtempSync(join(tmpdir(), "runlit-cache-"));
    const command =
      "cat ~/.cache/huggingface/hub/model && echo weights > ~/.cache/huggingface/hub/new && " +
      "mkdir -p ~/.cache/pip/http && echo fine";
    try {
      const { output } = await attempt({ world, command });
      assert.equal(output, "weightsfine\n");
      assert.ok(existsSync(join(world.home, ".cache/huggingface/hub/new")));
      // Of the inherited variables, not of the command's own: those may say anything.
      process.env.HF_HOME = cache;
      const own = await attempt({
        world,
        command: 'echo x > "$TORCH_HOME/x" && echo wrote',
        env: { TORCH_HOME: world.data },
      });
      assert.doesNotMatch(own.output, /wrote/);
    } finally {
      delete process.env.HF_HOME;
      rmSync(cache, { recursive: true });
    }
  });
});

test("matplotlib finds a directory for its settings that it can write", { skip }, async () => {
  await inWorld(async (world) => {
    const write =
      'dir=${MPLCONFIGDIR:-$HOME/.config/matplotlib}; mkdir -p "$dir" && echo x > "$dir/y" && ' +
      'echo "${dir#$HOME/} ${MATPLOTLIBRC#$HOME/}"';
    const fresh = await attempt({ world, command: write });
    assert.equal(fresh.output, ".cache/matplotlib \n");
    mkdirSync(join(world.home, ".config/matplotlib"), { recursive: true });
    writeFileSync(join(world.home, ".config/matplotlib/matplotlibrc"), "backend: agg\n");
    const old = await attempt({ world, command: write });
    assert.equal(old.output, ".config/matplotlib \n");
  });
});

test("device nodes of graphics processors are there where they are allowed", { skip }, async () => {
  await inWorld(async (world) => {
    // Made-up ones: files stand for the nodes of a machine that has some.
    const devRoot = realpathSync(mkdtempSync(join(tmpdir(), "runlit-dev-")));
    for (const name of ["nvidia0", "nvidiactl", "nvidia-uvm", "kfd", "sda"]) {
      writeFileSync(join(devRoot, name), name);
    }
    mkdirSync(join(devRoot, "dri"));
    writeFileSync(join(devRoot, "dri/renderD128"), "render");
    const command = "cd /dev; cat nvidia0 nvidiactl nvidia-uvm kfd dri/renderD128; ls sda";
    try {
      const seen = await attempt({ world, command, devRoot });
      assert.match(seen.output, /^nvidia0nvidiactlnvidia-uvmkfdrender/);
      assert.match(seen.output, /'?sda'?: No such file/);
      const strict = await attempt({ world, command, devRoot, permissions: "strict" });
      assert.doesNotMatch(strict.output, /^nvidia0/);
      const permissions = { run: { profile: "strict", gpu: true } };
      assert.match((await attempt({ world, command, devRoot, permissions })).output, /^nvidia0/);
      const off = await attempt({ world, command, devRoot, permissions: { gpu: false } });
      assert.doesNotMatch(off.output, /^nvidia0/);
    } finally {
      rmSync(devRoot, { recursive: true });
    }
  });
});

test("a data set in the host's /tmp is there when the command names it", { skip }, async () => {
  await inWorld(async (world) => {
    const data = mkdtempSync("/tmp/runlit-set-");
    writeFileSync(join(data, "a.csv"), "1,2,3\n");
    try {
      const path = join(data, "a.csv");
      assert.equal((await attempt({ world, command: `cat ${path}` })).output, "1,2,3\n");
      assert.equal((await attempt({ world, command: ["cat", path] })).output, "1,2,3\n");
      // What is written is the phase's own, whatever is there on the host.
      const write = await attempt({ world, command: `echo new > ${path}.out; ls /tmp | wc -l` });
      assert.deepEqual(readdirSync(data), ["a.csv"], write.output);
      const hidden = await attempt({ world, command: "cat $DATA", env: { DATA: path } });
      assert.match(hidden.output, /No such file/);
    } finally {
      rmSync(data, { recursive: true });
    }
  });
});
