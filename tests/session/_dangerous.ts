/**
 * Evaluates what aborts Deno 2.9.6 when it is evaluated by the inspector without care.
 *
 * @module
 */

import { Session } from "node:inspector";
import { createEvaluator } from "../../repl/session/create_evaluator.ts";
import { takeOverProcess } from "../../repl/session/take_over_process.ts";

const taken = takeOverProcess();
const evaluator = createEvaluator({ timeout: 2000 });
evaluator.bind({ Session });

const cases = [
  "process.exit(7)",
  "globalThis.Deno?.exit(7) ?? process.exit(7)",
  "await 1; process.exit(7)",
  "const session = new Session(); session.connect(); session.post('Runtime.evaluate', { expression: '1' }, () => {}); 'posted'",
  "await new Promise((done) => session.post('Runtime.evaluate', { expression: '2' }, done)); 'answered'",
];
for (const source of cases) {
  const evaluation = await evaluator.evaluate(source);
  console.log(evaluation.status === "value" ? evaluation.value : evaluation.status);
}
// An await that is collected before it ends, and enough garbage to collect it.
await evaluator.evaluate("await new Promise(() => {})", { timeout: 10 });
await evaluator.evaluate(
  "for (let i = 0; i < 3e5; i++) globalThis.garbage = new Array(50).fill(i)",
);
for (let i = 0; i < 20_000; i++) await evaluator.evaluate(`const x = await ${i}`);
console.log((await evaluator.evaluate("x") as { value?: unknown }).value);
taken.exit(0);
