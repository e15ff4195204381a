import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { sealMeta } from "../../lib/meta/seal_meta.ts";
import { openRun } from "../../lib/run/open_run.ts";
import { inTempDir, SEALED_META, writeTree } from "../meta/_tools.ts";

const ID = SEALED_META.id!;

test("openRun() opens a run by any of its paths, before and after it is sealed", async () => {
  await inTempDir(async (runsDir) => {
    const runDir = join(runsDir, ID);
    mkdirSync(runDir);
    writeTree(`${runDir}.meta`, SEALED_META);
    const run = {
      id: ID,
      name: "kafom-fikud",
      runDir,
      metaDir: `${runDir}.meta`,
      opref: { namespace: "demo", name: "say" },
    };
    const paths = [
      runDir,
      `${runDir}/`,
      `${runDir}.meta`,
      `${runDir}.meta/`,
      relative(process.cwd(), runDir),
    ];
    for (const path of paths) assert.deepEqual(await openRun(path), run, path);
    await sealMeta(`${runDir}.meta`);
    const sealed = { ...run, metaDir: `${runDir}.meta.zip` };
    for (const path of [...paths, `${runDir}.meta.zip`]) {
      assert.deepEqual(await openRun(path), sealed, path);
    }
  });
});

test("openRun() opens a run by its ID, or the beginning of it", async () => {
  await inTempDir(async (runsDir) => {
    writeTree(join(runsDir, `${ID}.meta`), SEALED_META);
    writeTree(join(runsDir, `${ID}.user`), { "1.json": "{}" });
    mkdirSync(join(runsDir, "61a825b1"));
    mkdirSync(join(runsDir, "61a825b1-2"));
    for (const text of [ID, "60", "60a825b1"]) {
      assert.equal((await openRun(text, { runsDir })).id, ID);
    }
    assert.equal(
      (await openRun("61a825b1", { runsDir })).id,
      "61a825b1",
      "a whole ID is not ambiguous",
    );
    await assert.rejects(openRun("6", { runsDir }), {
      name: "RangeError",
      message:
        `Cannot open run '6': several IDs in '${runsDir}' begin so: ${ID}, 61a825b1, 61a825b1-2`,
    });
    await assert.rejects(openRun("7", { runsDir }), {
      name: "NotFoundError",
      message: `Run does not exist: no ID in '${runsDir}' begins with '7'`,
    });
    await assert.rejects(
      openRun("7", { runsDir: join(runsDir, "x") }),
      /^NotFoundError: Runs dir does not exist: /,
    );
  });
});

test("openRun() opens a run that is not initialized, and one whose files were purged", async () => {
  await inTempDir(async (runsDir) => {
    mkdirSync(join(runsDir, "deadbeef"));
    assert.deepEqual(await openRun(join(runsDir, "deadbeef")), {
      id: "deadbeef",
      name: "tupot-ruroz",
      runDir: join(runsDir, "deadbeef"),
      metaDir: join(runsDir, "deadbeef.meta"),
      opref: null,
    });
    writeTree(join(runsDir, `${ID}.meta`), SEALED_META);
    assert.equal((await openRun(join(runsDir, ID))).opref?.name, "say");
  });
});

test("openRun() says what is missing or damaged", async () => {
  await inTempDir(async (runsDir) => {
    const path = join(runsDir, "a");
    await assert.rejects(openRun(path), {
      name: "NotFoundError",
      message: `Run dir does not exist: ${path}`,
    });
    await assert.rejects(
      openRun("deadbeef"),
      /deadbeef; to find a run by its ID, say where runs are$/,
    );
    await assert.rejects(openRun(""), TypeError);
    writeTree(`${path}.meta`, { opref: "garbage" });
    await assert.rejects(
      openRun(path),
      /^RangeError: Cannot open run '.*a\.meta': Cannot read operation reference 'garbage'/,
    );
    rmSync(`${path}.meta`, { recursive: true });
    writeFileSync(`${path}.meta.zip`, "");
    await assert.rejects(
      openRun(path),
      /^ZipError: Cannot read zip '.*a\.meta\.zip': it is empty$/,
    );
    writeTree(`${path}.meta`, { opref: "2 t t" });
    assert.equal((await openRun(path)).metaDir, `${path}.meta`, "a broken zip loses");
  });
});
