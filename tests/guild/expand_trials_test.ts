import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { expandTrials } from "../../lib/guild/expand_trials.ts";
import type { FlagDef } from "../../lib/guild/flag_def.ts";
import { trialSpace } from "../../lib/guild/trial_space.ts";
import { readTrialsFile } from "../../lib/guild/read_trials_file.ts";

test("every combination, sorted by name, the last name fastest", () => {
  const { trials, total } = expandTrials({ msg: ["a", "b", "c"], loud: [true, false], n: 1 });
  assert.equal(total, 6);
  assert.deepEqual(trials.map(({ loud, msg, n }) => [loud, msg, n]), [
    [true, "a", 1],
    [true, "b", 1],
    [true, "c", 1],
    [false, "a", 1],
    [false, "b", 1],
    [false, "c", 1],
  ]);
});

test("values are tried as often as they are written", () => {
  assert.deepEqual(expandTrials({ x: [2, 1, 2] }).trials, [{ x: 2 }, { x: 1 }, { x: 2 }]);
  assert.deepEqual(expandTrials({ x: 1 }), { trials: [{ x: 1 }], total: 1 });
});

test("a list is one value of a flag that takes several", () => {
  const flags: FlagDef[] = [{ name: "sizes", default: null, argSplit: true }];
  assert.deepEqual(expandTrials({ sizes: [1, 2] }, { flags }).trials, [{ sizes: [1, 2] }]);
  assert.deepEqual(expandTrials({ sizes: [[1, 2], [3]] }, { flags }).trials, [
    { sizes: [1, 2] },
    { sizes: [3] },
  ]);
});

test("an empty list is an error", () => {
  assert.throws(() => expandTrials({ x: [] }), /Cannot try flag 'x': its list is empty/);
});

test("maxTrials chooses some, in the same order, the same for the same seed", () => {
  const values = { a: Array.from({ length: 1000 }, (_, i) => i), b: [1, 2, 3] };
  const some = expandTrials(values, { maxTrials: 50, seed: 1 });
  assert.deepEqual([some.trials.length, some.total], [50, 3000]);
  const order = some.trials.map(({ a, b }) => (a as number) * 3 + (b as number));
  assert.deepEqual(order, [...order].sort((x, y) => x - y));
  assert.equal(new Set(order).size, 50);
  assert.deepEqual(expandTrials(values, { maxTrials: 50, seed: 1 }), some);
  assert.notDeepEqual(expandTrials(values, { maxTrials: 50, seed: 2 }), some);
  assert.equal(expandTrials(values, { maxTrials: 9999 }).trials.length, 3000);
});

test("of very many combinations some can be chosen, but not all listed", () => {
  const list = Array.from({ length: 2000 }, (_, i) => i);
  const values = { a: list, b: list, c: list };
  assert.throws(() => expandTrials(values), /Cannot make 8000000000 trials: .*'--max-trials'/);
  assert.equal(expandTrials(values, { maxTrials: 5 }).trials.length, 5);
});

test("ranges are sampled, and lists with them", () => {
  const values = { n: "[1:3]", lr: "loguniform[1e-5:1e-1]", x: "uniform[0:1:0.25]", o: ["a", "b"] };
  const { trials, total } = expandTrials(values, { seed: 3 });
  assert.deepEqual([trials.length, total], [20, Infinity]);
  assert.equal(trials[0].x, 0.25);
  for (const { n, lr, o } of trials) {
    assert.ok([1, 2, 3].includes(n as number));
    assert.ok((lr as number) >= 1e-5 && (lr as number) <= 1e-1);
    assert.ok(o === "a" || o === "b");
  }
  assert.equal(new Set(trials.map((trial) => trial.n)).size, 3);
  assert.ok(trials.filter((trial) => (trial.lr as number) < 1e-3).length >= 5);
  assert.deepEqual(expandTrials(values, { seed: 3 }).trials, trials);
});

for (const sampler of ["lhs", "sobol"] as const) {
  test(`${sampler} puts one sample in each slice of every flag`, () => {
    const values = Object.fromEntries(
      Array.from({ length: sampler === "lhs" ? 30 : 20 }, (_, i) => [`f${i}`, "[0.0:1.0]"]),
    );
    const { trials } = expandTrials(values, { sampler, maxTrials: 64, seed: 5 });
    for (const name of Object.keys(values)) {
      const slices = new Set(trials.map((trial) => Math.floor((trial[name] as number) * 64)));
      assert.equal(slices.size, 64, name);
    }
  });
}

test("sobol fills the plane evenly", () => {
  const { trials } = expandTrials({ x: "[0.0:1.0]", y: "[0.0:1.0]" }, {
    sampler: "sobol",
    maxTrials: 256,
    seed: 9,
  });
  const cells = new Map<string, number>();
  for (const { x, y } of trials) {
    const cell = `${Math.floor((x as number) * 16)} ${Math.floor((y as number) * 16)}`;
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  assert.deepEqual([cells.size, Math.max(...cells.values())], [256, 1]);
});

test("what cannot be sampled is an error", () => {
  assert.throws(() => expandTrials({ x: 1 }, { sampler: "lhs" }), /There is nothing to sample/);
  const many = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`f${i}`, "[0:1]"]));
  assert.throws(() => expandTrials(many, { sampler: "sobol" }), /up to 20, use 'lhs'/);
});

test("rows come in their order, below what is given, each with its own lists", () => {
  const rows = [{ a: [1, 2], b: 5 }, { a: 3, b: "[7:7.5]" }];
  const { trials } = expandTrials({ c: ["x", "y"] }, { rows: [rows[0]] });
  assert.deepEqual(trials.map(({ a, b, c }) => [a, b, c]), [
    [1, 5, "x"],
    [1, 5, "y"],
    [2, 5, "x"],
    [2, 5, "y"],
  ]);
  const { trials: all } = expandTrials({ b: 0 }, { rows });
  assert.deepEqual(all, [{ a: 1, b: 0 }, { a: 2, b: 0 }, { a: 3, b: 0 }]);
  const { trials: [, , last] } = expandTrials({}, { rows });
  assert.ok((last.b as number) >= 7 && (last.b as number) <= 7.5);
});

test("samples of several rows are shared out", () => {
  const rows = [{ a: 1 }, { a: 2 }, { a: 3 }];
  const { trials } = expandTrials({ x: "[0.0:1.0]" }, { rows, maxTrials: 5 });
  assert.deepEqual(trials.map(({ a }) => a), [1, 1, 2, 2, 3]);
  assert.equal(expandTrials({ x: "[0.0:1.0]" }, { rows }).trials.length, 60);
  assert.throws(() => expandTrials({ x: "[0:1]" }, { maxTrials: 1_000_001 }), /the most are/);
});

test("trialSpace() counts a million trials, and makes them one by one", () => {
  const list = Array.from({ length: 1000 }, (_, i) => i);
  const space = trialSpace({ b: list, a: list, c: 1 });
  assert.deepEqual([space.names, space.count, space.total], [["a", "b", "c"], 1e6, 1e6]);
  for (let again = 0; again < 2; again++) {
    let next = 0;
    for (const { a, b } of space.trials()) {
      if ((a as number) * 1000 + (b as number) !== next++) assert.fail(`${a} ${b}`);
    }
    assert.equal(next, 1e6);
  }
});

const FLAGS: FlagDef[] = [
  { name: "lr", default: 0.1, type: "float" },
  { name: "batch-size", default: 1 },
  { name: "opt", default: "sgd", choices: ["sgd", "adam"] },
];

const TRIALS: readonly [file: string, text: string, rows: unknown][] = [
  ["t.csv", "lr,opt\r\n0.1,adam\r\n1e-3,\r\n", [{ lr: 0.1, opt: "adam" }, { lr: 0.001 }]],
  ["t.csv", 'lr,batch_size\n"[0.1,0.2]",8\n', [{ lr: [0.1, 0.2], "batch-size": 8 }]],
  ["t.json", '[{"lr": 0.5}, {"opt": "sgd"}]', [{ lr: 0.5 }, { opt: "sgd" }]],
  ["t.json", '{"lr": [1, 2]}', [{ lr: [1, 2] }]],
  ["t.yaml", "- lr: 1e-3\n- opt: adam\n", [{ lr: 0.001 }, { opt: "adam" }]],
  ["t.yml", "lr: [1, 2]\n", [{ lr: [1, 2] }]],
  ["t.toml", "[[trial]]\nlr = 0.5\n[[trial]]\nopt = 'adam'\n", [{ lr: 0.5 }, { opt: "adam" }]],
  ["t.toml", "lr = [0.5, 1.0]\n", [{ lr: [0.5, 1] }]],
];

const BAD: readonly [file: string, text: string, why: RegExp][] = [
  ["t.csv", "lr,opt\n0.1\n", /row 1 has 1 cells, and there are 2 names/],
  ["t.csv", 'lr\n"0.1\n', /a quote is not closed.* in line 2/],
  ["t.csv", "lr,lr\n1,2\n", /there are two columns 'lr'/],
  ["t.csv", "lr\n", /it has no rows/],
  ["t.csv", "", /it has no rows/],
  ["t.csv", "lr,\n1,2\n", /There is no flag ''/],
  ["t.csv", "rate\n1\n", /There is no flag 'rate'/],
  ["t.csv", "lr\n[1\n", /Cannot use '\[1' as a list.* in row 1$/],
  ["t.json", "[1]", /row 1 is no map/],
  ["t.json", '[{"lr": 1}, {"opt": "adm"}]', /Cannot use row 2 of .*did you mean 'adam'/],
  ["t.json", "{", /Cannot read trials from .*: close brace expected in line 1$/],
  ["t.json", '[{"lr": 1},\n {"lr": }]', /value expected in line 2$/],
  ["t.json", "", /Cannot read trials from .* in line 1$/],
  ["t.json", "[]", /it has no rows/],
  ["t.toml", "lr = 1\nopt = \n", /Cannot read trials from .* in line 2$/],
  ["t.yaml", "a: [1", /line 1/],
  ["t.txt", "lr", /has to end in \.csv/],
];

test("readTrialsFile() says what kind of file it cannot read", async () => {
  const dir = mkdtempSync(join(tmpdir(), "runlit-trials-"));
  try {
    writeFileSync(join(dir, "t.csv"), Uint8Array.of(0xff, 0xfe, 10));
    await assert.rejects(readTrialsFile(join(dir, "t.csv"), FLAGS), /: it is not UTF-8$/);
    await assert.rejects(readTrialsFile(join(dir, "u.csv"), FLAGS), /: there is no such file$/);
    await assert.rejects(readTrialsFile(dir, FLAGS), /: it is a directory$/);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

for (const [name, text, expected] of [...TRIALS, ...BAD]) {
  test(`readTrialsFile() of ${name} with ${JSON.stringify(text)}`, async () => {
    const dir = mkdtempSync(join(tmpdir(), "runlit-trials-"));
    try {
      const file = join(dir, name);
      writeFileSync(file, text);
      if (expected instanceof RegExp) {
        await assert.rejects(readTrialsFile(file, FLAGS), { name: "FlagError", message: expected });
      } else assert.deepEqual(await readTrialsFile(file, FLAGS), expected);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
}
