import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { OWN_RUNLIT } from "../../scripts/house/tools.ts";
import { type Documents, withDocuments } from "./_documents.ts";

const GOOD = "    >>> 1 + 1\n    2\n";
const BAD = "    >>> 1 + 1\n    3\n\n    >>> 'x'\n    'y'\n";

/** Calls a function while documents are watched; `round` waits for what is printed of the next ones. */
async function whileWatching(
  files: Readonly<Record<string, string>>,
  words: readonly string[],
  use: (round: () => Promise<string>, documents: Documents) => Promise<void>,
): Promise<void> {
  await withDocuments(files, async (documents) => {
    const { dir } = documents;
    const [file, ...args] = OWN_RUNLIT;
    const child = spawn(file, [...args, "test", "--watch", ...words], {
      cwd: dir,
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, XDG_STATE_HOME: dir, CI: "", NODE_EXTRA_CA_CERTS: "" },
    });
    let text = "";
    let look = () => {};
    child.stdout.on("data", (chunk) => {
      text += chunk;
      look();
    });
    const closed = new Promise((resolve) => child.on("close", resolve));
    const round = () =>
      new Promise<string>((resolve, reject) => {
        void closed.then(() => reject(new Error(`ended early: ${text}`)));
        look = () => {
          const [all] = /[^]*^\d+ passed, \d+ failed\n/m.exec(text) ?? [];
          if (all === undefined) return;
          text = text.slice(all.length);
          resolve(all);
        };
        look();
      });
    try {
      await use(round, documents);
    } finally {
      child.kill("SIGINT");
      await closed;
    }
  });
}

test("runlit test --watch runs what changes, with its modules, and ends on SIGINT", async () => {
  const files = {
    "docs/a.md": `${GOOD}\n    >>> import { one } from "../lib/one.ts"\n    >>> one\n    1\n`,
    "docs/b.md": GOOD,
    "lib/one.ts": 'export { one } from "./two.ts";',
    "lib/two.ts": "export const one = 1;",
    "package.json": '{"type":"module"}',
  };
  await whileWatching(files, ["docs"], async (round, { write }) => {
    assert.match(await round(), /^4 passed, 0 failed$/m);
    write("docs/b.md", BAD);
    assert.match(await round(), /^0 passed, 2 failed$/m);
    write("lib/two.ts", "export const one = 100;");
    assert.match(await round(), /a\.md:[^]*^2 passed, 1 failed$/m);
    write("docs/c.md", GOOD);
    assert.match(await round(), /^1 passed, 0 failed$/m);
  });
});

test("runlit test --watch goes on with a directory that was removed and made again", async () => {
  await whileWatching({ "docs/deep/a.md": GOOD }, ["docs"], async (round, { write, path }) => {
    assert.match(await round(), /^1 passed, 0 failed$/m);
    for (const pause of [0, 300]) {
      rmSync(path("docs"), { recursive: true });
      await setTimeout(pause);
      write("docs/deep/a.md", BAD);
      assert.match(await round(), /^0 passed, 2 failed$/m);
      write("docs/deep/a.md", GOOD);
      assert.match(await round(), /^1 passed, 0 failed$/m);
    }
  });
});

test("runlit test --watch --update runs nothing again because of what it wrote", async () => {
  const files = { "a.md": "    >>> Math.random() + 1\n    0\n\nSee ./b.md too\n", "b.md": GOOD };
  await whileWatching(files, ["--update"], async (round, { write, read }) => {
    assert.match(await round(), /^1 passed, 1 failed$/m);
    write("b.md", BAD);
    // It names the other one, and so runs with it: but once.
    assert.match(await round(), /^0 passed, 3 failed$/m);
    write("c.md", GOOD);
    assert.match(await round(), /^1 passed, 0 failed$/m);
    assert.match(read("b.md"), /^ {4}'x'$/m);
    write("b.md", `${GOOD}\n${GOOD}`);
    assert.match(await round(), /^2 passed, 1 failed$/m);
  });
});
