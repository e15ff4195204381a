import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import * as helpers from "../../repl/helpers/mod.ts";
import { printed } from "./_evaluate.ts";

const dir = helpers.makeTempDir("runlit-helpers-");
after(() => helpers.deleteTempDir(dir));

test("ls() prints paths in natural order, and <empty> for nothing", () => {
  const code = `
    const dir = h.makeTempDir();
    h.ls(dir);
    for (const name of ["run10", "run9", "b/c/d", "a"]) h.write(h.pathJoin(dir, name), "");
    h.ls(dir);
    console.log("-");
    h.ls(dir, { includeDirs: true });
    console.log("-");
    h.ls(dir, { include_dirs: true, ignore: ["b/c", "run*"] });
    h.cd(dir);
    console.log("-");
    h.ls("b");`;
  assert.equal(
    printed(code),
    "<empty>\na\nb/c/d\nrun9\nrun10\n-\na\nb\nb/c\nb/c/d\nrun9\nrun10\n-\na\nb\n-\nc/d\n",
  );
});

test("ls() shows the same permissions whatever the umask", () => {
  const code = `
    const { chmodSync, mkdirSync, symlinkSync, writeFileSync } = await import("node:fs");
    const dir = h.makeTempDir();
    h.cd(dir);
    h.touch("plain");
    h.write("sealed", "");
    chmodSync("sealed", 0o444);
    h.write("tool", "");
    chmodSync("tool", 0o755);
    h.makeDir("sub");
    symlinkSync("plain", "link");
    h.ls(".", { permissions: true, includeDirs: true });`;
  const expected =
    "lrwxrwxrwx link\n-rw-rw-r-- plain\n-r--r--r-- sealed\ndrwxrwxr-x sub\n-rwxrwxr-x tool\n";
  assert.equal(printed(code, 0o022), expected);
  assert.equal(printed(code, 0o002), expected);
});

test("cat() and catLog() print files, cat_log without its dates", () => {
  const code = `
    h.cd(h.makeTempDir());
    h.write("empty", "");
    h.write("text", "one\\ntwo");
    h.cat("empty", "text");
    h.write("log", "2024-07-05T10:11:12+0200 Running:\\n    ['python']\\n" +
      "2024-07-05T10:11:12.123456Z Exit code 2024-07-05T10:11:12Z\\n");
    h.catLog("log");
    h.catLog("empty");`;
  assert.equal(
    printed(code),
    "<empty>\none\ntwo\nRunning:\n    ['python']\nExit code 2024-07-05T10:11:12Z\n<empty>\n",
  );
});

test("what helpers print is in order with what commands print", () => {
  const code = `
    const { execSync } = await import("node:child_process");
    h.printl(["one", 2]);
    execSync("echo three", { stdio: "inherit" });
    h.printl("four", { five: 5 });
    await h.udiff("a\\nb", "a\\nc");
    console.log("six");`;
  assert.equal(
    printed(code),
    "one\n2\nthree\nfour\n{ five: 5 }\n@@ -1,2 +1,2 @@\n a\n-b\n+c\nsix\n",
  );
});

test("cd() changes the directory, for commands too, and says what is wrong", () => {
  const before = process.cwd();
  helpers.cd(dir);
  assert.equal(execFileSync("pwd", { encoding: "utf8" }).trim(), dir);
  helpers.cd();
  assert.equal(process.cwd(), homedir());
  helpers.cd(before);
  assert.throws(() => helpers.cd(join(dir, "no")), {
    message: `Cannot change to '${join(dir, "no")}': there is no such directory`,
  });
});

test("write(), read(), touch(), makeDir(), sha256() do what they say", () => {
  const path = helpers.pathJoin(dir, "a", "config.json");
  helpers.write(path, '{"x": 124}');
  assert.equal(helpers.read(path), '{"x": 124}');
  assert.equal(
    helpers.sha256(path),
    "5cc1441b4902cd35921288754e412e0eb949d44d81e4e0fcb281a913a7c3e820",
  );
  helpers.touch(path);
  assert.equal(helpers.read(path), '{"x": 124}');
  helpers.makeDir(join(dir, "b", "c"));
  helpers.makeDir(join(dir, "b", "c"));
  assert.ok(statSync(join(dir, "b", "c")).isDirectory());
  assert.equal(helpers.basename(path), "config.json");
  assert.equal(helpers.pathJoin("a", "/b", "../c"), "/c");
  assert.ok(helpers.pathExists(path) && !helpers.pathExists(join(dir, "no")));
});

test("deleteTempDir() removes what makeTempDir() made, and nothing else", () => {
  const temp = helpers.makeTempDir();
  helpers.write(join(temp, "sealed", "file"), "x");
  helpers.deleteTempDir(temp);
  assert.ok(!existsSync(temp));
  mkdirSync(join(dir, "mine"));
  assert.throws(() => helpers.deleteTempDir(join(dir, "mine")), /was not made by makeTempDir\(\)/);
  assert.ok(existsSync(join(dir, "mine")));
});

test("temporary directories are gone when the process has ended", () => {
  const path = printed(`console.log(h.makeTempDir())`).trim();
  assert.match(path, /runlit-/);
  assert.ok(!existsSync(path));
  symlinkSync(dir, join(dir, "link"));
  assert.equal(readFileSync(join(dir, "link", "a", "config.json"), "utf8"), '{"x": 124}');
});

test("assert() and assertEquals() throw AssertionErrors that say what was there", () => {
  helpers.assert(1);
  assert.throws(() => helpers.assert(0), { name: "AssertionError", message: "0 is not true" });
  assert.throws(() => helpers.assert(false, "it has to be"), { message: "it has to be" });
  helpers.assertEquals({ a: [1] }, { a: [1] });
  assert.throws(() => helpers.assertEquals({ a: 1 }, { a: "1" }), {
    name: "AssertionError",
    message: "{ a: 1 } is not { a: '1' }",
  });
});

test("datetimeFromiso() reads what logs have, and compares with datetimeNow()", () => {
  const cases: [string, string][] = [
    ["2024-07-05T10:11:12+0200", "2024-07-05T08:11:12.000Z"],
    ["2024-07-05T10:11:12.345678-01:30", "2024-07-05T11:41:12.345Z"],
    ["2024-07-05 10:11Z", "2024-07-05T10:11:00.000Z"],
    ["2024-07-05T10:11:12,5+02", "2024-07-05T08:11:12.500Z"],
  ];
  for (const [text, iso] of cases) assert.equal(helpers.datetimeFromiso(text).toISOString(), iso);
  assert.equal(helpers.datetimeFromiso("2024-07-05").getHours(), 0);
  assert.ok(helpers.datetimeFromiso("2024-07-05T10:11:12+0200") <= helpers.datetimeNow());
  for (const text of ["", "yesterday", "2024-13-05", "2024-07-05T25:00:00"]) {
    assert.throws(() => helpers.datetimeFromiso(text), RangeError, text);
  }
});
