import { createEvaluator } from "../../repl/session/create_evaluator.ts";

const evaluator = createEvaluator({ interruptible: true });
await evaluator.evaluate("let kept = 5");
const evaluation = await evaluator.evaluate("console.log('looping'); for (;;) ;");
console.log(evaluation.status, (await evaluator.evaluate("kept") as { value?: unknown }).value);
evaluator.close();
