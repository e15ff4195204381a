import { createEvaluator } from "../../repl/session/create_evaluator.ts";
import { takeOverProcess } from "../../repl/session/take_over_process.ts";

const { exit } = takeOverProcess();
const evaluator = createEvaluator({ interruptible: true });
await evaluator.evaluate("let kept = 5");
const evaluation = await evaluator.evaluate("console.log('looping'); for (;;) ;");
console.log(evaluation.status, (await evaluator.evaluate("kept") as { value?: unknown }).value);
exit(0);
