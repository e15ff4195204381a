/**
 * `.check`: compares what examples gave with what they expect.
 *
 * @module
 */

import { resolve } from "node:path";
import type { PromptContext } from "../context.ts";
import { examplesOf } from "../examples_of.ts";
import { readSource } from "../read_source.ts";
import { isOver, type RecordedInput } from "../recorded_input.ts";
import { withPrompts } from "../shell_input.ts";

/** Checks the examples that were pasted or loaded last, or evaluates and checks those of a file. */
export async function check(context: PromptContext, argument: string): Promise<void> {
  let inputs: RecordedInput[];
  if (argument === "") {
    inputs = lastExamples(context.inputs);
    if (inputs.length === 0) {
      return context.note("Nothing to check: paste examples, or name a document: .check FILE.md");
    }
  } else {
    inputs = [];
    for (const example of await examplesOf(readSource(resolve(context.cwd, argument)))) {
      context.note(withPrompts(example.source));
      inputs.push(await context.evaluate(example.source, example.expected));
      if (isOver(inputs.at(-1)!.status)) break;
    }
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
  return inputs.slice(start, end);
}

function indent(text: string): string {
  const trimmed = text.replace(/\n$/, "");
  return trimmed === "" ? "    (nothing)" : trimmed.replace(/^/gm, "    ");
}
