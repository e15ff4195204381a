import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { OWN_RUNLIT } from "../../scripts/house/tools.ts";
import { type Documents, withDocuments } from "./_documents.ts";

const hasTmux = spawnSync("tmux", ["-V"]).status === 0;
const skip = hasTmux ? false : "tmux is not installed";

const BAD = "    >>> const a = 40 + 1\n    >>> a\n    42\n\n    >>> a + 1\n    0\n";

interface Terminal {
  keys(...keys: string[]): void;
  /** Waits until the screen shows something, and returns the screen. */
  shows(wanted: RegExp): Promise<string>;
}

/** Runs `runlit test` on a pseudo-terminal; the last thing that is shown is `code <N>`. */
async function onTerminal(
  args: readonly string[],
  use: (terminal: Terminal, documents: Documents) => Promise<void>,
  text = BAD,
): Promise<void> {
  await withDocuments({ "a.md": text }, async (documents) => {
    const { dir, path } = documents;
    const tmux = (...words: string[]) =>
      spawnSync("tmux", ["-S", path(".tmux"), "-f", "/dev/null", ...words], { encoding: "utf8" });
    const words = [...OWN_RUNLIT, "test", ...args].map((word) => `'${word}'`).join(" ");
    const command = `unset CI NODE_EXTRA_CA_CERTS; NO_COLOR=1 XDG_STATE_HOME='${dir}' ${words}; ` +
      `echo "code $?"; cat`;
    const started = tmux("new-session", "-d", "-x", "100", "-y", "50", "-c", dir, command);
    assert.equal(started.status, 0, started.stderr);
    try {
      await use({
        keys: (...keys) => void tmux("send-keys", ...keys),
        async shows(wanted) {
          let screen = "";
          for (let i = 0; i < 600; i++) {
            screen = tmux("capture-pane", "-p").stdout;
            if (wanted.test(screen)) return screen;
            await new Promise((resolve) => setTimeout(resolve, 100));
          }
          throw new Error(`The terminal never showed ${wanted}, but:\n${screen}`);
        },
      }, documents);
    } finally {
      tmux("kill-server");
    }
  });
}

test("runlit test --review asks about each change", { skip }, async () => {
  await onTerminal(["--review", "a.md"], async ({ keys, shows }, { read }) => {
    await shows(/a\.md:3\n- 42\n\+ 41\nWrite this change \[y,n,a,q,\?\]\?/);
    keys("?", "Enter");
    await shows(/y: write this change/);
    keys("y", "Enter");
    await shows(/a\.md:6\n- 0\n\+ 42\nWrite this change/);
    keys("n", "Enter");
    await shows(/updated 1 of 2\n[^]*code 1/);
    assert.equal(read("a.md"), BAD.replace("    42\n", "    41\n"));
  });
});

test("runlit test --review writes all, or none, from some change on", { skip }, async () => {
  await onTerminal(["--review", "a.md"], async ({ keys, shows }, { read }) => {
    await shows(/Write this change/);
    keys("a", "Enter");
    await shows(/updated 2 of 2\n[^]*code 0/);
    assert.equal(read("a.md"), BAD.replace("42", "41").replace("    0\n", "    42\n"));
  });
  await onTerminal(["--review", "a.md"], async ({ keys, shows }, { read }) => {
    await shows(/Write this change/);
    keys("q", "Enter");
    await shows(/code 1/);
    assert.equal(read("a.md"), BAD);
  });
});

test("runlit test --repl has the document's state at the first failure", { skip }, async () => {
  await onTerminal(["--repl", "a.md"], async ({ keys, shows }) => {
    await shows(/FAIL [^]*- 42[^]*>>>\n/);
    keys("-l", "a * 2");
    keys("Enter");
    await shows(/>>> a \* 2\n82\n/);
    keys("-l", "const twice = (x: number) => {");
    keys("Enter");
    await shows(/\n\.\.\.\n/);
    keys("-l", "console.log('called'); return 2 * x }");
    keys("Enter");
    await shows(/2 \* x \}\n>>>\n/);
    keys("-l", "twice(a)");
    keys("Enter");
    await shows(/>>> twice\(a\)\ncalled\n82\n/);
    await shows(/82\n>>>\n$/m);
    keys("-l", "missing");
    keys("Enter");
    await shows(/Uncaught ReferenceError: missing is not defined/);
    await shows(/not defined[^>]*>>>\n/);
    // As in the REPL: completion, history, shell commands, and an end to what does not end.
    keys("-l", "twi");
    keys("Tab");
    keys("-l", "(4)");
    keys("Enter");
    await shows(/>>> twice\(4\)\ncalled\n8\n>>>\n/);
    keys("Up", "Up", "Up");
    await shows(/>>> twice\(a\)\n$/m);
    keys("C-c");
    keys("-l", "$ echo from the shell; false");
    keys("Enter");
    await shows(/\nfrom the shell\n<1>\n>>>\n/);
    keys("-l", "await new Promise(() => {})");
    keys("Enter");
    keys("C-c");
    await shows(/\ninterrupted\n>>>\n/);
    keys("C-d");
    await shows(/1 passed, 1 failed, 1 skipped\n[^]*code 1/);
  });
});

test("runlit test --repl works with the permissions of a document", { skip }, async () => {
  const text = `---\npermissions: []\n---\n${BAD}`;
  await onTerminal(["--repl", "a.md"], async ({ keys, shows }) => {
    await shows(/FAIL [^]*- 42[^]*>>>\n/);
    keys("-l", "a * 2");
    keys("Enter");
    await shows(/>>> a \* 2\n82\n>>>\n/);
    keys("C-d");
    await shows(/1 passed, 1 failed, 1 skipped\n[^]*code 1/);
  }, text);
});
