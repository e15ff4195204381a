import { execSync } from "node:child_process";
import { formatError } from "../../repl/session/format_error.ts";
import { takeOverProcess } from "../../repl/session/take_over_process.ts";

const taken = takeOverProcess();
console.log("one", "a", { b: "x" }, [1]);
execSync("echo two", { stdio: "inherit" });
process.stdout.write("three\n");
execSync("echo four", { stdio: "inherit" });
console.error("five");
taken.showStderr(false);
console.error("aside");
process.stderr.write(Buffer.from("bytes\n"));
taken.showStderr(true);
console.warn("six %d", 6);
console.log(JSON.stringify(taken.takeStderr()), JSON.stringify(taken.takeStderr()));
try {
  process.exit(3);
} catch (error) {
  const { short, exit } = formatError(error);
  console.log(short, exit);
}
process.emitWarning("said");
process.emitWarning("not said", "ExperimentalWarning");
Promise.reject(new Error("floating"));
// A turn of the loop later: within one, which of them is told first is left to the runtime.
await new Promise((resolve) => setTimeout(resolve, 5));
setTimeout(() => {
  throw new Error("timer");
}, 5);
await new Promise((resolve) => setTimeout(resolve, 50));
console.log(taken.takeUncaught().map(String).join(), taken.takeUncaught().length);
taken.exit(9);
console.log("not reached");
