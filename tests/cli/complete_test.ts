import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { findProcesses } from "../../repl/processes/find_processes.ts";
import { type Shell, SHELLS } from "../../scripts/cli/completion/shell_script.ts";
import { type CommandTerminal, onTerminal } from "./_terminal.ts";
import { type CliProject, inCliProject, RUNLIT_WORD } from "./_tools.ts";

const FILES = {
  "runlit.toml": `[train]
description = "Train the model"
exec = "true"
config = "model.py"
[test]
exec = "true"
`,
  "model.py": 'lr = 0.1\nshuffle = True\nname = "a b"\n',
  "say.py":
    'import argparse\np = argparse.ArgumentParser()\np.add_argument("--msg", choices=["hi", "bye"])\n',
  "other dir/x": "",
};

/** What could complete the last word, without descriptions. */
async function next({ runlit }: CliProject, ...words: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runlit("complete", "--next", "--", ...words);
  assert.deepEqual([code, stderr], [0, ""]);
  return stdout.split("\n").slice(0, -1).map((line) => line.split("\t")[0]);
}

test("runlit complete --next knows commands, options, operations and config", async () => {
  await inCliProject(FILES, async (project) => {
    const cases: [words: string[], candidates: string[]][] = [
      [["sh"], ["show"]],
      [["-q", "sh"], ["show"]],
      [["help", "fin"], ["finalize"]],
      [["run", "t"], ["train", "test", ":files"]],
      [["run", "train", "s"], ["shuffle="]],
      [["run", "train", "shuffle="], ["shuffle=true", "shuffle=false"]],
      [["run", "-C", ".", "train", "lr=0.2", "lr="], ["lr=0.1"]],
      [["run", "train", "name="], ["name=a b"]],
      [["run", "say.py", ""], ["msg="]],
      [["run", "say.py", "msg=b"], ["msg=bye"]],
      [["make", "tr"], ["train"]],
      [["make", "--directory=other dir", "tr"], ["train"]],
      [["make", "-C", "/", "tr"], []],
      [["make", "--directory=/", "tr"], []],
      [["run", "--scope", ""], ["require", "prefer", "off"]],
      [["run", "--durability=f"], ["--durability=fast"]],
      [["run", "--stage-"], ["--stage-trials"]],
      [["scope", "train", "runt"], ["runtime"]],
      [["test", "--update", "x"], [":files"]],
      [["run", "--", "--"], [":files"]],
      [["nonsense", ""], []],
      [["run", "trian", ""], []],
    ];
    for (const [words, candidates] of cases) {
      assert.deepEqual(await next(project, ...words), candidates, words.join(" "));
    }
    const all = await project.runlit("complete", "--next", "--", "run", "tr");
    assert.match(all.stdout, /^train\tTrain the model\n/);
  });
});

test("runlit complete --next knows runs by name or ID, and their files", async () => {
  await inCliProject(FILES, async (project) => {
    await project.runlit("run", "train", "--scope=off", "--label", "the best");
    const [{ id, name }] = await project.list();
    assert.deepEqual(await next(project, "show", ""), ["@latest", name as string]);
    assert.deepEqual(await next(project, "show", "00000000"), []);
    const digits = /^[0-9a-f]*?[0-9]/.exec(id)![0];
    assert.deepEqual(await next(project, "show", digits), [id]);
    assert.deepEqual(await next(project, "cat", "1", "m"), ["model.py"]);
    const { stdout } = await project.runlit("complete", "--next", "--", "list", "--batch", "");
    assert.match(stdout, /\ttrain completed the best\n/);
  });
});

test("runlit complete says which shells there are", async () => {
  await inCliProject({}, async ({ runlit }) => {
    const { code, stderr } = await runlit("complete", "tcsh");
    assert.equal(code, 2);
    assert.match(stderr, /'tcsh' is no shell that is known: bash, zsh, fish$/m);
  });
});

const PLAIN: Readonly<Record<Shell, { args: readonly string[]; setUp: string }>> = {
  bash: { args: ["--norc", "--noprofile"], setUp: 'eval "$(runlit complete bash)"' },
  zsh: { args: ["-f"], setUp: 'eval "$(runlit complete zsh)"' },
  fish: { args: ["--no-config"], setUp: "runlit complete fish | source" },
};

for (const shell of SHELLS) {
  const missing = ["tmux", shell].find((name) => spawnSync(name, ["-V"]).error !== undefined);
  const skip = missing === undefined ? false : `there is no ${missing}`;
  test(`${shell} completes words of runlit`, { skip }, async () => {
    await inCliProject({ ...FILES, "$(touch evil)": "" }, async ({ dir }) => {
      await inShell(dir, shell, async ({ press, shows }) => {
        press(PLAIN[shell].setUp, "Enter", "echo rea''dy", "Enter");
        await shows(/^ready/m);
        press("runlit ini", "Tab");
        await shows(/runlit init/);
        press("C-u", "runlit run tra", "Tab");
        await shows(/runlit run train/);
        press("sh", "Tab");
        await shows(/runlit run train shuffle=/);
        press("f", "Tab");
        await shows(/runlit run train shuffle=false/);
        press("C-u", "runlit run say.py msg=h", "Tab");
        await shows(/runlit run say\.py msg=hi/);
        press("C-u", "runlit test oth", "Tab");
        await shows(/runlit test ('other dir|other\\ dir)/);
        press(
          "C-u",
          "runlit show '$(touch evil2)' `touch evil3` ",
          "Tab",
          "C-u",
          "echo do''ne",
          "Enter",
        );
        await shows(/^done/m);
        assert.equal(spawnSync("ls", [dir], { encoding: "utf8" }).stdout.includes("evil2"), false);
      });
    });
  });
}

/** Starts a shell without the user's settings, in which `runlit` is a command. */
async function inShell(
  dir: string,
  shell: Shell,
  use: (terminal: CommandTerminal) => Promise<void>,
): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "runlit-home-"));
  const bin = join(home, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "runlit"), `#!/bin/sh\nexec ${RUNLIT_WORD} "$@"\n`, { mode: 0o755 });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: `${bin}:${process.env.PATH}`,
    HOME: home,
    TMPDIR: home,
    TERM: "xterm",
    PS1: "> ",
  };
  for (const name of ["TMUX", "NODE_EXTRA_CA_CERTS", "NODE_OPTIONS"]) delete env[name];
  await onTerminal([shell, ...PLAIN[shell].args], { cwd: dir, env }, use);
  // A shell that is hung up on writes its history, and may be late.
  while (findProcesses({ mark: `HOME=${home}` }).length > 0) await setTimeout(20);
  rmSync(home, { recursive: true, force: true });
}
