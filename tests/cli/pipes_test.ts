import assert from "node:assert/strict";
import { test } from "node:test";
import { inCliProject } from "./_tools.ts";

const FILES = {
  "runlit.toml":
    '[many]\nexec = "seq 300000"\n[one]\nexec = "echo one; sleep 0.3; echo two; exit 3"\n',
};

test("a reader that goes away ends a listing with 0, and never a run", async () => {
  await inCliProject(FILES, async ({ shell, list }) => {
    const many = await shell("runlit run many -q | head -1; echo ${PIPESTATUS[*]}");
    assert.deepEqual([many.stdout, many.stderr], ["1\n0 0\n", ""]);
    const one = await shell("runlit run one -q | head -1; echo ${PIPESTATUS[*]}");
    assert.deepEqual([one.stdout, one.stderr], ["one\n3 0\n", ""]);
    const listed = await shell("runlit list --json | head -c 1; echo ${PIPESTATUS[*]}");
    assert.deepEqual([listed.stdout, listed.stderr], ["{0 0\n", ""]);
    assert.deepEqual((await list()).map((run) => run.status), ["error", "completed"]);
  });
});

test(
  "a disk that is full is an error, and the run goes on",
  { skip: process.platform !== "linux" },
  async () => {
    await inCliProject(FILES, async ({ shell, list }) => {
      const run = await shell("runlit run many -q > /dev/full");
      assert.equal(run.code, 1);
      assert.match(run.stderr, /^runlit: .*no space left.*\n$/i);
      assert.equal((await list())[0].status, "completed");
      for (const args of ["list", "show", "show --output", "list --json"]) {
        const { code, stderr } = await shell(`runlit ${args} > /dev/full`);
        assert.equal(code, 1, args);
        assert.match(stderr, /no space left/i);
      }
    });
  },
);

test("what a command prints arrives whole, also at a reader that is slow", async () => {
  await inCliProject(FILES, async ({ shell }) => {
    const { stdout } = await shell(
      "runlit run many -q | (sleep 0.5; cksum); seq 300000 | cksum; runlit show --output | cksum",
    );
    const [first, ...others] = stdout.trim().split("\n");
    assert.deepEqual(others, [first, first]);
  });
});
