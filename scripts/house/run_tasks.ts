/**
 * Runs the tasks of a gate side by side and says how each went.
 *
 * @module
 */

import { summaryLine } from "../../repl/literate/report/summary_line.ts";

/** What became of a task. */
export interface TaskResult {
  passed: number;
  failed: number;
  skipped: number;
  /** What to tell about it in a few words, such as `412 files`. */
  note?: string;
  /** What to print when something failed, or although nothing did. */
  details?: string;
}

/** One thing to do. */
export interface Task {
  name: string;
  run: () => Promise<TaskResult>;
  /** Whether it may not run together with other tasks. Default: it may. */
  alone?: boolean;
}

/** Options of {@link runTasks}. */
export interface RunTasksOptions {
  /** Tasks at the same time. Default: 2. */
  jobs?: number;
}

/** Runs tasks in order, `jobs` at a time; prints a line for each as it ends, and adds them up. */
export async function runTasks(
  tasks: readonly Task[],
  options: RunTasksOptions = {},
): Promise<TaskResult> {
  const { jobs = 2 } = options;
  const total = { passed: 0, failed: 0, skipped: 0 };
  const waiting = tasks.filter((task) => !task.alone);
  const width = Math.max(0, ...tasks.map((task) => task.name.length));
  async function work(task: Task): Promise<void> {
    const began = performance.now();
    const result = await attempt(task);
    const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(6);
    console.log(`${mark(result)} ${task.name.padEnd(width)} ${seconds} s  ${describe(result)}`);
    if (result.details) console.log(result.details.trimEnd().replace(/^(?=.)/gm, "    "));
    total.passed += result.passed;
    total.failed += result.failed;
    total.skipped += result.skipped;
  }
  async function lane(): Promise<void> {
    for (let task = waiting.shift(); task; task = waiting.shift()) await work(task);
  }
  await Promise.all(Array.from({ length: jobs }, lane));
  for (const task of tasks) if (task.alone) await work(task);
  return total;
}

async function attempt(task: Task): Promise<TaskResult> {
  try {
    return await task.run();
  } catch (error) {
    const details = error instanceof Error ? error.stack ?? error.message : String(error);
    return { passed: 0, failed: 1, skipped: 0, details };
  }
}

function mark(result: TaskResult): string {
  return result.failed > 0 ? "FAIL" : result.passed > 0 ? "ok  " : "skip";
}

function describe(result: TaskResult): string {
  const { passed, failed, skipped, note } = result;
  const counted = passed + failed + skipped === 1 ? [] : [summaryLine(result)];
  return [...counted, ...(note === undefined ? [] : [note])].join("; ");
}
