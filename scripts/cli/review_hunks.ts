/**
 * Asks about changes of documents, one by one.
 *
 * @module
 */

import { createInterface, type Interface } from "node:readline";
import type { UpdateHunk } from "../../repl/literate/update/plan_update.ts";
import { styled } from "./styled.ts";

/** Asks about changes; owns the terminal until it is closed. */
export interface HunkReview {
  /** Shows a change and asks whether it is wanted. */
  accept(path: string, hunk: UpdateHunk): Promise<boolean>;
  close(): void;
}

const HELP = "y: write this change, n: leave it, a: write this and all that follow, q: leave all\n";

/** Begins a review on the terminal. */
export function reviewHunks(): HunkReview {
  const reader: Interface = createInterface({ input: process.stdin, output: process.stderr });
  let all = false;
  let over = false;
  reader.once("close", () => {
    over = true;
  });
  async function ask(): Promise<string> {
    return await new Promise((resolve) => {
      const end = () => resolve("q");
      reader.once("close", end);
      reader.question("Write this change [y,n,a,q,?]? ", (answer) => {
        reader.off("close", end);
        resolve(answer.trim().toLowerCase());
      });
    });
  }
  return {
    async accept(path, hunk) {
      if (over || all) return all;
      process.stderr.write(shown(path, hunk));
      while (!over) {
        const answer = await ask();
        if (answer === "y" || answer === "a") {
          all = answer === "a";
          return true;
        }
        if (answer === "n") return false;
        if (answer === "q") break;
        process.stderr.write(HELP);
      }
      over = true;
      return false;
    },
    close: () => reader.close(),
  };
}

function shown(path: string, { line, before, after, lost }: UpdateHunk): string {
  return [
    "",
    styled(`${path}:${line}`, "bold", "stderr"),
    ...before.map((text) => styled(`- ${text}`, "red", "stderr")),
    ...after.map((text) => styled(`+ ${text}`, "green", "stderr")),
    ...(lost.length === 0 ? [] : [`No longer bound: ${lost.join(", ")}`]),
    "",
  ].join("\n");
}
