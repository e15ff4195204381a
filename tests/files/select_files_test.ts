import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { parseFilePatterns } from "../../lib/files/parse_file_patterns.ts";
import { selectFiles, type SelectFilesOptions } from "../../lib/files/select_files.ts";
import type { JsonValue } from "../../lib/types.ts";
import { withTempDir } from "./_support.ts";

/** Makes files from `path` or `path: contents`. */
function makeFiles(dir: string, ...files: (string | Record<string, string | Uint8Array>)[]): void {
  for (const file of files) {
    const contents = typeof file === "string" ? { [file]: "" } : file;
    for (const [path, data] of Object.entries(contents)) {
      mkdirSync(dirname(`${dir}/${path}`), { recursive: true });
      writeFileSync(`${dir}/${path}`, data);
    }
  }
}

async function select(
  dir: string,
  patterns?: JsonValue,
  options?: SelectFilesOptions,
): Promise<{ paths: string[]; messages: string[]; kinds: string[] }> {
  const { files, warnings } = await selectFiles(dir, parseFilePatterns(patterns), options);
  return {
    paths: files.map((file) => file.path),
    messages: warnings.map((warning) => warning.message),
    kinds: warnings.map((warning) => warning.kind),
  };
}

async function paths(dir: string, patterns?: JsonValue): Promise<string[]> {
  const selected = await select(dir, patterns);
  assert.deepEqual(selected.messages, []);
  return selected.paths;
}

test("the defaults select text files that are not too large", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, "train.py", "conf/train.yaml", "Makefile", "summary.json", "conf/summary.json");
    makeFiles(dir, { "big.txt": "x".repeat(100_000), "fits.txt": "x".repeat(99_999) });
    makeFiles(dir, { "model": new Uint8Array([0, 1]), "a.png": "" }, ".env");
    assert.deepEqual(await paths(dir), [
      ".env",
      "Makefile",
      "conf/summary.json",
      "conf/train.yaml",
      "fits.txt",
      "train.py",
    ]);
  }));

test("the defaults skip hidden directories, Python environments and marked directories", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, ".git/config", "a/.cache/x.py", "venv/bin/activate", "venv/lib/x.py");
    makeFiles(dir, "data/.nocopy", "data/deep/x.py", "src/x.py");
    assert.deepEqual(await paths(dir), ["src/x.py"]);
    // A marker in the project directory itself marks nothing.
    makeFiles(dir, ".nocopy");
    assert.deepEqual(await paths(dir), [".nocopy", "src/x.py"]);
  }));

test("the last rule that matches decides", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, "a.py", "b.py", "c.txt");
    assert.deepEqual(await paths(dir, ["*.py", "-a.py"]), ["b.py"]);
    assert.deepEqual(await paths(dir, ["-a.py", "*.py"]), ["a.py", "b.py"]);
    assert.deepEqual(await paths(dir, ["*", "-*", "c.*"]), ["c.txt"]);
    assert.deepEqual(await paths(dir, ["-*.txt", "-a.py"]), ["b.py"]);
    assert.deepEqual(await paths(dir, false), []);
  }));

test("rules test the size and the type of a file", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, { "0": "", "1": "x", "10": "x".repeat(10), "b": new Uint8Array(5) });
    assert.deepEqual(await paths(dir, "* size>0 size<10"), ["1", "b"]);
    assert.deepEqual(await paths(dir, "* size>0"), ["1", "10", "b"]);
    assert.deepEqual(await paths(dir, "* size<1"), ["0"]);
    assert.deepEqual(await paths(dir, "* text"), ["0", "1", "10"]);
    assert.deepEqual(await paths(dir, "* binary"), ["b"]);
    assert.deepEqual(await paths(dir, ["*", "-* text size>0"]), ["0", "b"]);
  }));

test("dir rules decide what is entered, the last one first", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, "a/x", "a/b/x", "c/b/x", "x");
    assert.deepEqual(await paths(dir, ["**/*", "-a dir"]), ["c/b/x", "x"]);
    assert.deepEqual(await paths(dir, ["**/*", "-**/b dir"]), ["a/x", "x"]);
    assert.deepEqual(await paths(dir, ["**/*", "-**/b dir", "a/b dir"]), ["a/b/x", "a/x", "x"]);
  }));

test("a sentinel may be a glob", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, "a/deep/x.lock", "a/y", "b/y");
    assert.deepEqual(await paths(dir, ["**/y", "-* dir sentinel=**/*.lock"]), ["b/y"]);
    assert.deepEqual(await paths(dir, ["**/y", "-* dir sentinel=*.lock"]), ["a/y", "b/y"]);
    assert.deepEqual(await paths(dir, ["**/y", "-* dir sentinel=deep/?.lock"]), ["b/y"]);
  }));

test("excludes that are no dir rules keep to their globs", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, "conf/a", "conf/b/c", "x");
    assert.deepEqual(await paths(dir, ["**/*", "-conf"]), ["conf/a", "conf/b/c", "x"]);
    assert.deepEqual(await paths(dir, ["**/*", "-conf/*"]), ["conf/b/c", "x"]);
    assert.deepEqual(await paths(dir, ["**/*", "-conf/**/*"]), ["x"]);
    assert.deepEqual(await paths(dir, ["**/*", "-conf/**/*", "conf/b/*"]), ["conf/b/c", "x"]);
  }));

test("files are described", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, { "src/run.sh": "12345" });
    chmodSync(`${dir}/src/run.sh`, 0o750);
    execFileSync("touch", ["-d", "@1700000000.25", `${dir}/src/run.sh`]);
    const { files } = await selectFiles(dir, parseFilePatterns());
    assert.deepEqual(files, [{
      path: "src/run.sh",
      source: `${dir}/src/run.sh`,
      kind: "file",
      size: 5,
      mode: 0o750,
      mtimeMs: 1_700_000_000_250,
    }]);
  }));

test("directories given as excluded are never entered, whatever leads to them", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, "x", "sub/runs/1/x", "sub/y");
    symlinkSync("sub/runs", `${dir}/latest`);
    symlinkSync("sub/runs/1", `${dir}/first`);
    symlinkSync("sub", `${dir}/tub`);
    const selected = await select(dir, "**/*", { exclude: [`${dir}/sub/runs`, `${dir}/no`] });
    assert.deepEqual(selected.paths, ["sub/y", "tub/y", "x"]);
    assert.deepEqual(selected.messages, [
      `Left out "first": it leads to "${dir}/sub/runs/1", which is never copied; ` +
      'the pattern "-first dir" silences this',
    ]);
    const all = await select(dir, "**/*", { exclude: [dir] });
    assert.equal(all.paths.includes("x"), true, "the directory itself is always entered");
  }));

test("a limit is reached with a warning that says what to do", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, "b/1", "b/2", "a/3", "z");
    const { paths, messages, kinds } = await select(dir, "**/* max-matches=2");
    assert.deepEqual(paths, ["a/3", "z"]);
    assert.deepEqual(kinds, ["limit"]);
    assert.deepEqual(messages, [
      'Pattern "**/* max-matches=2" reached its limit of 2 files, and further files were left ' +
      'out; raise "max-matches", or leave directories out, as in "-data dir"',
    ]);
  }));

test("the default limit is 500 files, and none is lost silently", () =>
  withTempDir(async (dir) => {
    for (let i = 0; i < 500; i++) writeFileSync(`${dir}/${i}.py`, "");
    assert.equal((await paths(dir)).length, 500);
    makeFiles(dir, "summary.json");
    assert.equal((await paths(dir)).length, 500, "what is excluded anyway is no loss");
    makeFiles(dir, "one-more.py");
    const selected = await select(dir);
    assert.equal(selected.paths.length, 500);
    assert.deepEqual(selected.kinds, ["limit"]);
  }));

test("a limit counts matches that a later rule excludes, and may belong to an exclude", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, "1", "2", "3");
    const first = await select(dir, ["* max-matches=2", "-1"]);
    assert.deepEqual(first, { paths: ["2"], messages: first.messages, kinds: ["limit"] });
    const second = await select(dir, ["*", "-* max-matches=2"]);
    assert.deepEqual(second.paths, ["3"]);
    assert.match(second.messages[0], /further files were not excluded/);
  }));

test("a pattern that selects nothing is a warning", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, "x", "data/y");
    const { paths, messages } = await select(dir, ["x", "train.py", "data/**", "data/", "src dir"]);
    assert.deepEqual(paths, ["x"]);
    assert.deepEqual(messages, [
      'Pattern "train.py" matches no file',
      'Pattern "data/**" matches no file; to match files at any depth, use "data/**/*"',
      'Pattern "data/" matches no file; to match files at any depth, use "data/**/*"',
      'Pattern "src dir" matches no file; "dir" alone selects no file, use "src/**/*"',
    ]);
    assert.deepEqual(await select(`${dir}/data`), { paths: ["y"], messages: [], kinds: [] });
  }));

test("links to files stand for what they lead to", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, { "data/real.csv": "1,2\n" });
    symlinkSync("data/real.csv", `${dir}/link.csv`);
    symlinkSync(`${dir}/link.csv`, `${dir}/again.csv`);
    const { files, warnings } = await selectFiles(dir, parseFilePatterns("*.csv size>3"));
    assert.deepEqual(warnings, []);
    assert.deepEqual(files.map(({ path, kind, size, source }) => [path, kind, size, source]), [
      ["again.csv", "symlink", 4, `${dir}/data/real.csv`],
      ["link.csv", "symlink", 4, `${dir}/data/real.csv`],
    ]);
  }));

test("links to directories are followed, but not in circles", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, "a/x.py", "b/y.py");
    symlinkSync("../b", `${dir}/a/to-b`);
    symlinkSync("../a", `${dir}/b/to-a`);
    symlinkSync(".", `${dir}/loop`);
    const { paths, messages } = await select(dir);
    assert.deepEqual(paths, ["a/to-b/y.py", "a/x.py", "b/to-a/x.py", "b/y.py"]);
    assert.deepEqual(messages, [
      'Left out "loop": it leads back to a directory that it is in; ' +
      'the pattern "-loop dir" silences this',
      'Left out "a/to-b/to-a": it leads back to a directory that it is in; ' +
      'the pattern "-a/to-b/to-a dir" silences this',
      'Left out "b/to-a/to-b": it leads back to a directory that it is in; ' +
      'the pattern "-b/to-a/to-b dir" silences this',
    ]);
  }));

test("links to each other end after a while", () =>
  withTempDir(async (dir) => {
    const names = Array.from("abcdefgh");
    for (const name of names) {
      makeFiles(dir, `${name}/x.py`);
      for (const other of names) symlinkSync(`../${other}`, `${dir}/${name}/${other}`);
    }
    const { paths, messages } = await select(dir, "**/*.py");
    assert.ok(paths.length > 8 && paths.length <= 1008);
    assert.ok(messages.some((message) => message.includes("1000 links to directories")));
  }));

test("links that lead out are left out, or followed when asked", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, { "out/secret.txt": "s" }, "project/x.py", "project2/y.py");
    symlinkSync("../out/secret.txt", `${dir}/project/file.txt`);
    symlinkSync(`${dir}/out`, `${dir}/project/data set`);
    symlinkSync("../project2", `${dir}/project/p2`);
    const { paths, messages } = await select(`${dir}/project`);
    assert.deepEqual(paths, ["x.py"]);
    const out = (path: string, target: string, pattern: string) =>
      `Left out "${path}": it leads out, to "${dir}/${target}"; make that a dependency, or ` +
      `copy it; the pattern "${pattern}" silences this`;
    assert.deepEqual(messages, [
      out("data set", "out", "-'data set' dir"),
      out("file.txt", "out/secret.txt", "-file.txt"),
      out("p2", "project2", "-p2 dir"),
    ]);

    assert.deepEqual(await select(`${dir}/project`, ["-'data set' dir", "-file.txt", "-p2 dir"]), {
      paths: ["x.py"],
      messages: [],
      kinds: [],
    });
    const followed = await select(`${dir}/project`, true, { followLinks: true });
    assert.deepEqual(followed.paths, ["data set/secret.txt", "file.txt", "p2/y.py", "x.py"]);
    assert.deepEqual(followed.messages, []);
  }));

test("links that the rules do not select are nobody's business", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, "project/x.py", "out/x");
    symlinkSync("../out", `${dir}/project/out`);
    symlinkSync("nowhere", `${dir}/project/broken`);
    symlinkSync("../out/x", `${dir}/project/x`);
    assert.deepEqual(await select(`${dir}/project`, ["*.py"]), {
      paths: ["x.py"],
      messages: [],
      kinds: [],
    });
  }));

test("links that lead nowhere are left out", () =>
  withTempDir(async (dir) => {
    symlinkSync("nowhere", `${dir}/a.py`);
    symlinkSync("b.py", `${dir}/b.py`);
    const { paths, messages } = await select(dir);
    assert.deepEqual(paths, []);
    assert.deepEqual(messages, [
      'Left out "a.py": its target cannot be found: it does not exist; ' +
      'the pattern "-a.py" silences this',
      'Left out "b.py": its target cannot be found: it leads to itself; ' +
      'the pattern "-b.py" silences this',
    ]);
  }));

test("pipes, sockets and devices are left out and never opened", () =>
  withTempDir(async (dir) => {
    execFileSync("mkfifo", [`${dir}/pipe`, `${dir}/pipe.py`]);
    symlinkSync("pipe", `${dir}/to-pipe`);
    symlinkSync("/dev/zero", `${dir}/zero`);
    const { paths, messages, kinds } = await select(dir, ["*", "-pipe.py"], { followLinks: true });
    assert.deepEqual(paths, []);
    assert.deepEqual(kinds, ["special", "special", "special", "no-match"]);
    assert.equal(
      messages[0],
      'Left out "pipe": it is a pipe, a socket or a device; the pattern "-pipe" silences this',
    );
    assert.match(messages[2], /^Left out "zero": it leads to "\/dev\/zero", a pipe/);
  }));

test("names that no log can hold are left out", () =>
  withTempDir(async (dir) => {
    execFileSync("sh", ["-c", `printf x > "$1/$(printf 'bad\\377.py')"`, "sh", dir]);
    execFileSync("sh", [
      "-c",
      `mkdir "$1/$(printf 'dir\\377')"; : > "$1/$(printf 'dir\\377')/x"`,
      "sh",
      dir,
    ]);
    makeFiles(dir, "line\nbreak.py", "in\rside/x.py", "real\ufffd.py", "ümläut.py");
    const { paths, messages, kinds } = await select(dir);
    assert.deepEqual(paths, ["real\ufffd.py", "ümläut.py"]);
    assert.deepEqual(kinds, ["bad-name", "bad-name", "bad-name", "bad-name"]);
    assert.ok(messages.includes(
      'Left out "line\\nbreak.py": its name has a line break; rename it',
    ));
    assert.ok(messages.includes('Left out "in\\rside": its name has a line break; rename it'));
    // Deno cannot see the byte.
    const bad = messages.filter((message) => message.includes("not UTF-8"));
    assert.equal(bad.length, 2);
    for (const message of bad) {
      assert.match(
        message,
        /^Left out "(bad(\\\\xff|\ufffd)\.py|dir(\\\\xff|\ufffd))": its name is/,
      );
    }
    assert.deepEqual((await select(dir, "none")).kinds, ["no-match"], "only what may be selected");
  }));

test("the directory may be a link, and its absence is an error", () =>
  withTempDir(async (dir) => {
    makeFiles(dir, "project/x.py", "file");
    symlinkSync("project", `${dir}/link`);
    assert.deepEqual(await paths(`${dir}/link`), ["x.py"]);
    await assert.rejects(selectFiles(`${dir}/no`, parseFilePatterns()), {
      name: "FileError",
      message: `Cannot select files in "${dir}/no": it does not exist`,
    });
    await assert.rejects(selectFiles(`${dir}/file`, parseFilePatterns()), { code: "ENOTDIR" });
  }));
