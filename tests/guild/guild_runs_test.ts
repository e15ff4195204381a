import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import {
  decodeGuildOpRef,
  encodeGuildOpRef,
  oprefOfGuild,
} from "../../lib/meta/guild/guild_opref.ts";
import { parseYamlAttribute } from "../../lib/meta/guild/parse_yaml_attribute.ts";
import { acquireLock } from "../../lib/meta/lock.ts";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { openRun } from "../../lib/run/open_run.ts";
import { runStatus } from "../../lib/run/run_status.ts";
import { listRuns } from "../../lib/store/list_runs.ts";
import { readRunInfo } from "../../lib/store/read_run_info.ts";

const A = "a".repeat(32);
const B = "b".repeat(32);
const OPREF = "script:'/home/me/my proj' '' '' say.py";

async function withRuns(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (runsDir: string) => Promise<void>,
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "runlit-guild-"));
  try {
    for (const [name, data] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      writeFileSync(join(dir, name), data);
    }
    await use(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const NORMAL = {
  [`${A}/.guild/opref`]: OPREF,
  [`${A}/.guild/output`]: "hi\npart",
  // The second record is cut short.
  [`${A}/.guild/output.index`]: new Uint8Array([0, 0, 1, 0x8b, 0xcf, 0xe5, 0x68, 0, 1, 0, 0]),
  [`${A}/.guild/attrs/cmd`]: "- python\n- -u\n- say.py\n- --msg\n- hé\n",
  [`${A}/.guild/attrs/env`]: "HOME: /home/me\n",
  [`${A}/.guild/attrs/exit_status`]: "0\n",
  [`${A}/.guild/attrs/flags`]: 'day: 2020-01-01\nloud: false\nmsg: "h\\xE9"\n',
  [`${A}/.guild/attrs/label`]: "loud=no msg=hé\n",
  [`${A}/.guild/attrs/started`]: "1700000000000001\n",
  [`${A}/.guild/attrs/stopped`]: "1700000001000000\n",
  [`${A}/say.py`]: "print(1)\n",
};

test("a Guild run is listed and read like any other", async () => {
  await withRuns(NORMAL, async (dir) => {
    const { runs: [info], warnings } = await listRuns(dir, { config: true });
    assert.deepEqual(warnings, [{
      path: join(dir, A, ".guild"),
      message: `Cannot read all of 'output.index' in '${join(dir, A, ".guild")}': ` +
        "its last record is cut short",
    }]);
    assert.equal(info.id, A);
    assert.deepEqual(info.opref, { namespace: "script:/home/me/my proj", name: "say.py" });
    assert.deepEqual([info.status, info.exitCode, info.label], ["completed", 0, "loud=no msg=hé"]);
    assert.deepEqual([info.started, info.stopped], [1700000000000001, 1700000001000000]);
    assert.deepEqual(info.config, { day: "2020-01-01", loud: false, msg: "hé" });
    assert.deepEqual(await readRunInfo(info, { config: true }), info);

    const run = await openRun(join(dir, A));
    assert.deepEqual(run.opref, info.opref);
    assert.equal(await runStatus(run), "completed");
    assert.deepEqual(await runMeta.readCmd(run), {
      args: ["python", "-u", "say.py", "--msg", "hé"],
      env: { HOME: "/home/me" },
    });
    assert.deepEqual(await runMeta.readConfig(run), info.config);
    assert.equal(await runMeta.readOutput(run, "40_run"), "hi\npart");
    const lines = await runMeta.readOutputLines(run, "40_run");
    assert.deepEqual(lines.map(({ timestamp, stream, text }) => [timestamp, stream, text]), [
      [1700000000000, "err", "hi"],
      [null, "out", "part"],
    ]);
    assert.equal(await runMeta.readExit(run), 0);
    assert.equal((await runMeta.readUserAttributes(run)).label, "loud=no msg=hé");
  });
});

const STATUSES: readonly [files: Record<string, string>, status: string][] = [
  [{}, "error"],
  [{ "LOCK.remote": "host", PENDING: "" }, "running"],
  [{ PENDING: "", STAGED: "" }, "pending"],
  [{ STAGED: "", "attrs/exit_status": "0\n" }, "staged"],
  [{ "attrs/exit_status": "0\n", LOCK: "1" }, "completed"],
  [{ "attrs/exit_status": "-15\n" }, "terminated"],
  [{ "attrs/exit_status": "2\n" }, "error"],
  [{ LOCK: String(process.pid) }, "running"],
  [{ LOCK: "4194304" }, "error"],
  [{ LOCK: "no number" }, "error"],
  [{ "attrs/exit_status.remote": "2\n" }, "terminated"],
];

for (const [files, status] of STATUSES) {
  test(`status of a Guild run with ${JSON.stringify(files)}`, async () => {
    const all = { opref: OPREF, ...files };
    const named = Object.entries(all).map(([name, text]) => [`${A}/.guild/${name}`, text]);
    await withRuns(Object.fromEntries(named), async (dir) => {
      const { runs } = await listRuns(dir);
      assert.deepEqual(runs.map((run) => run.status), [status]);
      assert.equal(await runStatus(runs[0]), status);
    });
  });
}

const DAMAGED: readonly [what: string, files: Record<string, string>, listed: boolean][] = [
  ["a start that is no time", { opref: OPREF, "attrs/started": "soon\n" }, true],
  ["flags that are not YAML", { opref: OPREF, "attrs/flags": "a: [1\n" }, true],
  ["a label that is not YAML", { opref: OPREF, "attrs/label": "'open\n" }, true],
  ["an empty reference", { opref: "" }, false],
  ["a reference of three parts", { opref: "script:/p '' say.py" }, false],
  ["a record of the index that is cut short", { opref: OPREF, "output.index": "12345" }, true],
];

for (const [what, files, listed] of DAMAGED) {
  test(`${what} is one warning, and the others are listed`, async () => {
    const damaged = Object.entries(files).map(([name, text]) => [`${B}/.guild/${name}`, text]);
    const normal = { ...NORMAL, [`${A}/.guild/output.index`]: new Uint8Array(18) };
    await withRuns({ ...normal, ...Object.fromEntries(damaged) }, async (dir) => {
      const { runs, warnings } = await listRuns(dir, { config: true });
      assert.deepEqual(runs.map((run) => run.id), listed ? [A, B] : [A]);
      assert.equal(warnings.length, 1);
      assert.equal(warnings[0].path, join(dir, B, ".guild"));
    });
  });
}

test("trials of a batch that are not there are one warning, once it is over", async () => {
  const batch = {
    [`${B}/.guild/opref`]: "builtin:guildai 0.9.1 '' +",
    [`${B}/.guild/proto/.guild/opref`]: OPREF,
  };
  await withRuns(batch, async (dir) => {
    for (const id of ["c", "d"]) {
      symlinkSync(join("..", id.repeat(32)), join(dir, B, id.repeat(32)));
    }
    mkdirSync(join(dir, B, ".guild/attrs"));
    writeFileSync(join(dir, B, ".guild/PENDING"), "");
    assert.deepEqual((await listRuns(dir)).warnings, []);
    rmSync(join(dir, B, ".guild/PENDING"));
    writeFileSync(join(dir, B, ".guild/attrs/exit_status"), "0\n");
    const { runs, warnings } = await listRuns(dir);
    assert.deepEqual(runs.map((run) => run.opref?.name), ["say.py+"]);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0].message, /^Cannot find trial '.+' and 1 more of batch '.+': it was/);
  });
});

test("a directory without a reference is no Guild run", async () => {
  await withRuns({ [`${A}/file`]: "", [`${B}/.guild/attrs/id`]: B }, async (dir) => {
    assert.deepEqual(await listRuns(dir), { runs: [], warnings: [] });
  });
});

test("references are read and written", () => {
  for (
    const [text, name] of [
      ["script:/home/me/batch '' '' say.py", "say.py"],
      ["script:'/home/me/my proj' '' '' bo.py", "bo.py"],
      ["script:/p/say.py c65e3ac5c1f35b014880f44abea3ec2b '' say.py", "say.py"],
      [
        "guildfile:'/home/me/my proj/guild.yml' 1eea2cf476781e62201efdf963e2b4bf m1 op-a",
        "m1:op-a",
      ],
      ["package:mnist 1.0 cnn train", "mnist/cnn:train"],
      ["builtin:guildai 0.9.1 '' +", "+"],
      ["func: '' '' train", "train()"],
    ]
  ) {
    const opref = decodeGuildOpRef(text);
    assert.equal(encodeGuildOpRef(opref), text);
    assert.equal(oprefOfGuild(opref).name, name);
  }
  const proto = decodeGuildOpRef("script:/p '' '' say.py");
  const batch = decodeGuildOpRef("builtin:guildai 0.9.1 '' +");
  assert.equal(oprefOfGuild(batch, proto).name, "say.py+");
});

const YAML: readonly [text: string, value: unknown][] = [
  ["", null],
  ["0\n", 0],
  ["{}\n", {}],
  ["- a\n- - 1\n  - 2\n- b: 1\n  c: 2\n", ["a", [1, 2], { b: 1, c: 2 }]],
  ["a:\n  b:\n  - 1\n  c: ~\nd: []\n", { a: { b: [1], c: null }, d: [] }],
  ["long text that\n  goes on\n", "long text that goes on"],
  ["'it''s\n\n  two'\n", "it's\ntwo"],
  ['"a\\tb\\\n  \\ c\\xE9\\u20AC"\n', "a\tb cé€"],
  ["a: 1 # comment\n", { a: 1 }],
  ["a: !!python/object:x.Y {}\n", null],
  ["? long\n: 1\n", null],
];

for (const [text, value] of YAML) {
  test(`parseYamlAttribute() of ${JSON.stringify(text)}`, () => {
    if (text.startsWith("?") || text.includes("!!")) {
      assert.throws(() => parseYamlAttribute(text), { name: "SyntaxError", message: /line 1/ });
    } else assert.deepEqual(parseYamlAttribute(text), value);
  });
}

test("a Guild run that is locked on another host is running", async () => {
  const holder = {
    pid: 1,
    startTime: 1,
    host: "elsewhere",
    boot: null,
    pidSpace: null,
    nonce: "x",
  };
  const files = {
    [`${A}/.guild/opref`]: OPREF,
    [`${A}/.guild/LOCK`]: "4194304",
    [`${A}/.guild/LOCK.json`]: JSON.stringify(holder),
  };
  await withRuns(files, async (dir) => {
    const { runs } = await listRuns(dir);
    assert.deepEqual(runs.map((run) => run.status), ["running"]);
    await assert.rejects(acquireLock(runs[0]), /Cannot lock .*'elsewhere'.*remove 'LOCK'/);
  });
});
