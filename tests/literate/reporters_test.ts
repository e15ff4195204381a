import assert from "node:assert/strict";
import { test } from "node:test";
import { createReporter, REPORTER_NAMES } from "../../repl/literate/report/create_reporter.ts";
import type { PrettyReporterOptions } from "../../repl/literate/report/pretty_reporter.ts";
import { summaryLine } from "../../repl/literate/report/summary_line.ts";
import { EVENTS } from "./_events.ts";

function report(name: string, options?: PrettyReporterOptions): string {
  return EVENTS.map(createReporter(name, options)).join("");
}

test("the pretty reporter shows failures in full", () => {
  assert.equal(
    report("pretty"),
    `ERROR docs/a.md:2
    Option 'prase' is not known

FAIL docs/a.md:8
    >>> cat(
    ... "<a> & b")  # 100%

      a, b: c
    - {:d}
    + ␛[31mx

    docs/a.md:11: {:d} does not match 'x' (line 2, column 1 of the output)

FAIL docs/a.md: 1 passed, 2 failed, 1 skipped (12 ms)
ok b.md: 0 passed, 0 failed (3 ms)
1 passed, 2 failed, 1 skipped
`,
  );
});

test("the pretty reporter lists all with verbose, and less with quiet", () => {
  assert.match(report("pretty", { verbose: true }), /^ok docs\/a\.md:5 1 \+ 1$/m);
  assert.match(
    report("pretty", { verbose: true }),
    /^skip docs\/a\.md:14 later\(\) \(\+windows\)$/m,
  );
  assert.doesNotMatch(report("pretty", { quiet: true }), /b\.md/);
});

test("the pretty reporter colours on demand only", () => {
  // deno-lint-ignore no-control-regex
  const escape = /\x1b\[\d+m/g;
  assert.doesNotMatch(report("pretty"), escape);
  const colored = report("pretty", { color: true });
  assert.match(colored, escape);
  assert.equal(colored.replace(escape, ""), report("pretty"));
});

test("the TAP reporter writes test points, a plan and YAML", () => {
  assert.equal(
    report("tap"),
    `TAP version 14
# docs/a.md
not ok 1 - docs/a.md:2
  ---
  message: "Option 'prase' is not known"
  ...
ok 2 - docs/a.md:5 1 + 1
not ok 3 - docs/a.md:8 cat(
  ---
  message: "{:d} does not match 'x' (line 2, column 1 of the output)"
  at: "docs/a.md:11"
  field: "{:d}"
  expected: "a, b: c\\n{:d}"
  actual: "a, b: c\\n\\u001b[31mx\\n"
  ...
ok 4 - docs/a.md:14 later() # SKIP +windows
# b.md
1..4
# 1 passed, 2 failed, 1 skipped
`,
  );
});

test("the JUnit reporter writes XML", () => {
  assert.equal(
    report("junit"),
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="runlit" tests="4" failures="2" skipped="1" time="0.020">
  <testsuite name="docs/a.md" tests="4" failures="1" errors="1" skipped="1" time="0.012">
    <testcase classname="docs/a.md" name="line 2" file="docs/a.md" line="2" time="0.000">
      <error message="Option 'prase' is not known"/>
    </testcase>
    <testcase classname="docs/a.md" name="line 5: 1 + 1" file="docs/a.md" line="5" time="0.002"/>
    <testcase classname="docs/a.md" name="line 8: cat(" file="docs/a.md" line="8" time="0.002">
      <failure message="{:d} does not match 'x' (line 2, column 1 of the output)">docs/a.md:11: {:d} does not match 'x' (line 2, column 1 of the output)
  a, b: c
- {:d}
+ \ufffd[31mx</failure>
    </testcase>
    <testcase classname="docs/a.md" name="line 14: later()" file="docs/a.md" line="14" time="0.000">
      <skipped message="+windows"/>
    </testcase>
  </testsuite>
  <testsuite name="b.md" tests="0" failures="0" errors="0" skipped="0" time="0.003">
  </testsuite>
</testsuites>
`,
  );
});

test("the GitHub reporter writes workflow commands", () => {
  assert.equal(
    report("github"),
    "::error file=docs/a.md,line=2,title=Document::Option 'prase' is not known\n" +
      "::error file=docs/a.md,line=11,endLine=12,title=Example failed%3A cat(::" +
      "{:d} does not match 'x' (line 2, column 1 of the output)%0A  a, b: c%0A- {:d}%0A" +
      "+ \x1b[31mx\n" +
      "1 passed, 2 failed, 1 skipped\n",
  );
});

test("the JSONL reporter writes all events", () => {
  const lines = report("jsonl").trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(lines, EVENTS);
});

test("createReporter() knows all names, and suggests the nearest", () => {
  for (const name of REPORTER_NAMES) assert.notEqual(report(name), "");
  assert.throws(
    () => createReporter("prety"),
    /^RangeError: There is no reporter 'prety'; did you mean 'pretty'\?$/,
  );
  assert.throws(() => createReporter("xml"), /use one of pretty, tap, junit, github, jsonl$/);
});

test("summaryLine() names skipped examples only if there are any", () => {
  assert.equal(summaryLine({ passed: 1, failed: 0, skipped: 0 }), "1 passed, 0 failed");
});
