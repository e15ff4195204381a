/**
 * `runlit cat`: prints what runs printed, or a file of theirs.
 *
 * @module
 */

import type { Stats } from "node:fs";
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import { join, normalize, sep } from "node:path";
import type { Command } from "commander";
import { NotFoundError } from "../../lib/errors.ts";
import { listFiles } from "../../lib/files/list_files.ts";
import { readOutputChunks } from "../../lib/meta/read_output.ts";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { suggest } from "../../lib/suggest.ts";
import type { Run } from "../../lib/types.ts";
import { stdoutFailed } from "../cli/closed_pipe.ts";
import { findRuns } from "../cli/find_runs.ts";
import { pass } from "../cli/print.ts";
import { UsageError } from "../cli/usage_error.ts";
import { addWorkspaceOptions, openWorkspace, type WorkspaceOptions } from "../cli/workspace.ts";

interface CatOptions extends WorkspaceOptions {
  meta?: true;
  null?: true;
}

export function define(command: Command): void {
  addWorkspaceOptions(
    command
      .argument(
        "[run]",
        "ID or its beginning, name, number in the list; '-' for standard input",
        "@latest",
      )
      .argument("[path]", "file in the run directory; what the command printed if left out"),
  )
    .option(
      "-m, --meta",
      "the path is one in the run's meta, such as 'log/runner'; lists them without",
    )
    .option("-0, --null", "IDs on standard input end with NUL")
    .addHelpText("after", EXAMPLES)
    .action(cat);
}

const EXAMPLES = `
Examples:
  runlit cat                      what the latest run printed, byte by byte
  runlit cat 2 results.json       a file that a run has read or written
  runlit cat 2 --meta             names of what is known about a run
  runlit cat 2 --meta output/20_runtime
  runlit list --json | jq -r .id | runlit cat -
`;

async function cat(spec: string, path: string | undefined, options: CatOptions): Promise<void> {
  const workspace = await openWorkspace(options);
  if (path !== undefined) checkInside(path, options.meta ? "its meta" : "the run directory");
  for (const run of await findRuns(workspace, [spec], { nul: options.null })) {
    const chunks = options.meta
      ? metaChunks(run, path)
      : path === undefined
      ? readOutputChunks(run, "40_run")
      : fileChunks(run, path);
    for await (const chunk of chunks) {
      if (stdoutFailed()) return;
      await pass(chunk, "stdout");
    }
  }
}

function checkInside(path: string, where: string): void {
  const first = normalize(path).split(sep)[0];
  if (path !== "" && first !== "" && first !== "..") return;
  throw new UsageError(`'${path}' is no path in ${where}: it has to be relative, without '..'`);
}

/** A file of meta, or the names of all of them. */
async function* metaChunks(run: Run, path: string | undefined): AsyncGenerator<Uint8Array> {
  const names = () => runMeta.ls(run);
  if (path === undefined) {
    for (const name of await names()) if (!name.endsWith("/")) yield Buffer.from(`${name}\n`);
    return;
  }
  const name = normalize(path).split(sep).join("/");
  // Output may be larger than memory.
  if (name.startsWith("output/") && (await names()).includes(name)) {
    return yield* readOutputChunks(run, name.slice("output/".length));
  }
  const data = await runMeta.read(run, name);
  if (data === null) throw noFile(run, path, "meta", await names());
  yield data;
}

const CHUNK = 1 << 20;

async function* fileChunks(run: Run, path: string): AsyncGenerator<Uint8Array> {
  const file = join(run.runDir, path);
  let stat: Stats;
  try {
    stat = statSync(file);
  } catch {
    const names = (await listFiles(run.runDir, { onError: () => {} })).map(({ path }) => path);
    throw noFile(run, path, "run directory", names);
  }
  // Whoever opens a named pipe waits for its other end.
  if (!stat.isFile()) {
    const what = stat.isDirectory() ? "a directory" : "no regular file";
    throw new Error(`Cannot print '${path}' of run '${run.name}': it is ${what} ('${file}')`);
  }
  const fd = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!fstatSync(fd).isFile()) return;
    for (;;) {
      const bytes = Buffer.allocUnsafe(CHUNK);
      const length = readSync(fd, bytes, 0, CHUNK, null);
      if (length === 0) return;
      yield bytes.subarray(0, length);
    }
  } finally {
    closeSync(fd);
  }
}

function noFile(run: Run, path: string, where: string, names: readonly string[]): NotFoundError {
  const near = suggest(path, names);
  return new NotFoundError(
    `There is no file '${path}' in the ${where} of run '${run.name}'` +
      (near === null ? "" : `: did you mean '${near}'?`),
    path,
  );
}
