/**
 * `.check`: compares what examples gave with what they expect.
 *
 * @module
 */

import { resolve } from "node:path";
import type { PromptContext } from "../context.ts";
import { examplesOf } from "../examples_of.ts";
import { readSource } from "../read_source.ts";
import type { RecordedInput } from "../recorded_input.ts";
import { withPrompts } from "../shell_input.ts";

/** Checks the examples that were pasted or loaded last, or evaluates and checks those of a file. */
export async function check(context: PromptContext, argument: string): Promise<void> {
  let inputs: readonly RecordedInput[];
  if (argument === "") {
    inputs = lastExamples(context.inputs);
    if (inputs.length === 0) {
      return context.note("Nothing to check: paste examples, or name a document: .check FILE.md");
    }
  } else {
    const examples = await examplesOf(readSource(resolve(context.cwd, argument)));
    inputs = await context.queue.evaluateAll(examples);
  }
  const { judgeExample } = await import("../../literate/match/judge_example.ts");
  const { resolveOptions } = await import("../../literate/options/resolve_options.ts");
  let passed = 0;
  for (const { source, expected, printed, plain, error, status, shellExit } of inputs) {
    const options = resolveOptions(expected!.options);
    const outcome = {
      output: plain === null ? printed : `${printed}${plain}\n`,
      ...(error === null ? {} : { error }),
      ...(shellExit === undefined ? {} : { exitCode: shellExit }),
      ...(status === "value" || status === "error" ? {} : { broken: status }),
    };
    const { passed: good, actual, reason } = judgeExample(expected!.text, outcome, options);
    if (good) {
      passed++;
      continue;
    }
    context.print(withPrompts(source));
    context.print(`expected\n${indent(expected!.text)}\ngot\n${indent(actual)}`);
    if (reason) context.note(reason);
  }
  context.print(`${passed} passed, ${inputs.length - passed} failed`);
}

/** The last inputs in a row that have something expected of them. */
function lastExamples(inputs: readonly RecordedInput[]): RecordedInput[] {
  const end = inputs.findLastIndex(({ expected }) => expected !== null) + 1;
  let start = end;
  while (start > 0 && inputs[start - 1].expected !== null) start--;
  const examples = inputs.slice(start, end);
  // One that was interrupted, and evaluated by '.continue', counts once.
  return examples.filter(({ status, expected }, i) =>
    status !== "interrupted" || !examples.slice(i + 1).some((later) => later.expected === expected)
  );
}

function indent(text: string): string {
  const trimmed = text.replace(/\n$/, "");
  return trimmed === "" ? "    (nothing)" : trimmed.replace(/^/gm, "    ");
}
