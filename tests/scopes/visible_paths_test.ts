import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { resolveScope } from "../../lib/phases/scope/resolve_scope.ts";
import { visiblePaths } from "../../lib/phases/scope/visible_paths.ts";

const DIRS = { run: "/r/1", runs: "/r", home: "/h", tmp: "/tmp", cache: "/h/.cache" };

test("visiblePaths() shows what a command reads in /tmp, and not what it writes there", () => {
  const dir = realpathSync(mkdtempSync("/tmp/runlit-test-"));
  try {
    for (const name of ["a", "b"]) writeFileSync(join(dir, name), "");
    const scope = resolveScope([], "run", DIRS);
    const options = { scope, dirs: DIRS, hidden: [], inherited: {} };
    const shown = (command: string | string[]) => {
      const [file, ...args] = typeof command === "string" ? ["/bin/sh", "-c", command] : command;
      return visiblePaths({ file, args, cwd: "/", env: {} }, options)
        .filter((path) => path.startsWith(dir)).map((path) => path.slice(dir.length + 1)).join(" ");
    };
    assert.equal(shown(`cat ${dir}/a`), "a");
    assert.equal(shown(`python train.py --data=${dir}/a --out ${dir}/b`), "a");
    assert.equal(shown(["train", "--data", `${dir}/a`, `--log-dir=${dir}/b`]), "a");
    assert.equal(shown(`cat ${dir}/a > ${dir}/b`), "a");
    assert.equal(shown(`curl -o ${dir}/a http://x/y && tar xf ${dir}/a`), "");
    assert.equal(shown(`mkdir -p ${dir}/a && cd ${dir}/a`), "");
    assert.equal(shown(`touch x ${dir}/a; cat ${dir}/b`), "b");
    assert.equal(shown(`dd if=${dir}/a of=${dir}/b`), "a");
    assert.equal(shown(`cat x${dir}/a ${dir}/none`), "");
    // What a program contains is none of the command's words.
    assert.equal(shown(["perl", "-e", `open F, "<", "${dir}/a"`]), "");
  } finally {
    rmSync(dir, { recursive: true });
  }
});
