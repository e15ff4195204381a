import assert from "node:assert/strict";
import { test } from "node:test";
import { inCliProject } from "./_tools.ts";

const FILES = {
  "runlit.toml": `[op]
exec = "seq 30000; printf '\\\\033]0;title\\\\007\\\\033[31mred\\\\033[0m\\\\rend'; echo x > made.txt"
`,
};

test("runlit show shows the end of the output, without what would command a terminal", async () => {
  await inCliProject(FILES, async ({ runlit }) => {
    await runlit("run", "--durability", "fast");
    const { code, stdout, stderr } = await runlit("show");
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^operation +op \(demo\)$/m);
    assert.match(stdout, /^status +completed$/m);
    assert.match(stdout, /^ {2}generated {2}made\.txt$/m);
    assert.match(stdout, /^ {2}… 29981 lines before: --output prints them\n {2}29982\n/m);
    assert.match(stdout, /\n {2}30000\n {2}\S*end\n$/);
    assert.equal(stdout.includes("\x1b"), false);
  });
});

test("runlit show --output, --files, --log and paths print just that", async () => {
  await inCliProject(FILES, async ({ runlit, list }) => {
    await runlit("run", "--durability=fast");
    const [run] = await list();
    const output = await runlit("show", "--output", run.id.slice(0, 6));
    assert.match(output.stdout, /^1\n2\n3\n[^]*\n30000\n/);
    assert.match(
      (await runlit("show", "-f", "1")).stdout,
      /^s [0-9a-f]{64} runlit\.toml\ng .* made\.txt\n$/,
    );
    assert.match((await runlit("show", "--log")).stdout, /Exit code for run: 0/);
    assert.equal((await runlit("show", "--run-dir")).stdout, `${run.runDir}\n`);
    assert.equal((await runlit("show", "--meta-dir")).stdout, `${run.runDir}.meta.zip\n`);
    const unknown = await runlit("show", "zzz");
    assert.deepEqual([unknown.code, unknown.stdout], [1, ""]);
  });
});

test("runlit show calls a run what its user does, or else what its summary does, as list", async () => {
  const summary = '{"run": {"label": "by summary"}}';
  const files = { "runlit.toml": `[op]\nexec = """echo '${summary}' > summary.json"""\n` };
  await inCliProject(files, async ({ runlit, list }) => {
    await runlit("run", "--durability=fast", "--label", "by user");
    await runlit("run", "--durability=fast");
    for (const [index, label] of ["by summary", "by user"].entries()) {
      const { stdout } = await runlit("show", "--json", String(index + 1));
      assert.equal(JSON.parse(stdout).label, label);
      assert.equal((await list())[index].label, label);
    }
  });
});

test("no name and no summary of a run commands the terminal", async () => {
  const red = "\x1b[31m";
  const summary = { run: { label: `${red}label` }, metrics: { [`${red}loss`]: `${red}x` } };
  const files = {
    "runlit.toml": '[op]\nexec = "cp made.txt summary.json; sh name.sh"\n',
    "made.txt": JSON.stringify(summary),
    "name.sh": `: > "$(printf 'a\\033[31mb')"\n`,
  };
  await inCliProject(files, async ({ runlit }) => {
    await runlit("run", "--durability=fast");
    for (const command of ["show", "list"]) {
      const { stdout } = await runlit(command);
      assert.match(stdout, /label/);
      assert.equal(stdout.includes("\x1b"), false, JSON.stringify(stdout));
    }
    assert.match((await runlit("show")).stdout, /^ {2}generated {2}ab$/m);
  });
});
