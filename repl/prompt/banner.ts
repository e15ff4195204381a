/**
 * What the prompt says at its start.
 *
 * @module
 */

import { homedir } from "node:os";
import { wrapWords } from "../display/wrap_words.ts";
import { VERSION } from "../../lib/version.ts";

/** What the banner tells. */
export interface BannerFacts {
  readonly projectDir: string;
  readonly projectFile: string | null;
  readonly runsDir: string;
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly columns: number;
}

/** The banner: what runs here, on what, and three things to try. */
export function banner(facts: BannerFacts): string {
  const { deno, node } = process.versions as Record<string, string>;
  const bold = (text: string) => facts.color ? `\x1b[1m${text}\x1b[22m` : text;
  const dim = (text: string) => facts.color ? `\x1b[2m${text}\x1b[22m` : text;
  const runtime = deno === undefined ? `Node ${node}` : `Deno ${deno}`;
  const { projectDir, runsDir } = facts;
  const runs = runsDir.startsWith(`${projectDir}/`)
    ? runsDir.slice(projectDir.length + 1)
    : atHome(runsDir);
  return [
    `${bold(`Runlit ${VERSION}`)} on ${runtime}`,
    ...wrapWords(`project ${atHome(projectDir)}, runs in ${runs}`, facts.columns).map(dim),
    dim("Try: runs()  ls()  .help"),
  ].join("\n");
}

function atHome(path: string): string {
  const home = homedir();
  return path === home || path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
