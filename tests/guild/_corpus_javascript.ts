/** Scripts, and the flags that are found in them. */
export const SCRIPTS: readonly { file: string; source: string; found: string }[] = [
  {
    file: "node_args.mjs",
    source: `import { parseArgs } from "node:util";
const { values } = parseArgs({
  options: {
    lr: { type: "string", short: "l", default: "0.1" },
    loud: { type: "boolean" },
    color: { type: "boolean", default: true },
    tag: { type: "string", multiple: true, default: ["a"] },
    seed: { type: "string" },
  },
  allowPositionals: true,
});
console.log(values);
`,
    found: `args
4| lr=0.1
5| loud=false type:boolean argSwitch:true
6| color=true type:boolean argName:--no-color argSwitch:false
7| tag=["a"] argRepeat:each
8| seed=null`,
  },
  {
    file: "util_args.ts",
    source: `import * as util from "node:util";
const options = {
  name: { type: "string", default: "world" },
  times: { type: "string" },
} as const;
const { values } = util.parseArgs({ options });
console.log(values.name satisfies string | undefined);
`,
    found: `args
3| name="world"
4| times=null`,
  },
  {
    file: "require_util.cjs",
    source: `const { parseArgs } = require("util");
const { values } = parseArgs({ args: process.argv.slice(2), options: { n: { type: "string", default: String(3) } } });
`,
    found: `args
2| n=null
? default of '--n': it is computed (2)`,
  },
  {
    file: "deno_args.ts",
    source: `import { parseArgs } from "jsr:@std/cli/parse-args";
const flags = parseArgs(Deno.args, {
  boolean: ["help", "color"],
  string: ["version"],
  default: { color: true, rate: 0.5 },
  collect: ["tag"],
  negatable: ["color"],
});
`,
    found: `args
2| version=null type:string
2| help=false type:boolean argSwitch:true
5| color=true type:boolean argName:--no-color argSwitch:false
2| tag=null argRepeat:each
5| rate=0.5 type:float`,
  },
  {
    file: "old_deno.ts",
    source: `import { parse } from "https://deno.land/std@0.200.0/flags/mod.ts";
const args = parse(Deno.args, { default: { port: 8000 } });
`,
    found: `args
2| port=8000`,
  },
  {
    file: "minimist.js",
    source:
      `const argv = require("minimist")(process.argv.slice(2), { string: ["name"], default: { n: 3 } });
console.log(argv);
`,
    found: `args
1| name=null type:string
1| n=3`,
  },
  {
    file: "commander_basic.mjs",
    source: `import { program } from "commander";
program
  .name("tool")
  .description("Does things")
  .option("-p, --port <number>", "port number", parseInt, 3000)
  .option("--rate <n>", "rate", parseFloat, 0.5)
  .option("--debug", "output extra debugging")
  .option("--no-color", "no colours")
  .option("-t, --tags <names...>", "tags")
  .requiredOption("--name <name>", "who")
  .argument("<file>", "input")
  .argument("[out]", "output", "out.txt");
program.parse();
`,
    found: `args: Does things
5| port=3000 type:int "port number"
6| rate=0.5 type:float "rate"
7| debug=false argSwitch:true type:boolean "output extra debugging"
8| color=true argName:--no-color argSwitch:false type:boolean "no colours"
9| tags=null argSplit "tags"
10| name=null required "who"
11| file=null positional required "input"
12| out="out.txt" positional "output"`,
  },
  {
    file: "commander_class.ts",
    source: `import { Command, Option } from "commander";
const program = new Command();
program.addOption(new Option("-s, --size <size>", "size").choices(["s", "m", "l"]).default("m"));
program.addOption(new Option("--seed <n>").argParser(parseInt).makeOptionMandatory());
program.option("--cheese [type]", "add cheese");
program.parse(process.argv);
`,
    found: `args
3| size="m" choices:["s","m","l"] "size"
4| seed=null type:int required
5| cheese=null "add cheese"`,
  },
  {
    file: "commander_sub.cjs",
    source: `const { program } = require("commander");
program.option("--verbose");
program.command("train <data>").option("--lr <n>", "rate", "0.1").option("--gpu").action(() => {});
program.command("eval").option("--gpu").action(() => {});
program.parse();
`,
    found: `args
2| verbose=false argSwitch:true type:boolean
command=null required choices:["train","eval"] positional
3| gpu=false argSwitch:true type:boolean afterCommand
? 'data': only 'train' has it (3)
? '--lr': only 'train' has it (3)`,
  },
  {
    file: "commander_var.mjs",
    source: `import { Command } from "commander";
const cli = new Command();
const build = cli.command("build");
build.option("--out <dir>", "where", "dist");
const name = "--x";
cli.option(name + " <v>", "x");
cli.option(\`--\${name}\`, "y");
`,
    found: `args
6| x=null "x"
command=null required choices:["build"] positional
4| out="dist" afterCommand "where"
? an option: its name is computed (7)`,
  },
  {
    file: "yargs_basic.mjs",
    source: `import yargs from "yargs";
import { hideBin } from "yargs/helpers";
const argv = yargs(hideBin(process.argv))
  .usage("Trains a model")
  .option("lr", { type: "number", default: 0.1, describe: "rate" })
  .option("loud", { alias: "l", type: "boolean", description: "be loud" })
  .option("size", { choices: ["s", "m"], default: "s" })
  .option("files", { type: "array" })
  .option("out", { type: "string", demandOption: true })
  .option("v", { count: true })
  .parse();
`,
    found: `args: Trains a model
5| lr=0.1 type:float "rate"
6| loud=false type:boolean argSwitch:true "be loud"
7| size="s" choices:["s","m"]
8| files=null argSplit
9| out=null type:string required
10| v=null type:int argRepeat:count`,
  },
  {
    file: "yargs_options.js",
    source: `const yargs = require("yargs/yargs");
const argv = yargs(process.argv.slice(2)).options({
  a: { type: "string", default: "x" },
  b: { boolean: true, default: true },
}).default("c", 5).boolean(["d"]).argv;
`,
    found: `args
3| a="x" type:string
4| b=true type:boolean argSwitch:false argName:--no-b
5| c=5
5| d=false type:boolean argSwitch:true`,
  },
  {
    file: "yargs_computed.js",
    source:
      `const argv = require("yargs").options(load()).option("n", { default: os.cpus().length }).argv;
`,
    found: `args
1| n=null
? an option: its name is computed (1)
? default of '--n': it is computed (1)`,
  },
  {
    file: "yargs_commands.js",
    source: `const yargs = require("yargs");
yargs
  .option("verbose", { type: "boolean" })
  .command("build <entry> [files..]", "builds", (yargs) =>
    yargs.positional("entry", { describe: "where to begin" })
      .option("out", { default: "dist" })
      .option("seed", { type: "number", default: 1 }))
  .command({
    command: ["serve [port]", "s"],
    builder: (yargs) => yargs.default("port", 8080).option("seed", { type: "number", default: 1 }),
  })
  .option("dry", { type: "boolean" })
  .demandCommand(1).parse();
`,
    found: `args
3| verbose=false type:boolean argSwitch:true
12| dry=false type:boolean argSwitch:true
command=null required choices:["build","serve"] positional
7| seed=1 type:number afterCommand
? 'entry': only 'build' has it (4)
? 'files': only 'build' has it (4)
? '--out': only 'build' has it (6)
? 'port': only 'serve' has it (8)`,
  },
  {
    file: "yargs_default_command.js",
    source:
      `require("yargs").command("$0 <file>", "reads", (y) => y.option("n", { default: 3 })).parse();
`,
    found: `args
1| file=null positional required
1| n=3`,
  },
  {
    file: "constants.js",
    source: `const lr = 0.1;
export const epochs = 10;
let name = "cnn";
var deep = { a: 1, b: { c: "x" } };
const list = [1, 2, 3];
const computed = Math.random();
const _own = 1;
`,
    found: `globals
1| lr=0.1 type:float
2| epochs=10
3| name="cnn"
4| deep.a=1
4| deep.b.c="x"
5| list=[1,2,3]`,
  },
  {
    file: "constants.ts",
    source: `interface Opts { lr: number }
const lr: number = 1.0;
const mode = "fast" as const;
const opts = { depth: 2, on: true } satisfies Record<string, unknown>;
function f(): void { const inner = 1; }
export default { seed: 7 };
`,
    found: `globals
2| lr=1 type:float
3| mode="fast"
4| opts.depth=2
4| opts.on=true type:boolean
6| default.seed=7`,
  },
  {
    file: "enums.ts",
    source: `enum Color { Red }
const n = -5;
const big = 10n;
const t = \`plain\`;
const u = \`not \${n}\`;
`,
    found: `globals
2| n=-5
3| big=10
4| t="plain"`,
  },
  {
    file: "meow.js",
    source: `import meow from "meow";
const cli = meow("Usage", { importMeta: import.meta, flags: { lr: { type: "number" } } });
`,
    found: `args
? its options: flags of 'meow' cannot be read from the script (1)`,
  },
  {
    file: "jsx.jsx.js",
    source: `const title = "x";
const el = <div>{title}</div>;
`,
    found: `globals
1| title="x"`,
  },
  {
    file: "top_await.mjs",
    source: `const wait = 10;
await new Promise((r) => setTimeout(r, wait));
`,
    found: `globals
1| wait=10`,
  },
  {
    file: "deno_script",
    source: `#!/usr/bin/env -S deno run -A
const n = 3;
console.log(n);
`,
    found: `globals
2| n=3`,
  },
  {
    file: "parse_args_spread.mjs",
    source: `import { parseArgs } from "node:util";
const base = { seed: { type: "string", default: "1" } };
parseArgs({ options: { ...base, lr: { type: "string", default: process.env.LR } } });
`,
    found: `args
2| seed=1
3| lr=null
? default of '--lr': it is computed (3)`,
  },
];
