import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import type { PhaseName } from "../../lib/types.ts";
import { runCommand } from "../../lib/phases/run_command.ts";
import { explainDenials } from "../../lib/phases/scope/explain_denials.ts";
import { parsePermissions } from "../../lib/phases/scope/parse_permissions.ts";
import { planScope } from "../../lib/phases/scope/plan_scope.ts";
import { skip, skipWithout } from "./_skip.ts";
import { inWorld, type World } from "./_world.ts";

interface Explained {
  readonly lines: readonly (string | null)[];
  readonly messages: string;
  readonly output: string;
}

/** Executes a command that fails, and explains why: by what it really printed. */
async function explain(
  world: World,
  command: string | string[],
  permissions: unknown = {},
  phase: PhaseName = "run",
): Promise<Explained> {
  const env = { PATH: "/usr/bin:/bin", HOME: world.home, HF_TOKEN: "hush" };
  const plan = await planScope({
    phase,
    run: { runDir: world.run },
    runsDir: world.runs,
    projectDir: world.project,
    permissions: [parsePermissions(permissions)],
    env,
  });
  let output = "";
  await runCommand(command, {
    cwd: world.run,
    env,
    wrap: plan.wrapper!,
    onOutput: (chunk) => void (output += new TextDecoder().decode(chunk)),
  });
  const denials = explainDenials(plan, output);
  return {
    lines: denials.map(({ line }) => line),
    messages: denials.map(({ message }) => message).join("\n"),
    output,
  };
}

/** Permissions as the lines of a project file say them. */
function permissionsOf(line: string): unknown {
  const [, phase, kind, value] = /^permissions\.(\w+)\.(\w+) = (.*)$/.exec(line)!;
  return { [phase]: { [kind]: JSON.parse(value) } };
}

/** Each fails for a reason of scope, and the line that is given lets it pass. */
const FAILURES: Readonly<Record<string, (world: World) => string | string[]>> = {
  "cat of a file of the project": (w) => `cat ${w.project}/data.csv`,
  "sh that reads a file of the project": (w) => `read x < ${w.project}/data.csv && echo $x`,
  "perl on a file of the project": (
    w,
  ) => ["perl", "-e", `open(F, "<", "${w.project}/data.csv") or die "${w.project}/data.csv: $!"`],
  "cat of another run's file": (w) => `cat ${w.other}/result`,
  "touch in the home": (w) => `touch ${w.home}/new`,
  "mkdir in the data": (w) => `mkdir ${w.data}/new`,
  "a shell's redirection": (w) => `echo x > ${w.data}/out.txt`,
  "a variable that is not set": () => 'echo "${HF_TOKEN:?is not set}"',
};

for (const [name, command] of Object.entries(FAILURES)) {
  test(`explainDenials() knows what would let through: ${name}`, { skip }, async () => {
    await inWorld(async (world) => {
      const { lines, messages, output } = await explain(world, command(world));
      assert.equal(lines.length, 1, `${output}\n${messages}`);
      if (lines[0] === null) {
        assert.match(messages, /another run/);
        return;
      }
      const again = await explain(world, command(world), permissionsOf(lines[0]));
      assert.deepEqual(again.lines, [], `${again.output}\n${again.messages}`);
      assert.doesNotMatch(again.output, /No such|Read-only|not set/);
    });
  });
}

for (
  const [name, program, script] of [
    ["python", "python3", (path: string) => ["python3", "-c", `open("${path}")`]],
    ["python's writing", "python3", (path: string) => ["python3", "-c", `open("${path}.x", "w")`]],
    ["node", "node", (path: string) => ["node", "-e", `fs.readFileSync("${path}")`]],
    [
      "node's writing",
      "node",
      (path: string) => ["node", "-e", `fs.writeFileSync("${path}.x", "")`],
    ],
  ] as const
) {
  test(`explainDenials() reads what ${name} says`, { skip: skipWithout(program) }, async () => {
    await inWorld(async (world) => {
      const file = join(world.data, "raw.csv");
      writeFileSync(file, "1");
      const permissions = { run: { read: { deny: [file] } } };
      const { messages, output } = await explain(world, script(file), permissions);
      assert.match(
        messages,
        /raw\.csv' is denied to phase 'run'|may not write '.*raw\.csv\.x'/,
        output,
      );
    });
  });
}

test("explainDenials() finds relative paths and modules in the project", {
  skip: skipWithout("python3"),
}, async () => {
  await inWorld(async (world) => {
    const data = await explain(world, "cat data.csv");
    assert.match(
      data.messages,
      /'data\.csv' is in the project, which phase 'run' does not see: copy it/,
    );
    mkdirSync(join(world.project, "helpers"));
    writeFileSync(join(world.project, "helpers/__init__.py"), "");
    const module = await explain(world, ["python3", "-c", "import helpers.x"]);
    assert.match(module.messages, /'helpers' is in the project/);
    // To make them visible where they are would not help: they are looked for in the run.
    assert.deepEqual([...data.lines, ...module.lines], [null, null]);
    assert.doesNotMatch(data.messages + module.messages, /to allow it/);
  });
});

test("explainDenials() explains the network that is off", { skip }, async () => {
  await inWorld(async (world) => {
    const host = [
      "perl",
      "-e",
      'use Socket; my ($e) = Socket::getaddrinfo("example.invalid", 80); die "$e\\n"',
    ];
    const off = await explain(world, host, { net: false });
    assert.deepEqual(off.lines, ["permissions.run.net = true"], off.output);
    // With the network on, the name is just wrong.
    assert.deepEqual((await explain(world, host)).lines, []);
    const socket = ["perl", "-e", "use Socket; socket(S, PF_UNIX, SOCK_STREAM, 0) or die $!"];
    assert.deepEqual((await explain(world, socket, { net: false })).lines, [
      'permissions.run.net = ["unix"]',
    ]);
  });
});

/** How programs say that nobody answers at a port of localhost. */
const REFUSALS: readonly ((port: number) => string)[] = [
  (port) => `Error: connect ECONNREFUSED 127.0.0.1:${port}`,
  (port) => `Error: connect ECONNREFUSED ::1:${port}`,
  (port) => `dial tcp [::1]:${port}: connect: connection refused`,
  (port) =>
    `curl: (7) Failed to connect to localhost port ${port} after 0 ms: Couldn't connect to server`,
  (port) =>
    `connection to server at "localhost" (127.0.0.1), port ${port} failed: Connection refused`,
  (port) => `Error 111 connecting to localhost:${port}. Connection refused.`,
  (port) => `(2003, "Can't connect to MySQL server on '127.0.0.1:${port}' (111)")`,
  (port) => `Connecting to localhost (localhost)|127.0.0.1|:${port}... failed: Connection refused.`,
  (port) => `HTTPConnectionPool(host='localhost', port=${port}): [Errno 111] Connection refused`,
  (port) =>
    `error sending request for url (http://localhost:${port}/): Connection refused (os error 111)`,
  (port) => `bash: line 1: /dev/tcp/127.0.0.1/${port}: Connection refused`,
];

test("explainDenials() explains a localhost where nobody listens", {
  skip: skipWithout("bash"),
}, async () => {
  await inWorld(async (world) => {
    const [off, on] = await Promise.all([false, true].map((net) => {
      const permissions = [parsePermissions({ net })];
      return planScope({ phase: "run", run: { runDir: world.run }, permissions });
    }));
    const bash = (port: number) => ["bash", "-c", `echo > /dev/tcp/127.0.0.1/${port}`];
    await whileListening(async (port) => {
      for (const said of REFUSALS) {
        const [denial, ...others] = explainDenials(off, `${said(port)}\n`);
        assert.equal(denial?.line, "permissions.run.net = true", said(port));
        assert.match(denial.message, /its localhost is its own/);
        assert.deepEqual([others, explainDenials(on, said(port))], [[], []]);
      }
      const { lines, output } = await explain(world, bash(port), { net: false });
      assert.deepEqual(lines, ["permissions.run.net = true"], output);
      assert.equal((await explain(world, bash(port))).output, "");
    });
    // Where nobody listens on this machine either, the network would not help.
    const closed = await whileListening((port) => Promise.resolve(port));
    for (const said of REFUSALS) assert.deepEqual(explainDenials(off, said(closed)), []);
    assert.deepEqual((await explain(world, bash(closed), { net: false })).lines, []);
    assert.equal(explainDenials(off, "redis on localhost: Connection refused").length, 1);
    for (
      const said of [
        "ConnectionRefusedError: [Errno 111] Connection refused",
        "connect to /tmp/agent.sock: Connection refused",
        "dial tcp 10.0.0.7:80: connect: connection refused",
        "connect ECONNREFUSED fe80::1:80",
        "connect ECONNREFUSED 10.127.0.0.1:80",
        "localhost.example.org: Connection refused",
        "not-localhost: Connection refused",
        "listening on localhost",
      ]
    ) {
      assert.deepEqual(explainDenials(off, said), [], said);
    }
  });
});

/** Calls a function while something listens on a port of this machine. */
async function whileListening<T>(use: (port: number) => Promise<T>): Promise<T> {
  const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await use((server.address() as { port: number }).port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

test("explainDenials() explains programs that are not visible", { skip }, async () => {
  await inWorld(async (world) => {
    const { lines, output } = await explain(world, "awk 1", { run: { run: ["cat"] } });
    assert.deepEqual(lines, ['permissions.run.run = ["cat", "awk"]'], output);
  });
});

test("explainDenials() explains a private tmp that is full, and a limit", { skip }, async () => {
  await inWorld(async (world) => {
    const limits = { limits: { disk: "1MB" } };
    const tmp = await explain(world, "head -c 5000000 /dev/zero | dd of=/tmp/big", limits);
    assert.match(
      tmp.messages,
      /'\/tmp\/big' is in the private tmp of phase 'run', which is in memory/,
    );
    const size = await explain(world, "head -c 5000000 /dev/zero | dd of=big", {
      limits: { "file-size": "1MB" },
    });
    assert.match(
      size.messages,
      /may have reached its limit of 1000000: permissions\.run\.limits\.file-size/,
      size.output,
    );
  });
});

test("explainDenials() guesses which secret a login has missed", { skip }, async () => {
  await inWorld(async (world) => {
    const said = "echo 'git@github.com: Permission denied (publickey).' >&2; exit 1";
    const { lines } = await explain(world, said);
    assert.deepEqual(lines, ['permissions.run.read = ["${default}", "~/.ssh"]']);
    const gated = await explain(world, "echo 'Access to this gated repo is restricted'; exit 1");
    assert.ok(gated.messages.includes("variable 'HF_TOKEN' was withheld"), gated.messages);
    assert.ok(gated.messages.includes("huggingface/token' is hidden"), gated.messages);
  });
});

test("explainDenials() begins with what the command ended with", { skip }, async () => {
  await inWorld(async (world) => {
    const names = Array.from({ length: 9 }, (_, i) => join(world.project, `${i}.csv`));
    for (const name of names) writeFileSync(name, "1");
    // All but the last one can do without.
    const { messages } = await explain(world, `${names.map((name) => `cat ${name}`).join(";")}`);
    const said = [...messages.matchAll(/^'.*?(\d)\.csv' belongs to the project/gm)];
    assert.deepEqual(said.map(([, number]) => number), ["8", "7", "6", "5", "4", "3"]);
  });
});

test(
  "explainDenials() says nothing where the scope had nothing to do with it",
  { skip },
  async () => {
    await inWorld(async (world) => {
      for (
        const command of [
          "cat nothing-there",
          "cat /no/such/file",
          "echo 'ValueError: bad learning rate' >&2; exit 1",
          "echo 'could not open /etc/passwd for no reason'; exit 1",
          "chmod 600 src/train.py; exit 1",
          "echo \"FileNotFoundError: [Errno 2] No such file or directory: 'a.csv'\"; exit 1",
          "echo \"ModuleNotFoundError: No module named 'nothing_there'\"; exit 1",
          "echo 'Error: ENOENT: no such file or directory, open \\'a.csv\\''; exit 1",
          "echo 'reading about HF_TOKEN and friends'; echo 'KeyError: 3'; exit 1",
        ]
      ) {
        for (const permissions of [{}, { net: false }, "strict"]) {
          const { messages } = await explain(world, command, permissions);
          assert.equal(messages, "", `${command} ${JSON.stringify(permissions)}`);
        }
      }
    });
  },
);

test("explainDenials() is quick, whatever it is given", { skip }, async () => {
  await inWorld(async (world) => {
    const plan = await planScope({
      phase: "run",
      run: { runDir: world.run },
      projectDir: world.project,
      policy: "prefer",
      env: { HF_TOKEN: "x" },
    });
    const start = performance.now();
    for (
      const piece of [
        "/",
        "'/",
        "not found ",
        "No such file: /a ",
        "HF_TOKEN",
        "\u0000",
        "Read-only file system '",
      ]
    ) {
      explainDenials(plan, piece.repeat(30_000));
      explainDenials(plan, `${piece}\n`.repeat(5_000));
    }
    assert.ok(performance.now() - start < 30_000);
  });
});

test("explaining never fails, whatever a command prints", { skip }, async () => {
  await inWorld(async (world) => {
    const name = "x".repeat(300);
    const { messages } = await explain(
      world,
      `echo 'Requires write access to "/etc/${name}"'; exit 1`,
    );
    assert.match(messages, /may not write '\/etc\/x+'; to allow it: .*"\/etc"/);
    const denied = { env: { deny: ["HF_TOKEN"] } };
    const gated = await explain(
      world,
      "echo 'You are trying to access a gated repo.'; exit 1",
      denied,
    );
    assert.match(gated.messages, /variable 'HF_TOKEN' was withheld from phase 'run'$/m);
  });
});

test("a pattern that is not read to its end denies nothing silently", async () => {
  await inWorld(async (world) => {
    const many = join(world.home, "many");
    mkdirSync(many);
    for (let i = 0; i < 20_050; i++) writeFileSync(join(many, `f${i}`), "");
    for (const kind of ["read", "write"]) {
      await assert.rejects(explain(world, "true", { [kind]: { deny: ["~/many/**/*.pem"] } }), {
        name: "ScopeError",
        message:
          /Cannot deny '.*\/many\/\*\*\/\*\.pem' in phase 'run': too many files .* deny a directory/,
      });
    }
  });
});

test("a home that ends in '/' is the same home", { skip }, async () => {
  await inWorld(async (world) => {
    mkdirSync(join(world.home, ".aws"), { recursive: true });
    const plan = await planScope({
      phase: "run",
      run: { runDir: world.run },
      runsDir: world.runs,
      permissions: [parsePermissions({ read: ["${default}", "~/.aws"] })],
      env: { PATH: "/usr/bin:/bin", HOME: `${world.home}/` },
    });
    assert.deepEqual(plan.hidden.filter(({ path }) => path.endsWith(".aws")), []);
  });
});

test("the runs beside a run are neither shown nor written for the asking", { skip }, async () => {
  await inWorld(async (world) => {
    const told: string[] = [];
    const plan = await planScope({
      phase: "run",
      run: { runDir: world.run },
      permissions: [parsePermissions({
        run: { read: ["${default}", "${runs}"], write: ["${default}", "${runs}"] },
      })],
      onWarning: (warning) => void told.push(warning),
    });
    await runCommand("true", { cwd: world.run, env: { PATH: "/bin" }, wrap: plan.wrapper! });
    const refused = (kind: string) =>
      `'${world.runs}' in 'permissions.run.${kind}' is not let through: name one run of it, or ` +
      "make it a dependency";
    assert.deepEqual(told, [refused("read"), refused("write")]);
    const path = join(world.runs, "new");
    assert.deepEqual(
      explainDenials(plan, `touch: cannot touch '${path}': Read-only file system\n`)
        .map(({ message }) => message),
      [`'${path}' belongs to another run, where phase 'run' may not write`],
    );
    const other = { run: { read: ["${default}", "${runs}/other"] } };
    assert.match((await explain(world, `ls ${world.runs}/other`, other)).output, /^result$/m);
  });
});

test("what is denied in the run directory is named, however it was called", { skip }, async () => {
  await inWorld(async (world) => {
    const permissions = { run: { read: { deny: ["${run}/src/train.py"] } } };
    for (const name of ["src/train.py", "./src/train.py", join(world.run, "src/train.py")]) {
      const { messages } = await explain(world, ["cat", name], permissions);
      assert.equal(messages, `'${world.run}/src/train.py' is denied to phase 'run'`, name);
    }
  });
});

test("a full tmp is thought of where nothing says what is full", { skip }, async () => {
  await inWorld(async (world) => {
    const command = "head -c 3000000 /dev/zero > /tmp/x";
    const { messages, output } = await explain(world, command, { limits: { disk: "1MB" } });
    assert.match(output, /No space left on device/);
    assert.match(messages, /^the private tmp of phase 'run' may be full.*set TMPDIR/);
    assert.match(messages, /its limit of 1000000: permissions\.run\.limits\.disk$/);
  });
});
