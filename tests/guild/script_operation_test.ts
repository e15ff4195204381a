import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { checkFlagValue } from "../../lib/guild/check_flag_value.ts";
import { detectFlags } from "../../lib/guild/detect_flags.ts";
import { flagArgs } from "../../lib/guild/flag_args.ts";
import type { FlagDef } from "../../lib/guild/flag_def.ts";
import { decodeFlags, encodeFlags } from "../../lib/guild/flag_json.ts";
import { checkFlagValues, isTrialValue, parseFlags } from "../../lib/guild/parse_flags.ts";
import { scriptCommand } from "../../lib/guild/script_command.ts";
import { scriptOperation } from "../../lib/guild/script_operation.ts";
import { planScript } from "../../lib/project/plan_script.ts";
import { initRunMeta } from "../../lib/run/init_run_meta.ts";
import { makeRun } from "../../lib/run/make_run.ts";
import { stageRun } from "../../lib/run/stage_run.ts";
import type { JsonValue } from "../../lib/types.ts";

async function inDir(
  files: Readonly<Record<string, string>>,
  use: (dir: string) => Promise<void>,
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "runlit-script-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
    await use(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const PARSER = `
import argparse, json
p = argparse.ArgumentParser()
p.add_argument("--bo", action=argparse.BooleanOptionalAction, default=True)
p.add_argument("--amp", action=argparse.BooleanOptionalAction)
p.add_argument("--no-cache", dest="cache", action="store_false")
p.add_argument("--mode", action="store_const", const="fast", default="slow")
p.add_argument("--sizes", nargs="+", type=int, default=[1])
p.add_argument("--define", "-D", action="append", default=["a=1"])
p.add_argument("-v", "--verbose", action="count", default=1)
p.add_argument("--low", type=float, default=0.5)
p.add_argument("--text", default="")
p.add_argument("-n", type=int)
p.add_argument("--seed", type=int, default=0)
s = p.add_subparsers(dest="cmd")
for name in ("train",):
    pass
a = s.add_parser("train")
a.add_argument("--lr", type=float, default=0.1)
print(json.dumps(vars(p.parse_args())))
`;

const GIVEN: readonly [values: Record<string, JsonValue>, seen: Record<string, JsonValue>][] = [
  [{}, { bo: true, amp: null, cache: true, mode: "slow", sizes: [1], define: ["a=1"], verbose: 1 }],
  [{ bo: false, amp: false, cache: false }, { bo: false, amp: false, cache: false }],
  [{ amp: true, mode: "fast", sizes: [3, 4] }, { amp: true, mode: "fast", sizes: [3, 4] }],
  [{ verbose: 3, low: -2, n: -7 }, { verbose: 3, low: -2, n: -7 }],
  [{ text: "-x y", seed: 5 }, { text: "-x y", seed: 5 }],
  [{ text: "--low" }, { text: "--low", low: 0.5 }],
  [{ cmd: "train", lr: 1, sizes: [1, 2] }, { cmd: "train", lr: 1, sizes: [1, 2] }],
];

for (const [values, seen] of GIVEN) {
  test(`argparse sees ${JSON.stringify(values)}`, async () => {
    const { flags } = await detectFlags(PARSER, "p.py");
    const all = Object.fromEntries(flags.map((flag) => [flag.name, flag.default]));
    if (values.cmd === undefined) delete all.lr;
    const args = flagArgs(flags, { ...all, ...values });
    const { stdout, stderr } = spawnSync("python3", ["-c", PARSER, ...args], { encoding: "utf8" });
    const found = JSON.parse(stdout || JSON.stringify(stderr));
    assert.deepEqual({ ...found, ...seen }, found, `${args.join(" ")}: ${stdout}${stderr}`);
  });
}

test("scriptOperation() overlays what a project declares", async () => {
  await inDir({ "train.py": "lr = 0.1\nepochs = 3\n" }, async (dir) => {
    const flags = { lr: { description: "rate" }, more: 7, epochs: { choices: [3, 5] } };
    const declared = { name: "train", data: { script: "train.py", flags } };
    const operation = await scriptOperation(dir, "train.py", { declared });
    assert.equal(operation.opdef.name, "train");
    assert.deepEqual(operation.flags.map((flag) => [flag.name, flag.default]), [
      ["lr", 0.1],
      ["epochs", 3],
      ["more", 7],
    ]);
    assert.equal(operation.flags[0].description, "rate");
    const bad = { name: "train", data: { script: "train.py", flags: { lr: { chioces: [1] } } } };
    await assert.rejects(
      scriptOperation(dir, "train.py", { declared: bad }),
      /Cannot use 'chioces' of flag 'lr' in flags of operation 'train': did you mean 'choices'/,
    );
  });
});

test("a script that neither our parser nor Python understands is refused", async () => {
  await inDir({ "a.py": "x = 1\nif x >:\n  pass\n" }, async (dir) => {
    await assert.rejects(scriptOperation(dir, "a.py"), {
      name: "FlagError",
      message: /^Cannot read flags of 'a\.py': .* in line 2$/,
    });
  });
});

test("a project's own command takes the arguments of flags", async () => {
  await inDir({ "a.sh": 'case "$1" in --msg) M="$2"; shift 2;;\nesac\n' }, async (dir) => {
    for (
      const [exec, args] of [
        [["env", "sh", "a.sh", "${flag_args}"], ["env", "sh", "a.sh", "--msg", "b c"]],
        ["sh a.sh ${flag_args} | cat", "sh a.sh --msg 'b c' | cat"],
      ] as const
    ) {
      const declared = { name: "a", data: { script: "a.sh", exec } };
      const operation = await scriptOperation(dir, "a.sh", { declared });
      const plan = await planScript(dir, operation, { values: { msg: "b c" } });
      assert.deepEqual(plan.cmd.args, args);
    }
  });
});

test("planScript() needs what the script needs", async () => {
  await inDir(
    {
      "a.mjs": 'import { program } from "commander";\nprogram.requiredOption("--name <n>", "x");\n',
    },
    async (dir) => {
      const operation = await scriptOperation(dir, "a.mjs");
      await assert.rejects(planScript(dir, operation), /Cannot run 'a.mjs': it needs name=VALUE/);
      const plan = await planScript(dir, operation, { values: { name: "x" } });
      assert.deepEqual(plan.cmd, {
        args: ["node", "a.mjs", "--name", "x"],
        env: { FLAG_NAME: "x" },
      });
    },
  );
});

test("flags that are in the source are put into the run's copy", async () => {
  await inDir({
    "g.py": "# rate\nlr = 0.1\nlayers = [1, 2]\n",
    "g.sh": "lr=0.1 # rate\n",
    "g.ts": "export const lr: number = 0.1;\n",
  }, async (dir) => {
    const runs = mkdtempSync(join(tmpdir(), "runlit-runs-"));
    try {
      for (
        const [file, values, expected] of [
          ["g.py", { lr: 1, layers: [3] }, "# rate\nlr = 1.0\nlayers = [3]\n"],
          ["g.sh", { lr: 2 }, "lr=2 # rate\n"],
          ["g.ts", { lr: 2 }, "export const lr: number = 2;\n"],
        ] as const
      ) {
        const plan = await planScript(dir, await scriptOperation(dir, file), { values });
        const run = await makeRun(runs);
        await initRunMeta(run, plan);
        await stageRun(run, dir);
        assert.equal(readFileSync(join(run.runDir, file), "utf8"), expected);
      }
    } finally {
      rmSync(runs, { recursive: true });
    }
  });
});

test("scriptCommand() finds the program", () => {
  const options = { path: "/nowhere" };
  assert.deepEqual(scriptCommand("a.py", "", "python", options), ["python3", "-u", "a.py"]);
  assert.deepEqual(scriptCommand("a.ts", "", "javascript", options), ["node", "a.ts"]);
  assert.deepEqual(
    scriptCommand("a.ts", 'import x from "jsr:@std/x";', "javascript", options),
    ["deno", "run", "-A", "a.ts"],
  );
  const shebang = "#!/usr/bin/env -S deno run --allow-net\n";
  assert.deepEqual(
    scriptCommand("a.ts", shebang, "javascript", options),
    ["deno", "run", "--allow-net", "a.ts"],
  );
  assert.deepEqual(scriptCommand("a.sh", "", "shell", options), ["sh", "a.sh"]);
  assert.equal(scriptCommand("d/a.ipynb", "", "notebook", options).at(-2), "a.executed.ipynb");
});

const CHECKED: readonly [
  flag: Omit<FlagDef, "name" | "default">,
  value: JsonValue,
  why: RegExp | null,
][] = [
  [{ type: "int" }, 1, null],
  [{ type: "int" }, 1.5, /whole numbers/],
  [{ type: "int" }, "a", /whole numbers/],
  [{ type: "int" }, "12345678901234567890", null],
  [{ type: "float" }, 1, null],
  [{ type: "float" }, "x", /takes numbers/],
  [{ type: "boolean" }, true, null],
  [{ type: "boolean" }, "maybe", /yes or no/],
  [{ type: "string" }, 1, null],
  [{ type: "existing-path" }, "/nowhere/at/all", /no such file/],
  [{ type: "existing-path" }, "/", null],
  [{ choices: ["a", "b"] }, "a", null],
  [{ choices: ["adam", "sgd"] }, "adm", /one of adam, sgd; did you mean 'adam'/],
  [{ choices: [1, 2] }, "2", null],
  [{ type: "int", argSplit: true }, [1, 2], null],
  [{ type: "int", argSplit: true }, [1, "x"], /whole numbers/],
  [{ type: "int" }, null, null],
];

for (const [flag, value, why] of CHECKED) {
  test(`checkFlagValue() of ${JSON.stringify(flag)} with ${JSON.stringify(value)}`, () => {
    const check = () => checkFlagValue({ name: "x", default: null, ...flag }, value);
    if (why === null) check();
    else assert.throws(check, { name: "FlagError", message: why });
  });
}

test("parseFlags() tells one value from values to try", async () => {
  const flags: FlagDef[] = [
    { name: "lr", default: 0.1, type: "float" },
    { name: "sizes", default: [1] },
    { name: "batch-size", default: 1 },
  ];
  const values = await parseFlags(["lr=[0.1,0.2]", "sizes=[2,3]", "batch_size=[1:8]"], flags);
  assert.deepEqual(values, { lr: [0.1, 0.2], sizes: [2, 3], "batch-size": "[1:8]" });
  assert.equal(isTrialValue(flags[0], values.lr), true);
  assert.equal(isTrialValue(flags[1], values.sizes), false);
  assert.equal(isTrialValue(flags[1], [[1], [2]]), true);
  assert.equal(isTrialValue(flags[2], values["batch-size"]), true);
  await assert.rejects(
    parseFlags(["lr=[0.1,x]"], flags),
    /Cannot set flag 'lr' to x: it takes numbers/,
  );
  await assert.rejects(
    parseFlags(["rate=1"], flags),
    /no flag 'rate' of the script: it has lr, sizes/,
  );
  await assert.rejects(parseFlags(["lr"], flags), /write it as 'lr=VALUE'/);
  assert.throws(() => checkFlagValues({ ...flags[2], type: "int" }, "uniform[0.5:1]"), /whole/);
});

test("decodeFlags() reads what encodeFlags() writes", async () => {
  const { flags } = await detectFlags(PARSER, "p.py");
  assert.deepEqual(decodeFlags(encodeFlags(flags)), flags);
  assert.throws(() => decodeFlags([1]), /has to be a table of flags/);
  assert.throws(() => decodeFlags({ a: { type: "integer" } }), /one of string, int/);
});
