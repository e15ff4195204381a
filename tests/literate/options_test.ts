import assert from "node:assert/strict";
import { test } from "node:test";
import { applyOptions, collectOptions } from "../../repl/literate/options/collect_options.ts";
import { OPTION_TABLE, type OptionValues } from "../../repl/literate/options/option_table.ts";
import { parseDuration } from "../../repl/literate/options/parse_duration.ts";
import { parseOptions } from "../../repl/literate/options/parse_options.ts";
import { resolveOptions } from "../../repl/literate/options/resolve_options.ts";
import { shouldRun } from "../../repl/literate/options/should_run.ts";

test("parseOptions() reads switches and values of all kinds", () => {
  const { values, problems, rest } = parseOptions(
    `+parse -space +wildcard=??? +blankline="<B L>" +skip='!CI' +timeout=1.5 +case=off, +sep=5`,
  );
  assert.deepEqual(problems, []);
  assert.equal(rest, "");
  assert.deepEqual(values, {
    parse: true,
    space: false,
    wildcard: "???",
    blankline: "<B L>",
    skip: "!CI",
    timeout: 1500,
    case: false,
    sep: 5,
  });
});

test("parseOptions() stops at the first word that is no option", () => {
  assert.deepEqual(parseOptions("+parse in lower-case +diff"), {
    values: { parse: true },
    problems: [],
    rest: "in lower-case +diff",
  });
  assert.deepEqual(parseOptions("- a list"), { values: {}, problems: [], rest: "- a list" });
  assert.deepEqual(parseOptions("-1"), { values: {}, problems: [], rest: "-1" });
});

test("parseOptions() lets the last one win", () => {
  assert.deepEqual(parseOptions("+parse -parse").values, { parse: false });
  assert.deepEqual(parseOptions("-skip=x").values, { skip: false });
});

test("parseOptions() says what is wrong, and takes the rest", () => {
  const { values, problems } = parseOptions("+parze +diff +parse=3 +timeout=0 +deno");
  assert.deepEqual(values, { diff: true, deno: true });
  assert.deepEqual(problems, [
    "Option 'parze' is not known; did you mean 'parse'?",
    "Option 'parse' takes no value, got '3'",
    "Option 'timeout' takes a time such as 5, 500ms or 2m, got '0'",
  ]);
  assert.deepEqual(parseOptions("+table", { custom: ["table"] }).values, { table: true });
  assert.deepEqual(parseOptions("+retry-on-fail=x", { level: "document" }).problems, [
    "Option 'retry-on-fail' takes a whole number, got 'x'",
  ]);
});

test("parseDuration() reads time spans", () => {
  const cases: [string, number | null][] = [
    ["5", 5000],
    ["1.5s", 1500],
    ["250ms", 250],
    ["2m", 120_000],
    ["1h", 3_600_000],
    ["0", null],
    ["-1", null],
    ["", null],
    ["5 days", null],
  ];
  for (const [text, ms] of cases) assert.equal(parseDuration(text), ms, text);
});

test("resolveOptions() fills in defaults", () => {
  const options = resolveOptions();
  assert.equal(options.space, true);
  assert.equal(options.wildcard, false);
  assert.equal(options.blankline, "⤶");
  assert.equal(options.timeout, undefined);
  assert.equal(options.retryOnFail, 0);
  const { wildcard, blankline, sep, errorDetail } = resolveOptions({
    wildcard: true,
    blankline: false,
    sep: "==",
    "error-detail": true,
  });
  assert.deepEqual([wildcard, blankline, sep, errorDetail], ["...", false, "==", true]);
  assert.deepEqual(resolveOptions({ parse: true, table: 3 }).custom, { table: 3 });
});

test("resolveOptions() prefers the example's options to the document's and the project's", () => {
  const { parse, space, diff } = resolveOptions(
    { parse: true, space: false, diff: true },
    { space: true, diff: false },
    { diff: true },
  );
  assert.deepEqual([parse, space, diff], [true, true, true]);
});

test("the table of options says of each what it does, and names no other twice", () => {
  assert.equal(new Set(OPTION_TABLE.map(({ name }) => name)).size, OPTION_TABLE.length);
  for (const { name, doc } of OPTION_TABLE) assert(doc.length > 10 && doc.length < 80, name);
});

test("shouldRun() skips examples, and what comes behind them", () => {
  assert.deepEqual(shouldRun([{}, { skip: true }, {}]), [null, "+skip", null]);
  assert.deepEqual(shouldRun([{}, { skiprest: true }, {}, { skiprest: false }, {}]), [
    null,
    "+skiprest",
    "+skiprest",
    null,
    null,
  ]);
  assert.deepEqual(shouldRun([{ skiprest: true }, { skip: false }, {}]), [
    "+skiprest",
    null,
    "+skiprest",
  ]);
  assert.deepEqual(shouldRun([{}, { skiprest: false }, {}], { options: { skiprest: true } }), [
    "+skiprest",
    null,
    "+skiprest",
  ]);
  assert.deepEqual(shouldRun([{}, { skip: false }], { options: { skip: true } }), ["+skip", null]);
});

test("shouldRun() asks the environment", () => {
  const env = { CI: "1", EMPTY: "" };
  const why = shouldRun([{ skip: "CI" }, { skip: "!CI" }, { skip: "EMPTY" }, { skip: "!NONE" }], {
    env,
  });
  assert.deepEqual(why, ["+skip=CI", null, null, "+skip=!NONE"]);
});

test("shouldRun() knows platforms and runtimes", () => {
  const examples: OptionValues[] = [{ windows: true }, { windows: false }, { linux: true }, {
    node: true,
  }, {
    deno: false,
  }];
  assert.deepEqual(shouldRun(examples, { platform: "win32", runtime: "deno" }), [
    null,
    "-windows",
    "+linux",
    "+node",
    "-deno",
  ]);
  assert.deepEqual(shouldRun(examples, { platform: "linux", runtime: "node" }), [
    "+windows",
    null,
    null,
    null,
    null,
  ]);
  const shared = { platform: "linux", options: { windows: true } } as const;
  assert.deepEqual(shouldRun([{}, { windows: false }], shared), ["+windows", null]);
  assert.deepEqual(shouldRun([{ windows: true, skip: false }], { platform: "linux" }), [
    "+windows",
  ]);
});

test("shouldRun() runs only examples with solo, if there are any", () => {
  assert.deepEqual(shouldRun([{}, { solo: true }, { solo: false }]), [
    "+solo elsewhere",
    null,
    "+solo elsewhere",
  ]);
});

test("collectOptions() takes functions by their names", () => {
  const named = Object.assign(() => undefined, { optionName: "other", doc: "Does nothing" });
  const options = collectOptions([{
    option_word_wrap: () => "skip",
    optionFullWidth: () => undefined,
    option_x: named,
    option_y: 3,
    helper: () => undefined,
  }]);
  assert.deepEqual([...options.keys()], ["word-wrap", "full-width", "other"]);
  assert.equal(options.get("other")?.doc, "Does nothing");
});

test("applyOptions() skips, transforms, and names an option that throws", () => {
  const options = collectOptions([{
    option_table: (value: unknown) => value ? (text: string) => text.trim() : undefined,
    option_gpu: (value: unknown) => ({ skip: `no GPU (${value})` }),
    option_never: () => "skip",
    option_broken: () => {
      throw new Error("oh");
    },
  }]);
  const apply = (given: Record<string, boolean | number>) =>
    applyOptions(options, { source: "", expected: "", options: given });
  assert.deepEqual(apply({ parse: true }), { skip: null, transforms: [] });
  assert.equal(apply({ table: true }).transforms[0](" a "), "a");
  assert.equal(apply({ table: false }).transforms.length, 0);
  assert.equal(apply({ gpu: 2 }).skip, "no GPU (2)");
  assert.equal(apply({ never: false }).skip, "-never");
  assert.throws(() => apply({ broken: true }), /^Error: Cannot apply option 'broken': oh$/);
});
