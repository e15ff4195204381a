import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePermissions } from "../../lib/phases/scope/parse_permissions.ts";
import { parseQuantity } from "../../lib/phases/scope/parse_quantity.ts";
import { readPermissions } from "../../lib/phases/scope/read_permissions.ts";
import { ScopeError } from "../../lib/phases/scope/scope_error.ts";
import type { JsonObject } from "../../lib/types.ts";

/** The message of the error that permissions are refused with. */
function refusal(value: unknown): string {
  try {
    parsePermissions(value, { where: "operation 'train'" });
  } catch (error) {
    assert.ok(error instanceof ScopeError, String(error));
    return error.message;
  }
  return "(accepted)";
}

test("parsePermissions() takes the name of a profile for all phases", () => {
  assert.deepEqual(parsePermissions("strict"), { all: { profile: "strict" }, phases: {} });
  assert.deepEqual(parsePermissions(undefined), { all: {}, phases: {} });
});

test("parsePermissions() takes a profile or a table for a phase, by any of its names", () => {
  const { phases } = parsePermissions({
    "stage-runtime": "open",
    "copy-deps": { net: true },
    run: { profile: "strict", net: true, gpu: true },
  });
  assert.deepEqual(phases, {
    runtime: { profile: "open" },
    dependencies: { net: { allow: true, deny: [] } },
    run: { profile: "strict", net: { allow: true, deny: [] }, gpu: true },
  });
});

test("parsePermissions() takes true, false, a list, or { allow, deny } for each kind", () => {
  const { all } = parsePermissions({
    read: true,
    write: false,
    net: ["unix"],
    env: { allow: ["PARAM_*"], deny: ["PARAM_KEY"] },
  });
  assert.deepEqual(all, {
    read: { allow: true, deny: [] },
    write: { allow: [], deny: [] },
    net: { allow: ["unix"], deny: [] },
    env: { allow: ["PARAM_*"], deny: ["PARAM_KEY"] },
  });
  const { read } = parsePermissions({ read: { deny: ["~/raw"] } }).all;
  assert.deepEqual(read, { allow: null, deny: ["~/raw"] });
});

test("parsePermissions() reads limits in the units that people write", () => {
  const { limits } = parsePermissions({
    limits: { "time": "1h30m", "memory": "8GB", "file-size": "1GiB", "files": 1e6, "disk": false },
  }).all;
  assert.deepEqual(limits, {
    time: 5_400_000,
    memory: 8e9,
    fileSize: 2 ** 30,
    files: 1e6,
    disk: null,
  });
});

for (
  const [value, expected] of [
    [
      "stirct",
      "Unknown profile \"stirct\" in 'permissions' of operation 'train': did you mean 'strict'?",
    ],
    [5, "'permissions' of operation 'train' has to be the name of a profile or a table"],
    [{ rnu: {} }, "Unknown key 'permissions.rnu' of operation 'train': did you mean 'run'?"],
    [
      { run: { nte: true } },
      "Unknown key 'permissions.run.nte' of operation 'train': did you mean 'net'?",
    ],
    [{ run: { timeout: 5 } }, "did you mean 'limits.time'?"],
    [{ run: ["python3"] }, "it is the phase, whose programs are 'permissions.run.run'"],
    [
      { read: 5 },
      "'permissions.read' of operation 'train' has to be true, false, a list or { allow, deny }",
    ],
    [{ read: { alow: [] } }, "did you mean 'allow'?"],
    [{ read: { deny: true } }, "'permissions.read.deny' of operation 'train' has to be a list"],
    [
      { net: [""] },
      "'permissions.net' of operation 'train' has an empty item, \"\": take it out, or say what",
    ],
    [
      { read: { deny: ["data", " "] } },
      "'permissions.read.deny' of operation 'train' has an empty item, \" \"",
    ],
    [{ run: { run: { allow: [""] } } }, "'permissions.run.run.allow' of operation 'train' has an"],
    [{ net: [1] }, "'permissions.net' of operation 'train' has to be"],
    [{ gpu: "yes" }, "'permissions.gpu' of operation 'train' has to be true or false"],
    [{ limits: 5 }, 'has to be a table, such as { time = "1h" }'],
    [
      { limits: { tiem: 5 } },
      "Unknown limit 'permissions.limits.tiem' of operation 'train': did you mean 'time'?",
    ],
    [
      { limits: { memory: "lots" } },
      'has to be bytes or a size such as "8GB", or false for none; it is "lots"',
    ],
    [{ limits: { files: -1 } }, "has to be a whole number above 0"],
    [{ "run": "strict", "deps": {} }, "Unknown key 'permissions.deps'"],
    [{ "runtime": {}, "stage-runtime": {} }, "names the phase 'runtime' again"],
  ] as const
) {
  test(`parsePermissions() refuses ${JSON.stringify(value)}`, () => {
    const message = refusal(value);
    assert.ok(message.includes(expected), message);
  });
}

test("parsePermissions() refuses or takes whatever it gets, and never fails otherwise", () => {
  let seed = 7;
  const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
  const words = [
    "read",
    "write",
    "net",
    "run",
    "limits",
    "profile",
    "allow",
    "deny",
    "time",
    "__proto__",
    "gpu",
  ];
  const value = (depth: number): unknown => {
    switch (random(depth > 3 ? 5 : 8)) {
      case 0:
        return random(2) === 0;
      case 1:
        return random(1000) - 500;
      case 2:
        return ["strict", "open", "", "1h", "8GB", "${run}", "*"][random(7)];
      case 3:
        return null;
      case 4:
        return Array.from({ length: random(3) }, () => value(depth + 1));
      default:
        return Object.fromEntries(
          Array.from({ length: random(4) }, () => [words[random(words.length)], value(depth + 1)]),
        );
    }
  };
  for (let i = 0; i < 3000; i++) refusal(value(0));
});

test("parseQuantity() knows numbers, units and sums of durations", () => {
  assert.equal(parseQuantity(90, "duration"), 90_000);
  assert.equal(parseQuantity("90", "duration"), 90_000);
  assert.equal(parseQuantity("500ms", "duration"), 500);
  assert.equal(parseQuantity("2d 12h", "duration"), 216_000_000);
  assert.equal(parseQuantity("1_000", "size"), 1000);
  assert.equal(parseQuantity("1.5k", "size"), 1536);
  assert.equal(parseQuantity("2e9", "size"), 2e9);
  for (const bad of ["", "h", "1x", "-5s", "5 5", "1h x", 0, NaN, Infinity, null, {}]) {
    assert.equal(parseQuantity(bad, "duration"), null, String(bad));
  }
  assert.equal(parseQuantity("1e3", "count"), 1000);
  assert.equal(parseQuantity(1.5, "count"), null);
});

test("readPermissions() reads the project's before the operation's", () => {
  const opdef = { name: "train", data: { permissions: { run: "strict" } } };
  const found = readPermissions(opdef, { permissions: { net: false } });
  assert.equal(found.length, 2);
  assert.deepEqual(found[0].all.net, { allow: [], deny: [] });
  assert.throws(() => readPermissions(opdef, { permissions: "open it" }), /of the project/);
});

test("readPermissions() takes no key for permissions that is almost called so", () => {
  const why = (data: JsonObject, settings: JsonObject = {}) => {
    try {
      readPermissions({ name: "train", data }, settings);
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  };
  for (const key of ["permission", "permisions", "Permissions", "premissions", "perm"]) {
    assert.equal(
      why({ [key]: "strict" }),
      `Unknown key '${key}' of operation 'train': did you mean 'permissions'?`,
    );
  }
  assert.equal(
    why({}, { permision: "strict" }),
    "Unknown key '$permision' of the project: did you mean '$permissions'?",
  );
  assert.equal(
    why({}, { scopes: "require" }),
    "Unknown key '$scopes' of the project: did you mean '$scope'?",
  );
  const others = {
    emissions: 1,
    versions: 1,
    options: {},
    per: 1,
    description: "",
    sourcecode: "*",
  };
  assert.equal(why(others, { "runs-dir": "runs", slope: 1, s: 1 }), null);
});
