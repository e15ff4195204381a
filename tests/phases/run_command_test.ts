import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type {
  CommandOutcome,
  CommandWrapper,
  SpawnSpec,
} from "../../lib/phases/command_wrapper.ts";
import { runCommand } from "../../lib/phases/run_command.ts";
import { TYPESCRIPT_FLAGS } from "../../scripts/house/tools.ts";
import { ENV, record, rejection, withDir } from "./_helpers.ts";

test("runCommand() reports exit codes", async () => {
  await withDir(async (dir) => {
    for (const code of [0, 1, 2, 127, 255]) {
      const { result } = await record(dir, `exit ${code}`);
      assert.equal(result.ok, code === 0);
      assert.equal(result.exitCode, code);
      assert.equal(result.signal, null);
      assert.equal(result.signalNumber, null);
      assert.equal(result.reason, "exited");
      assert.equal(result.message, code === 0 ? undefined : `exited with code ${code}`);
      assert.ok(result.pid! > 0);
      assert.ok(result.durationMs > 0);
    }
  });
});

test("runCommand() reports the signal that ended a command", async () => {
  await withDir(async (dir) => {
    for (const [name, number] of [["SIGKILL", 9], ["SIGPIPE", 13], ["SIGSEGV", 11]] as const) {
      const { result } = await record(dir, `kill -${number} $$`);
      assert.equal(result.ok, false);
      assert.equal(result.exitCode, null);
      assert.equal(result.signal, name);
      assert.equal(result.signalNumber, number);
      assert.equal(result.reason, "signalled");
      assert.equal(result.message, `was ended by ${name}`);
    }
  });
});

test("runCommand() stores both streams and the lines of each", async () => {
  await withDir(async (dir) => {
    const before = Date.now();
    const { result, text, lines } = await record(
      dir,
      "echo out; echo oops >&2; exec >&-; exec 2>&-",
    );
    assert.deepEqual(text.split("\n").sort(), ["", "oops", "out"]);
    assert.deepEqual([result.bytes, result.lines], [9, 2]);
    const oops = text.startsWith("oops") ? 0 : 1;
    assert.equal(lines[oops].stream, 1);
    assert.equal(lines[1 - oops].stream, 0);
    for (const { time } of lines) assert.ok(time >= before && time <= Date.now());
  });
});

test("runCommand() keeps the order of two streams that do not race", async () => {
  await withDir(async (dir) => {
    // Every line is written when the one before has arrived.
    const script = `
      for i in 1 2 3 4 5 6; do
        while [ ! -e seen$i ]; do sleep 0.001; done
        if [ $((i % 2)) = 0 ]; then echo $i; else echo $i >&2; fi
      done`;
    let seen = 1;
    writeFileSync(join(dir, "seen1"), "");
    const onOutput = () => writeFileSync(join(dir, `seen${++seen}`), "");
    const { text, lines } = await record(dir, script, { onOutput });
    assert.equal(text, "1\n2\n3\n4\n5\n6\n");
    assert.equal(lines.map((line) => line.stream).join(""), "101010");
  });
});

test("runCommand() keeps every byte, and a last line without its end", async () => {
  await withDir(async (dir) => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    writeFileSync(join(dir, "bytes"), all);
    const { bytes, lines } = await record(dir, "cat bytes bytes");
    assert.deepEqual(new Uint8Array(bytes), Uint8Array.from([...all, ...all]));
    assert.equal(lines.length, 3);
  });
});

test("runCommand() shows output while the command runs", async () => {
  await withDir(async (dir) => {
    // The command ends only after its first words were seen in the file.
    const onOutput = () => {
      assert.equal(readFileSync(join(dir, "output"), "utf8"), "half a line");
      writeFileSync(join(dir, "go"), "");
    };
    const script = "printf 'half a line'; while [ ! -e go ]; do sleep 0.001; done";
    const { result } = await record(dir, script, { onOutput });
    assert.equal(result.ok, true);
  });
});

test("runCommand() waits for nothing that is no promise", async () => {
  await withDir(async (dir) => {
    let shown = 0;
    // As JavaScript may.
    const onOutput = (chunk: Uint8Array) => (shown += chunk.length) as never;
    const late = new Promise((_, reject) => void setTimeout(reject, 20_000).unref());
    await Promise.race([record(dir, "echo a; echo b", { onOutput }), late]);
    assert.equal(shown, 4);
  });
});

test("runCommand() lets a command close its output early", async () => {
  await withDir(async (dir) => {
    const { result, text } = await record(dir, "echo a; exec >&- 2>&-; sleep 0.05; exit 4");
    assert.equal(result.exitCode, 4);
    assert.equal(text, "a\n");
  });
});

test("runCommand() gives a command streams that it can open by name", async () => {
  await withDir(async (dir) => {
    const script = "echo out > /dev/stdout; echo err > /dev/stderr; echo both | tee /dev/stderr";
    const { result, lines } = await record(dir, script);
    assert.equal(result.ok, true);
    assert.equal(lines.map((line) => line.stream).sort().join(""), "0011");
  });
});

test("runCommand() gives a command exactly its environment", async () => {
  await withDir(async (dir) => {
    const env = { PATH: ENV.PATH, A: "1", "odd name": "ü\n2" };
    const { bytes } = await record(dir, ["env", "-0"], { env });
    // Deno adds a variable where descriptors beyond the usual three are passed on.
    const found = Buffer.from(bytes).toString().split("\0")
      .filter((entry) => entry !== "" && !entry.startsWith("DENO_EXTRA_STDIO_FDS="));
    assert.deepEqual(found.sort(), [`A=1`, `PATH=${ENV.PATH}`, "odd name=ü\n2"].sort());
  });
});

test("runCommand() finds programs on the PATH of the command", async () => {
  await withDir(async (dir) => {
    mkdirSync(join(dir, "bin"));
    writeFileSync(join(dir, "bin", "hello"), "#!/bin/sh\necho $0 $#\n", { mode: 0o755 });
    const env = { PATH: `${join(dir, "bin")}:/usr/bin:/bin` };
    assert.match((await record(dir, ["hello", "a b"], { env })).text, /bin\/hello 1\n$/);
    assert.match((await record(dir, ["./bin/hello"], { env })).text, /\/bin\/hello 0\n$/);
  });
});

test("runCommand() says why a command could not be started", async () => {
  await withDir(async (dir) => {
    writeFileSync(join(dir, "plain"), "echo\n");
    writeFileSync(join(dir, "orphan"), "#!/no/such/interpreter\n", { mode: 0o755 });
    const env = { PATH: "/bin" };
    const cases: [string[] | string, string, number, string][] = [
      [
        ["nonesuch"],
        "not-found",
        127,
        "was not found: there is no program 'nonesuch' in PATH '/bin'",
      ],
      [["./nonesuch"], "not-found", 127, `was not found: there is no file '${dir}/nonesuch'`],
      [
        ["./orphan"],
        "not-found",
        127,
        `could not be started: the interpreter in the first line of '${dir}/orphan' does not exist`,
      ],
      [
        ["./plain"],
        "not-executable",
        126,
        "could not be started: './plain' is not executable; 'chmod +x' makes it so",
      ],
      [["/"], "not-executable", 126, "could not be started: '/' is a directory"],
      ["", "spawn-failed", 126, "could not be started: Cannot run a command that is empty"],
      [
        ["echo", "x".repeat(200_000)],
        "spawn-failed",
        126,
        "could not be started: its arguments and environment are larger than the system allows; " +
        "pass them in a file",
      ],
    ];
    for (const [command, reason, exitCode, message] of cases) {
      const result = await runCommand(command, { cwd: dir, env });
      assert.deepEqual([result.reason, result.exitCode, result.message], [
        reason,
        exitCode,
        message,
      ]);
      assert.deepEqual([result.ok, result.pid, result.signal], [false, null, null]);
    }
    const nul = await runCommand(["echo", "a\0b"], { cwd: dir, env });
    assert.equal(nul.reason, "spawn-failed");
  });
});

test("runCommand() says that a working directory is missing", async () => {
  await withDir(async (dir) => {
    const cwd = join(dir, "gone");
    const result = await runCommand(["true"], { cwd, env: ENV });
    assert.equal(result.reason, "spawn-failed");
    const message = `could not be started: its working directory '${cwd}' does not exist`;
    assert.equal(result.message, message);
  });
});

test("runCommand() leaves empty files for a command that could not be started", async () => {
  await withDir(async (dir) => {
    const { text, lines } = await record(dir, ["nonesuch"]);
    assert.equal(text, "");
    assert.equal(lines.length, 0);
  });
});

test("runCommand() runs scripts with their line breaks and line numbers", async () => {
  await withDir(async (dir) => {
    writeFileSync(join(dir, "mine.py"), "x = 41\n");
    const python = "#!/usr/bin/env python3\nimport mine\nprint(mine.x + 1)\nprint('b')\n";
    assert.equal((await record(dir, python)).text, "42\nb\n");
    assert.equal(
      (await record(dir, "#!/bin/sh -e\necho one\necho two\nfalse\necho no")).text,
      "one\ntwo\n",
    );
    assert.match((await record(dir, "#!/bin/bash\n\nnonesuch\n")).text, /line 3: nonesuch/);
    assert.equal((await record(dir, "#!/usr/bin/perl -w\nprint __LINE__;\n")).text, "2");
  });
});

test("runCommand() gives other interpreters a script that has no name", async () => {
  await withDir(async (dir) => {
    const awk = "#!/usr/bin/awk -f\nBEGIN {\n  print 6 * 7\n}\n";
    assert.equal((await record(dir, awk)).text, "42\n");
    const long = `#!/bin/sh\n${"# a long script\n".repeat(20_000)}echo end\n`;
    assert.equal((await record(dir, long)).text, "end\n");
  });
});

test("runCommand() gives a command nothing to read", async () => {
  await withDir(async (dir) => {
    assert.equal((await record(dir, "cat; echo end")).text, "end\n");
  });
});

test("runCommand() lets a command read what this process would", async () => {
  await withDir((dir) => {
    const module = new URL("../../lib/phases/run_command.ts", import.meta.url);
    const file = join(dir, "main.ts");
    const onOutput = "(chunk) => { process.stdout.write(String(Buffer.from(chunk))); }";
    writeFileSync(
      file,
      `import { runCommand } from ${JSON.stringify(module.href)};
       const env = { PATH: process.env.PATH ?? "" };
       runCommand("cat", { cwd: "/", env, stdin: "inherit", onOutput: ${onOutput} });`,
    );
    const runtime = "Deno" in globalThis ? ["run", "-A", "--no-check"] : TYPESCRIPT_FLAGS;
    const cwd = fileURLToPath(new URL("../..", import.meta.url));
    const text = execFileSync(process.execPath, [...runtime, file], { cwd, input: "typed\n" });
    assert.equal(String(text), "typed\n");
  });
});

test("runCommand() stores the last state of a progress bar", async () => {
  await withDir(async (dir) => {
    const script = `
      echo start
      i=0
      while [ $i -lt 1000 ]; do
        i=$((i + 1))
        printf '\\rtrain: %3d%%|%-20s| %d/1000' $((i / 10)) '#####' $i >&2
      done
      echo >&2
      echo; echo end`;
    let last = { percent: 0, text: "" };
    const onProgress = (progress: typeof last) => void (last = progress);
    const { text, lines, result } = await record(dir, script, { onProgress });
    const bar = "train: 100%|#####               | 1000/1000";
    assert.deepEqual(text.split("\n").sort(), ["", "", bar, "start", "end"].sort());
    assert.equal(lines.length, 4);
    assert.deepEqual([last.percent, last.text], [100, bar]);
    assert.ok(result.bytes > 40_000);
  });
});

test("runCommand() takes a line of 400 MB with little memory", async () => {
  await withDir(async (dir) => {
    const before = process.memoryUsage().rss;
    let most = 0;
    const sample = () => most = Math.max(most, process.memoryUsage().rss - before);
    const timer = setInterval(sample, 20);
    const output = { path: join(dir, "out"), index: join(dir, "index") };
    const command = "head -c 400000000 /dev/zero";
    const result = await runCommand(command, { cwd: dir, env: ENV, output });
    sample();
    clearInterval(timer);
    assert.deepEqual([result.bytes, result.lines], [400_000_000, 1]);
    assert.equal(statSync(output.path).size, 400_000_000);
    assert.ok(most < 200e6, `${Math.round(most / 1e6)} MB`);
  });
});

test("runCommand() stops what writes more than the output limit", async () => {
  await withDir(async (dir) => {
    const { result, text } = await record(dir, ["yes"], { outputLimit: 10_001 });
    assert.equal(result.reason, "output-limit");
    assert.equal(result.message, "was ended: it wrote over 10001 bytes");
    assert.equal(text, `${"y\n".repeat(5000)}y`);
    assert.ok(result.bytes > 10_001);
    assert.equal(result.lines, 5001);
    const enough = await record(dir, "printf 12345", { outputLimit: 5 });
    assert.equal(enough.result.ok, true);
  });
});

test("runCommand() goes on when its output cannot be stored", {
  skip: existsSync("/dev/full") ? false : "needs /dev/full",
}, async () => {
  await withDir(async (dir) => {
    const output = { path: "/dev/full", index: join(dir, "index") };
    let seen = 0;
    const onOutput = (chunk: Uint8Array) => void (seen += chunk.length);
    const options = { cwd: dir, env: ENV, output, onOutput };
    const result = await runCommand("head -c 1000000 /dev/zero; exit 3", options);
    assert.equal(result.exitCode, 3);
    assert.deepEqual([result.bytes, seen], [1_000_000, 1_000_000]);
    assert.match(result.outputError!, /'\/dev\/full'.*no space left/i);
  });
});

test("runCommand() rejects when the output file cannot be created", async () => {
  await withDir(async (dir) => {
    const output = { path: join(dir, "no", "out"), index: join(dir, "no", "index") };
    const started = join(dir, "started");
    const running = runCommand(["touch", started], { cwd: dir, env: ENV, output });
    assert.match(String(await rejection(running)), /Cannot write output to/);
    assert.equal(existsSync(started), false);
  });
});

test("runCommand() waits for who takes its output", async () => {
  await withDir(async (dir) => {
    let active = 0;
    let total = 0;
    const onOutput = async (chunk: Uint8Array) => {
      assert.equal(active++, 0);
      const first = chunk[0];
      await new Promise((resolve) => setTimeout(resolve, 5));
      assert.equal(chunk[0], first);
      total += chunk.length;
      active--;
    };
    const { result } = await record(dir, "yes | head -c 1000000", { onOutput });
    assert.equal(total, 1_000_000);
    assert.equal(result.bytes, total);
  });
});

test("runCommand() ends the command and rejects when a callback throws", async () => {
  await withDir(async (dir) => {
    const fail = () => {
      throw new Error("mine");
    };
    const rejecting = () => Promise.reject(new Error("mine"));
    for (const options of [{ onOutput: fail }, { onOutput: rejecting }, { onSpawn: fail }]) {
      const command = "echo a; sleep 60";
      assert.equal(String(await rejection(record(dir, command, options))), "Error: mine");
    }
  });
});

test("runCommand() hands what it starts and how it ended to a wrapper", async () => {
  await withDir(async (dir) => {
    const calls: string[] = [];
    const wrap: CommandWrapper = {
      prepare(spec: SpawnSpec): SpawnSpec {
        calls.push("prepare");
        const args = ["WRAPPED=1", spec.file, ...spec.args];
        return { ...spec, file: "env", args };
      },
      finish(outcome: CommandOutcome): CommandOutcome {
        calls.push(`finish ${outcome.exitCode}`);
        return { ...outcome, exitCode: 42, message: "translated" };
      },
    };
    const { result, text } = await record(dir, "echo $WRAPPED; exit 7", { wrap });
    assert.equal(text, "1\n");
    assert.deepEqual([result.exitCode, result.message], [42, "translated"]);
    assert.deepEqual(calls, ["prepare", "finish 7"]);
  });
});

test("runCommand() finishes a wrapper whatever happens", async () => {
  await withDir(async (dir) => {
    const finished: string[] = [];
    const wrap = (prepare: CommandWrapper["prepare"]): CommandWrapper => ({
      prepare,
      finish(outcome) {
        finished.push(outcome.reason);
        return outcome;
      },
    });
    const options = { cwd: dir, env: ENV };
    const failing = wrap(() => {
      throw new Error("no sandbox here");
    });
    const result = await runCommand(["true"], { ...options, wrap: failing });
    assert.equal(result.message, "could not be started: no sandbox here");
    await runCommand(["true"], {
      ...options,
      wrap: wrap((spec) => ({ ...spec, file: "nonesuch" })),
    });
    const output = { path: join(dir, "no", "out"), index: "" };
    await rejection(runCommand(["true"], { ...options, output, wrap: wrap((spec) => spec) }));
    assert.deepEqual(finished, ["spawn-failed", "not-found", "spawn-failed"]);
  });
});

test("runCommand() leaves no descriptor open", {
  skip: existsSync("/proc/self/fd") ? false : "needs /proc",
}, async () => {
  await withDir(async (dir) => {
    const script = "#!/usr/bin/awk -f\nBEGIN { print 1 }\n";
    const once = async () => {
      await record(dir, script);
      await record(dir, ["nonesuch"]);
    };
    // The first runs also fill a store of pipes.
    for (let i = 0; i < 9; i++) await once();
    const before = readdirSync("/proc/self/fd").length;
    for (let i = 0; i < 16; i++) await once();
    const after = readdirSync("/proc/self/fd").length;
    assert.ok(after <= before + 32, `${before} then ${after}`);
  });
});
