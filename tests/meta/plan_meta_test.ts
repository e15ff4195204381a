import assert from "node:assert/strict";
import { test } from "node:test";
import { type MetaInput, planMeta } from "../../lib/meta/plan_meta.ts";
import { runName } from "../../lib/meta/run_name.ts";

const ID = "60a825b1-7dd5-4b4f-b4f6-0b1b1e3f0a52";
const INPUT: MetaInput = {
  run: { id: ID },
  opref: { namespace: "test", name: "test" },
  opdef: { name: "test", data: {} },
  cmd: { args: ["echo", "hello"], env: { foo: "123", bar: "abc" } },
  config: { y: 1.23, x: 123 },
  userAttrs: { label: "A test run" },
  systemAttrs: { platform: "test 123" },
  initialized: 1700000000000001,
};

function contents(input: MetaInput): Record<string, string> {
  return Object.fromEntries(planMeta(input).map(({ path, data }) => [path, data]));
}

function log(input: MetaInput): string[] {
  return planMeta(input).flatMap(({ logMessage }) => logMessage === null ? [] : [logMessage]);
}

test("planMeta() plans layout text as the seed documents have it", () => {
  const input: MetaInput = { ...INPUT, layout: "text" };
  assert.deepEqual(contents(input), {
    __schema__: "1",
    id: ID,
    name: runName(ID),
    "opdef.json": "{}",
    "config.json": '{\n  "x": 123,\n  "y": 1.23\n}',
    "proc/cmd": "echo\nhello\n",
    "proc/env": "bar=abc\nfoo=123\n",
    "user/label": "A test run",
    "sys/platform": "test 123",
    opref: "1 test test",
    initialized: "1700000000000001",
  });
  assert.deepEqual(log(input), [
    "Writing meta id",
    "Writing meta name",
    "Writing meta opdef.json",
    "Writing meta config.json",
    "Writing meta proc/cmd",
    "Writing meta proc/env",
    "Writing meta user/label",
    "Writing meta sys/platform",
    "Writing meta opref",
    "Writing meta initialized",
  ]);
});

test("planMeta() plans layout json as Gage has it", () => {
  assert.deepEqual(contents(INPUT), {
    opref: "2 test test",
    __schema__: "1",
    id: ID,
    "opdef.json": "{}",
    "config.json": '{\n  "x": 123,\n  "y": 1.23\n}',
    "proc/cmd.json": '["echo", "hello"]',
    "proc/env.json": '{\n  "bar": "abc",\n  "foo": "123"\n}',
    "sys/platform.json": '"test 123"',
    initialized: "1700000000000001",
  });
  assert.deepEqual(log(INPUT), [
    "Writing meta run id",
    "Writing meta opdef",
    "Writing meta config",
    "Writing meta proc cmd",
    "Writing meta proc env",
    "Writing meta system platform",
    "Writing meta initialized",
  ]);
});

test("planMeta() plans no config.json without config, and an empty one for none", () => {
  for (const layout of ["json", "text"] as const) {
    assert.equal(contents({ ...INPUT, layout, config: undefined })["config.json"], undefined);
    assert.equal(contents({ ...INPUT, layout, config: {} })["config.json"], "{}");
  }
});

test("planMeta() plans initialized last", () => {
  for (const layout of ["json", "text"] as const) {
    assert.equal(planMeta({ ...INPUT, layout }).at(-1)?.path, "initialized");
  }
});

test("planMeta() keeps a script and values of several lines in layout json", () => {
  const files = contents({ ...INPUT, cmd: { args: "#!/bin/sh\necho 1\n", env: { A: "1\n2" } } });
  assert.equal(files["proc/cmd.json"], '"#!/bin/sh\\necho 1\\n"');
  assert.equal(files["proc/env.json"], '{\n  "A": "1\\n2"\n}');
});

test("planMeta() records a shell string as arguments in layout text", () => {
  const input: MetaInput = { ...INPUT, layout: "text", cmd: { args: "echo $HOME", env: {} } };
  assert.equal(contents(input)["proc/cmd"], "/bin/sh\n-c\necho $HOME\n");
  assert.equal(contents({ ...input, cmd: { args: [], env: {} } })["proc/cmd"], "");
});

test("planMeta() refuses what a line of layout text cannot hold", () => {
  const plan = (cmd: MetaInput["cmd"]) => () => planMeta({ ...INPUT, layout: "text", cmd });
  const name = "RangeError";
  assert.throws(plan({ args: ["a\nb"], env: {} }), {
    name,
    message:
      /^Cannot record argument "a\\nb": layout 'text' has one per line .* use layout 'json'$/,
  });
  assert.throws(plan({ args: ["a\rb"], env: {} }), { name });
  assert.throws(plan({ args: [], env: { A: "1\n2" } }), { name, message: /variable "A=1\\n2"/ });
  assert.throws(plan({ args: "#!/bin/sh\necho", env: {} }), { name });
  const versioned = { ...INPUT.opref, version: "1" };
  assert.throws(() => planMeta({ ...INPUT, layout: "text", opref: versioned }), { name });
});

test("planMeta() refuses what no process can be given, in both layouts", () => {
  for (const layout of ["json", "text"] as const) {
    const plan = (cmd: MetaInput["cmd"]) => () => planMeta({ ...INPUT, layout, cmd });
    assert.throws(plan({ args: ["a\0"], env: {} }), /argument "a\\u0000": it has a NUL/);
    assert.throws(plan({ args: [], env: { "A=B": "" } }), /variable "A=B"/);
    assert.throws(plan({ args: [], env: { "": "1" } }), /variable ""/);
    assert.throws(plan({ args: [], env: { A: "\0" } }), /variable 'A'/);
  }
});

test("planMeta() refuses attributes that cannot be files", () => {
  for (const name of ["", "..", ".x", "a/b", "a\\b", "a\nb", "a.tmp", "x".repeat(201)]) {
    const attrs = { [name]: 1 };
    assert.throws(
      () => planMeta({ ...INPUT, systemAttrs: attrs }),
      /Cannot record system attribute/,
    );
    assert.throws(
      () => planMeta({ ...INPUT, layout: "text", userAttrs: attrs }),
      /Cannot record user attribute/,
    );
    assert.doesNotThrow(() => planMeta({ ...INPUT, userAttrs: attrs }), "no file of layout json");
  }
});

test("planMeta() refuses what JSON cannot hold", () => {
  const bad = (() => 1) as unknown as number;
  assert.throws(
    () => planMeta({ ...INPUT, config: { x: bad } }),
    /Cannot write config as JSON: .* at 'x'/,
  );
  assert.throws(
    () => planMeta({ ...INPUT, opdef: { name: "test", data: { x: bad } } }),
    /opdef as JSON/,
  );
  assert.throws(() => planMeta({ ...INPUT, userAttrs: { x: bad } }), /user attributes as JSON/);
});
