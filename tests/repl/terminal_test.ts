import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, it } from "node:test";
import { RUNLIT } from "../../scripts/house/tools.ts";
import { openTerminal, runtime, skip, type TestTerminal } from "./_terminal.ts";

let terminal: TestTerminal;

async function open(options = {}): Promise<TestTerminal> {
  terminal = await openTerminal(options);
  return terminal;
}

describe("the prompt on a terminal", { skip }, () => {
  afterEach(() => terminal.close());

  it("edits a line where the cursor is", async () => {
    const { type, press, until } = await open();
    type("12 + 5");
    press("Home", "Right", "BSpace");
    type("4");
    press("End", "Enter");
    await until(/^47$/m);
    type("'one two'");
    press("C-w", "C-y", "C-y", "C-_", "Enter");
    await until(/^'one two'$/m);
  });

  it("edits an entry of several lines, recalled as a whole", async () => {
    const { type, press, until, enter, screen } = await open();
    await enter("function twice(x) {", /^\.\.\.$/m);
    type("return 2 * x");
    press("Enter");
    type("}");
    press("Enter");
    await enter("twice(21)", /^42$/m);
    press("Up", "Up");
    await until(/>>> twice\(21\)\n>>> function twice|42\n>>> function twice/);
    press("Down");
    await until(/return 2 \* x/);
    press("End", "BSpace");
    type("(x + 1)");
    press("Enter");
    press("C-End", "Enter");
    await enter("twice(21)", /^44$/m);
    assert.match(screen(), /\.\.\. {3}return 2 \* \(x \+ 1\)/);
  });

  it("keeps the history across sessions, but not what begins with a space", async () => {
    const { dir, press, until, enter, start, type } = await open();
    await enter("'first'", /^'first'$/m);
    await enter(" 'secret'", /^'secret'$/m);
    press("C-d");
    await until(/ended 0/);
    assert.doesNotMatch(readFileSync(join(dir, ".runlit/history"), "utf8"), /secret/);
    await start();
    press("Up");
    await until(/^>>> 'first'$/m);
    press("C-c");
    await until(/Ctrl-D or .exit leaves/);
    press("C-r");
    type("irs");
    await until(/reverse search: irs/);
    press("Enter");
    await until(/^'first'$/m);
  });

  it("completes names, properties, option keys, paths and commands", async () => {
    const { dir, type, press, until, clear } = await open();
    writeFileSync(join(dir, "measurements.csv"), "");
    const cases = [
      ["process.platf", /^>>> process\.platform$/m],
      ["make_te", /^>>> make_temp_dir$/m],
      ["ls('meas", /^>>> ls\('measurements\.csv'$/m],
      ["ls('.', { permi", /^>>> ls\('\.', \{ permissions: ?$/m],
      ["run_meta.read_opr", /^>>> run_meta\.read_opref$/m],
      ["await start('hel", /^>>> await start\('hello'$/m],
      ["import { readFile } from 'node:fs/pr", /^>>> .* 'node:fs\/promises'$/m],
      ["$ cat runlit.t", /^>>> \$ cat runlit\.toml$/m],
      [".resu", /^>>> \.results$/m],
      [".load meas", /^>>> \.load measurements\.csv$/m],
    ] as const;
    for (const [typed, wait] of cases) {
      type(typed);
      press("Tab");
      await until(wait);
      press("C-u");
      await clear();
    }
    type("process.std");
    press("Tab", "Tab");
    await until(/stderr +stdin +stdout/);
  });

  it("starts an operation, and completes the run's name", async () => {
    const { type, press, until, enter } = await open();
    await enter("await start('hello')", /^runDir /m);
    const name = /^name +(\S+)$/m.exec(await until(/^name +\S+$/m))![1];
    await enter("runs()", new RegExp(`^1 +${name} +hello`, "m"));
    type(`(await run('${name.slice(0, 3)}`);
    press("Tab");
    type(")).name");
    press("Enter");
    await until(new RegExp(`^'${name}'$`, "m"));
    await enter("last.name === _", /^true$/m);
  });

  it("gives up on what is awaited when Ctrl-C is pressed, with its processes", async () => {
    const { dir, press, until, enter, type } = await open();
    const pidFile = join(dir, "pid");
    await enter("const kept = 1");
    type("await $`sh -c 'echo $$ > pid; sleep 1000'`");
    press("Enter");
    while (!existsSync(pidFile) || readFileSync(pidFile, "utf8") === "") {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    press("C-c");
    await until(/Interrupted/);
    await enter("kept + 41", /^42$/m);
    const pid = Number(readFileSync(pidFile, "utf8"));
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it("ends an endless loop; what cannot be kept is evaluated again", async () => {
    const { press, until, enter, type } = await open();
    await enter("const kept = 1");
    type("console.log('going'); while (true) {}");
    press("Enter");
    await until(/^going$/m);
    press("C-c");
    if (runtime === "deno") {
      await until(/Press r/);
      press("r");
      await until(/again\? \[y\/N\]/);
      press("y");
      await until(/Evaluated an input again/);
    } else await until(/Interrupted/);
    await enter("kept + 41", /^42$/m);
  });

  it("leaves no process behind", async () => {
    const { dir, press, until, type, enter } = await open();
    const pids = ["pid", "background", "session"].map((name) => join(dir, name));
    await enter("$ sleep 1000 & echo $! > background");
    await enter("$ setsid sh -c 'echo $$ > session; sleep 1000' &");
    type("await $`sh -c 'echo $$ > pid; sleep 1000'`.spawn(); 1");
    press("Enter");
    for (const pid of pids) {
      while (!existsSync(pid) || readFileSync(pid, "utf8") === "") {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    press("C-c");
    await until(/^>>>$/m);
    press("C-d");
    await until(/ended 0/);
    for (const pid of pids) assert(!isAlive(Number(readFileSync(pid, "utf8"))), pid);
  });

  it("ends what runs when its terminal is closed", async () => {
    const { dir, press, type, close } = await open();
    const pid = join(tmpdir(), `runlit-pid-${process.pid}`);
    type(`await $\`sh -c 'echo $$ > ${pid}; exec sleep 1000'\``);
    press("Enter");
    try {
      while (!existsSync(pid) || readFileSync(pid, "utf8") === "") {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assert(existsSync(dir));
      close();
      while (isAlive(Number(readFileSync(pid, "utf8")))) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    } finally {
      rmSync(pid, { force: true });
    }
  });

  it("runs shell commands as documents do", async () => {
    const { enter, press, type, until } = await open();
    await enter("$ mkdir sub; cd sub; export WORD=hi; false", /^<1>$/m);
    await enter("basename(process.cwd()) + process.env.WORD", /^'subhi'$/m);
    type("$ cat ../runlit.to");
    press("Tab", "Enter");
    await until(/^exec = "echo hi"$/m);
    await enter(".save all.md", /Saved 3 examples/);
  });

  it("writes what comes late above what is being entered", async () => {
    const { type, press, until, enter, clear } = await open();
    await enter("const say = () => setTimeout(() => console.log('late'), 300); 0");
    await clear();
    type("say(); 1");
    press("Enter");
    type("[1,");
    press("Enter");
    type("2].length");
    await until(/^late\n>>> \[1,\n\.\.\. 2\]\.length$/m);
    press("Enter");
    await until(/^2\n>>>$/m);
  });

  it("goes on after a startup file that fails, and names it", async () => {
    const { dir, press, until, enter, start } = await open();
    writeFileSync(join(dir, "repl.ts"), "const here = 1\nthrow new Error('broken')\n");
    press("C-d");
    await until(/ended 0/);
    await start();
    await until(/^Uncaught Error: broken$[^]*^in '.*repl\.ts'; --no-init starts without it$/m);
    await enter("here + 1", /^2$/m);
  });

  it("takes a thousand pasted lines at once", async () => {
    const { paste, press, enter, until } = await open();
    const rows = Array.from({ length: 1000 }, (_, i) => `  { id: ${i}, name: "row ${i}" },\n`);
    paste(`const table = [\n${rows.join("")}];\n`);
    press("Enter");
    await enter("table.length", /^1000$/m);
    press("Up", "Up", "C-End");
    await until(/row 999/);
  });

  it("takes a pasted document, and checks it", async () => {
    const { paste, press, until, enter } = await open();
    paste(
      "Sums:\n\n    >>> [1,\n    ... 2].length\n    2\n\n    $ echo hi\n    hi\n\n    >>> 'a' + 1\n    'a2'\n",
    );
    await until(/^\.\.\. 'a' \+ 1$/m);
    press("Enter");
    await until(/^'a1'$/m);
    await enter(".check", /2 passed, 1 failed/);
  });

  it("leaves the terminal to an editor, and pages what is long", async () => {
    const { dir, type, press, until, enter } = await open();
    const script = '#!/bin/sh\nprintf "reads: "; read line; echo "$line" >> "$1"\n';
    writeFileSync(join(dir, "editor"), script, { mode: 0o755 });
    await enter("const a = 1", /^>>>$/m);
    await enter(".edit", /^reads:/m);
    type("a + 41");
    press("Enter");
    await until(/^>>> const a = 1\n\.\.\. a \+ 41$/m);
    press("Enter");
    await until(/^42$/m);
    const long = "Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`key${i}`, i]))";
    await enter(long, /more lines: \.more/);
    await enter(".more", /%: Space goes on, q ends$/m);
    press("q");
    await until(/^>>>$/m);
  });

  it("fits a narrow terminal, and wide characters", async () => {
    const { type, press, until } = await open({ columns: 40, rows: 30 });
    type("const s = '日本語のとても長い文字列をここに書く'; s.length");
    press("Home", "End", "Left", "Right", "Enter");
    await until(/^18$/m);
    type(".help run");
    press("Enter");
    await until(/A run by ID/);
  });

  it("is suspended by Ctrl-Z, and goes on with the terminal as it was", async () => {
    const { type, press, until, enter, clear } = await open();
    type("[1,");
    press("Enter");
    await until(/^\.\.\.$/m);
    type("2].lengt");
    press("C-z");
    await until(/Stopped/);
    await enter("clear; stty -a | tr ' ' '\\n' | grep icanon", /^icanon$/m);
    await enter("fg", /^>>> \[1,\n\.\.\. 2\]\.lengt$/m);
    type("h");
    press("Enter");
    await until(/^2$/m);
    await clear();
  });

  it("fits a terminal that changes its width", async () => {
    const { dir, type, until, resize, record } = await open({ columns: 40, rows: 30 });
    type("[" + "'abcdefg', ".repeat(8) + "].length");
    await until(/^>>> \['abcdefg'.{25,26}\n.{39,40}\n.{21}$/m);
    // The terminal wraps lines anew by itself: what was drawn since is what counts.
    const file = join(dir, "sent");
    const resized = async (columns: number, wanted: RegExp): Promise<string> => {
      const before = existsSync(file) ? statSync(file).size : 0;
      resize(columns, 30);
      while (!existsSync(file) || statSync(file).size === before) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return await until(wanted);
    };
    record(file);
    await resized(60, /^>>> \['abcdefg'.{45,46}\n.{41}$/m);
    const screen = await resized(30, /^>>> \['abcdefg'.{15,16}\n.{29,30}\n.{29,30}\n.{11}$/m);
    assert.equal(screen.match(/>>>/g)!.length, 1, screen);
  });

  it("writes what the terminal understands, and colours only where they are wanted", async () => {
    const cases = [
      [["TERM=dumb"], /^[^\x1b]*$/],
      [["NO_COLOR=1"], /^(?![^]*\x1b\[[\d;]*m)[^]*\x1b\[/],
      [["-u", "NO_COLOR"], /\x1b\[0;\d+mconst/],
    ] as const;
    for (const [variables, sent] of cases) {
      const { dir, enter, press, type, until, record, close } = await open({
        runlit: ["env", ...variables, ...RUNLIT[runtime]],
      });
      const file = join(dir, "sent");
      record(file);
      type("const x = { a: [1, 'b'] }; nopee");
      press("BSpace", "Enter");
      await until(/^Uncaught ReferenceError: nope is/m);
      await enter("1 + 41", /^42$/m);
      press("C-d");
      await until(/ended 0/);
      let text = "";
      while (!text.includes("ended")) {
        text = readFileSync(file, "utf8");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      // What the shell does with its terminal is its own affair.
      assert.match(text.slice(0, text.indexOf("ended")), sent, String(variables));
      close();
    }
  });

  it("ends with the code that is asked for", async () => {
    const { enter } = await open();
    await enter("process.exit(3)", /ended 3/);
  });
});

/** A zombie is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
