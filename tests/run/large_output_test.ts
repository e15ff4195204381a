import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { statfsSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { readOutputChunks } from "../../lib/meta/read_output.ts";
import { openZip } from "../../lib/meta/zip/open_zip.ts";
import { openRun } from "../../lib/run/open_run.ts";
import { runStatus } from "../../lib/run/run_status.ts";
import { ROOT } from "../../scripts/house/root.ts";
import { runProgram } from "../../scripts/house/run_program.ts";
import { DENO, NODE_TYPESCRIPT } from "../../scripts/house/tools.ts";
import { initialized, inProject } from "./_tools.ts";

const IS_DENO = "Deno" in globalThis;
/** One of the runtimes is enough for a gigabyte: it takes a while. */
const MEGABYTES = IS_DENO ? 128 : 1024;
const LINE = `${"0123456789".repeat(10).slice(1)}\n`;

function withoutRoom(): string | false {
  const { bavail, bsize } = statfsSync(tmpdir());
  return bavail * bsize > 6 * MEGABYTES * 1024 * 1024 ? false : "there is no room on the disk";
}

test("a command may print a gigabyte: all is sealed and read, and memory stays flat", {
  skip: withoutRoom(),
}, async () => {
  await inProject({ "a.txt": "" }, async (project, runs) => {
    const bytes = MEGABYTES * 1_000_000;
    const run = await initialized(runs, {
      command: ["sh", "-c", `yes ${LINE.trim()} | head -c ${bytes}`],
    });
    const library = (name: string) =>
      JSON.stringify(pathToFileURL(join(ROOT, `lib/run/${name}.ts`)));
    const program = join(runs, "..", "program.mts");
    writeFileSync(
      program,
      `import { openRun } from ${library("open_run")};
      import { stageRun } from ${library("stage_run")};
      import { execRun } from ${library("exec_run")};
      import { finalizeRun } from ${library("finalize_run")};
      const run = await openRun(${JSON.stringify(run.runDir)});
      await stageRun(run, ${JSON.stringify(project)});
      const before = process.memoryUsage.rss();
      const { bytes, lines } = await execRun(run);
      await finalizeRun(run);
      // Linux counts in kB, and so does macOS here.
      console.log(JSON.stringify({ bytes, lines, grown: process.resourceUsage().maxRSS / 1024 - before / 2 ** 20 }));`,
    );
    const argv = IS_DENO ? [DENO, "run", "-A", "--no-config"] : NODE_TYPESCRIPT;
    const ended = await runProgram([...argv, program], { cwd: project });
    assert.ok(ended.ok, ended.output);
    const result = JSON.parse(ended.stdout.trim().split("\n").at(-1)!);
    assert.equal(result.bytes, bytes);
    const lines = Math.ceil(bytes / LINE.length);
    assert.equal(result.lines, lines);
    if (Number.isFinite(result.grown)) assert.ok(result.grown < 200, `grew by ${result.grown} MB`);

    const sealed = await openRun(run.runDir);
    assert.equal(await runStatus(sealed), "completed");
    assert.ok(statSync(sealed.metaDir).size > bytes + 9 * lines);
    const { entries } = openZip(sealed.metaDir);
    assert.equal(entries.get("output/40_run.index")!.size, 9 * lines);
    const expected = createHash("sha256");
    const found = createHash("sha256");
    const block = Buffer.from(LINE.repeat(10_000));
    for (let left = bytes; left > 0; left -= block.length) expected.update(block.subarray(0, left));
    for await (const chunk of readOutputChunks(sealed, "40_run")) found.update(chunk);
    assert.equal(found.digest("hex"), expected.digest("hex"));
  });
});
