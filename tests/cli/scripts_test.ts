import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { without } from "../meta/_tools.ts";
import { inCliProject } from "./_tools.ts";

const FILES = {
  "say.py": `import argparse
p = argparse.ArgumentParser(description="Says something")
p.add_argument("--msg", default="hello", help="what to say")
p.add_argument("--loud", action="store_true")
p.add_argument("--lang", choices=["en", "de"], default="en")
p.add_argument("--times", type=int, default=1)
p.add_argument("--rate", type=float, default=0.5)
p.add_argument("--sizes", type=int, nargs="+", default=[1, 2])
p.add_argument("--bo", action=argparse.BooleanOptionalAction, default=True)
args = p.parse_args()
print(args.msg, args.loud, args.lang, args.times, args.rate, args.sizes, args.bo)
`,
  "needs.py":
    'import argparse\np = argparse.ArgumentParser()\np.add_argument("--n", type=int, required=True)\nprint(p.parse_args().n)\n',
  "fire.py": "import fire\nfire.Fire(print)\n",
  "bad.py": "import argparse\nif True\n    x = 1\n",
  "bad.js": "const a = 1;\nconst = 2;\n",
  "bad.ipynb": '{"cells": [\n',
  "args.ts": `import { parseArgs } from "node:util";
const options = { lr: { type: "string", default: "0.1" }, loud: { type: "boolean" } } as const;
const { values } = parseArgs({ options });
const text: string = JSON.stringify(values);
console.log(text);
`,
  "args.mjs": `import { parseArgs } from "node:util";
const options = { lr: { type: "string", default: "0.1" }, loud: { type: "boolean" } };
console.log(JSON.stringify(parseArgs({ options }).values));
`,
  "nb.ipynb": JSON.stringify({
    cells: [{ cell_type: "code", source: "lr = 0.1\n", outputs: [], metadata: {} }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  }),
  "runlit.toml": '[op]\nexec = "echo never"\n',
  "set.sh": "n=1\nname='a b'\necho \"$n $name\"\n",
  "short.csv": "rate,times\n1\n",
  "rate.csv": "rate\n0.1\nmuch\n",
  "open.json": '[{"times": 1},\n',
  "trials.txt": "times\n1\n",
  "empty.csv": "times\n",
};

const off = ["--scope", "off", "--durability", "fast", "-q"];

test("Python, JavaScript and shell scripts run with their flags", async () => {
  await inCliProject(FILES, async ({ runlit, list }) => {
    const cases: [string[], string][] = [
      [["say.py"], "hello False en 1 0.5 [1, 2] True\n"],
      [
        ["say.py", "msg=2020-01-01", "loud=yes", "sizes=[3,4]", "bo=no", "rate=1e-3"],
        "2020-01-01 True en 1 0.001 [3, 4] False\n",
      ],
      [["say.py", "msg=naïve 'x'"], "naïve 'x' False en 1 0.5 [1, 2] True\n"],
      [["say.py", "msg=-v"], "-v False en 1 0.5 [1, 2] True\n"],
      [["args.mjs", "lr=-3", "loud=yes"], '{"loud":true,"lr":"-3"}\n'],
      [["set.sh", 'name=it\'s "$n"', "n=7"], '7 it\'s "$n"\n'],
    ];
    for (const [args, printed] of cases) {
      const result = await runlit("run", ...args, ...off);
      assert.deepEqual([result.code, result.stdout], [0, printed], result.stderr);
    }
    const runs = await list();
    const { config } = runs[runs.length - 2] as unknown as { config: object };
    assert.deepEqual(config, {
      msg: "2020-01-01",
      loud: true,
      lang: "en",
      times: 1,
      rate: 0.001,
      sizes: [3, 4],
      bo: false,
    });
  });
});

test("TypeScript runs on Deno where there is one", {
  skip: without("deno", "--version"),
}, async () => {
  await inCliProject(FILES, async ({ runlit }) => {
    const result = await runlit("run", "args.ts", "lr=-3", "loud=yes", ...off);
    assert.deepEqual([result.code, result.stdout], [0, '{"loud":true,"lr":"-3"}\n'], result.stderr);
  });
});

test("runlit help lists the flags of a script, and what it cannot know", async () => {
  await inCliProject(FILES, async ({ runlit }) => {
    const help = await runlit("help", "say.py");
    assert.equal(help.code, 0);
    assert.match(
      help.stdout,
      /^msg\thello\t\twhat to say\nloud\tno\tyes, no\t\nlang\ten\ten, de\t\n/,
    );
    assert.match(help.stdout, /^sizes\t\[1, 2\]\tlist of int\t$/m);
    const { flags, unknown } = JSON.parse((await runlit("help", "fire.py", "--json")).stdout);
    assert.deepEqual(flags, {});
    assert.match(unknown[0].reason, /flags of 'fire' cannot be read/);
    assert.match(
      (await runlit("flags", "fire.py")).stderr,
      /^warning: its options in line 1 cannot/m,
    );
    assert.match((await runlit("help", "nb.ipynb")).stdout, /^lr\t0\.1\tfloat\t$/m);
    const cases: [string, RegExp][] = [
      ["nothing.py", /There is no script 'nothing\.py'/],
      ["rnu", /unknown command 'rnu'; did you mean 'run'\?/],
      ["nonsense", /'nonsense' is not a script/],
    ];
    for (const [word, message] of cases) {
      const { code, stderr } = await runlit("help", word);
      assert.equal(code, 2);
      assert.match(stderr, message);
    }
  });
});

const BAD: readonly [words: string, code: number, message: RegExp][] = [
  ["say.py msgs=x", 1, /There is no flag 'msgs' of 'say\.py': did you mean 'msg'\?/],
  ["say.py msg", 1, /write it as 'msg=VALUE'/],
  ["say.py =x", 1, /write it as 'NAME=x'/],
  ["say.py lang=fr", 1, /Cannot set flag 'lang' to fr: it is one of en, de/],
  ["say.py lang=[en,fr]", 1, /Cannot set flag 'lang' to fr/],
  ["say.py times=many", 1, /it takes whole numbers/],
  ["say.py times=[1,1.5]", 1, /Cannot set flag 'times' to 1\.5: it takes whole numbers/],
  ["say.py times=uniform[0.5:2]", 1, /it takes whole numbers/],
  ["say.py rate=much", 1, /it takes numbers/],
  ["say.py loud=maybe", 1, /it takes yes or no/],
  ["say.py sizes=[a]", 1, /Cannot set flag 'sizes' to a: it takes whole numbers/],
  ["say.py times=[1,", 1, /Cannot use '\[1,' as a list: .*line 1/],
  ["say.py times=[]", 1, /Cannot try flag 'times': its list is empty/],
  ["say.py times=range[1:2:0]", 1, /its step is 0, as in 'range\[START:END:STEP\]'/],
  ["say.py times=[9:1]", 1, /9 is not less than 1/],
  ["say.py @none.csv", 1, /Cannot read trials from '.*none\.csv': there is no such file/],
  ["say.py @short.csv", 1, /row 1 has 1 cells, and there are 2 names/],
  ["say.py @rate.csv", 1, /Cannot use row 2 of '.*': Cannot set flag 'rate' to much/],
  ["say.py @open.json", 1, /expected in line \d/],
  ["say.py @trials.txt", 1, /its name has to end in \.csv, \.json, \.yaml or \.toml/],
  ["say.py @empty.csv", 1, /it has no rows/],
  ["say.py times=range[1:1000] rate=linspace[0:1:1000]", 2, /1000000 trials: say '--yes'/],
  ["say.py times=range[1:1e5] rate=linspace[0:1:1e5]", 1, /Cannot make 10000000000 trials/],
  ["say.py times=[1,2] --max-trials 0", 2, /'0' is not a number from 1 on/],
  ["say.py times=[1,2] --jobs none", 2, /'none' is not a number/],
  ["say.py times=1 --sampler lhs", 1, /There is nothing to sample/],
  ["say.py times=1 --stage-trials", 2, /There are no trials to stage/],
  ["say.py times=[1,2] --stage", 2, /use '--stage-trials'/],
  ["say.py times=[1,2] --save-trials t.txt", 2, /has to end in \.csv or \.json/],
  ["say.py times=[1,2] --save-trials no/t.csv", 1, /Cannot save trials to 'no\/t\.csv': ENOENT/],
  ["needs.py", 1, /Cannot run 'needs\.py': it needs n=VALUE/],
  ["needs.py n=null", 1, /Cannot run 'needs\.py': it needs n=VALUE/],
  ["fire.py x=1", 1, /no flag 'x' .*line 1 cannot be known .*declare it in the project file/],
  ["bad.py x=1", 1, /Cannot read flags of 'bad\.py': .* in line 2/],
  ["bad.js", 1, /Cannot read flags of 'bad\.js': .* in line 2/],
  ["bad.ipynb", 1, /Cannot read flags of 'bad\.ipynb': .* in line \d/],
  ["none.py", 2, /There is no script 'none\.py'/],
  ["op --print-trials", 2, /'--print-trials' is for scripts, and 'op' is none: 'script = "PATH"'/],
  ["op --jobs 2", 2, /'--jobs' is for scripts, and 'op' is none/],
  ["--needed", 2, /'--needed' is for scripts, and the default operation is none/],
  ["set.sh n=[1,2] --label ${m}", 1, /Cannot use '\$\{m\}' in a label: there is no flag 'm'/],
  ["nb.ipynb lr=[1,2] rl=3", 1, /There is no flag 'rl'/],
];

test("what is wrong is said before anything is made", async () => {
  await inCliProject(FILES, async ({ dir, runlit }) => {
    const names = readdirSync(dir);
    const all = BAD.map(async ([words, code, message]) => {
      const result = await runlit("run", ...words.split(" "), ...off);
      assert.deepEqual([result.code, result.stdout], [code, ""], words);
      assert.match(result.stderr, message, words);
      assert.match(result.stderr, /^runlit: /, words);
      assert.doesNotMatch(result.stderr, /^ +at /m, words);
    });
    await Promise.all(all);
    assert.deepEqual(readdirSync(dir), names);
  });
});

test("a million trials are printed in the memory of a few", async () => {
  await inCliProject(FILES, async ({ shell }) => {
    const { stdout, stderr } = await shell(
      "runlit run set.sh n=range[1:1000] name=range[1:1000] --print-trials | " +
        "tail -1; runlit run set.sh n=range[1:1000] name=range[1:1000] --print-trials | head -2",
    );
    assert.deepEqual([stdout, stderr], ["1000000\t1000\t1000\n#\tn\tname\n1\t1\t1\n", ""]);
  });
});
