import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { TYPESCRIPT_FLAGS } from "../../scripts/house/tools.ts";

const skip = existsSync("/proc/self/fdinfo") ? false : "needs /proc";

test("runCommand() passes on nothing that its own caller left open", { skip }, () => {
  const dir = mkdtempSync(join(tmpdir(), "runlit-test-"));
  try {
    const lib = fileURLToPath(new URL("../../lib/phases/run_command.ts", import.meta.url));
    const script = join(dir, "run.ts");
    writeFileSync(
      script,
      `import { runCommand } from ${JSON.stringify(lib)};
const seen: string[] = [];
const command = ["readlink", "/proc/self/fd/7", "/proc/self/fd/40"];
const onOutput = (chunk: Uint8Array) => void seen.push(new TextDecoder().decode(chunk));
void runCommand(command, { cwd: "/", env: { PATH: "/usr/bin:/bin" }, onOutput }).then(() => {
  console.log(seen.join(""));
});
`,
    );
    // Shells know only the first ten by number, so that Bash has to open the other.
    const start = 'exec 7</ 40</; exec "$@"';
    const runtime = "Deno" in globalThis
      ? [process.execPath, "run", "-A", "--no-check", "--no-config", script]
      : [process.execPath, ...TYPESCRIPT_FLAGS, script];
    const output = execFileSync("bash", ["-c", start, "bash", ...runtime], { encoding: "utf8" });
    assert.ok(!/^\/$/m.test(output), `a directory was passed on: ${output}`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
