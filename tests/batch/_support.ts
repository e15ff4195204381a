import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes a project with some files, and a directory for runs; hands them over, and removes them. */
export async function withProject(
  files: Readonly<Record<string, string>>,
  use: (projectDir: string, runsDir: string) => Promise<void>,
): Promise<void> {
  const projectDir = mkdtempSync(join(tmpdir(), "runlit-project-"));
  const runsDir = mkdtempSync(join(tmpdir(), "runlit-runs-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(projectDir, name), text);
    await use(projectDir, runsDir);
  } finally {
    for (const dir of [projectDir, runsDir]) rmSync(dir, { recursive: true, force: true });
  }
}
