/**
 * Which flags does a script have?
 *
 * @module
 */

import { extname } from "node:path";
import type { UnknownFlag } from "./_found_options.ts";
import { globalFlags } from "./_global_flags.ts";
import type { FlagDef, FlagsDest } from "./flag_def.ts";
import { FlagError } from "./flag_error.ts";

export type { UnknownFlag } from "./_found_options.ts";

/** Language of a script. */
export type ScriptLanguage = "python" | "javascript" | "shell" | "notebook";

/** What is known about the flags of a script. */
export interface DetectedFlags {
  readonly language: ScriptLanguage;
  /** How the script gets their values. */
  readonly dest: FlagsDest;
  /** In the order of the script. */
  readonly flags: readonly FlagDef[];
  /** What would have to be executed to be known. */
  readonly unknown: readonly UnknownFlag[];
  readonly description?: string;
  /** A line that the parser did not understand; the language's newest version might. */
  readonly doubtfulLine?: number;
}

/** Languages by file name extension. */
const LANGUAGES: Readonly<Record<string, ScriptLanguage>> = {
  ".py": "python",
  ".js": "javascript",
  ".mjs": "javascript",
  ".cjs": "javascript",
  ".ts": "javascript",
  ".mts": "javascript",
  ".cts": "javascript",
  ".sh": "shell",
  ".bash": "shell",
  ".zsh": "shell",
  ".ipynb": "notebook",
};

/** Tells the language of a script by its extension, or by its `#!` line; null for no script. */
export function scriptLanguage(path: string, source: string = ""): ScriptLanguage | null {
  const known = LANGUAGES[extname(path).toLowerCase()];
  if (known !== undefined) return known;
  if (extname(path) !== "") return null;
  const [, program] = /^#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(?:\S*\/)?([\w.+-]+)/.exec(source) ?? [];
  if (program === undefined) return null;
  if (/^python/.test(program)) return "python";
  if (/^(?:node|deno|bun|tsx)/.test(program)) return "javascript";
  return /^(?:ba|da|k|z|a)?sh$/.test(program) ? "shell" : null;
}

/**
 * Finds the flags of a script without executing it.
 *
 * | script | flags |
 * |---|---|
 * | Python with argparse or click | its options and arguments |
 * | JavaScript, TypeScript with `parseArgs`, minimist, commander or yargs | its options |
 * | shell with `getopts` or a loop over `$1` | its options |
 * | any other of them, notebooks | values that are assigned at the top level |
 *
 * What subcommands have in common is a flag, and so is the subcommand. What would have to be
 * executed to be known is listed as `unknown`, with reason and line.
 *
 * @throws {FlagError} The path is that of no script, or the script does not parse.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { detectFlags } from "runlit/detect-flags";
 *
 * const source = 'import argparse\np = argparse.ArgumentParser()\n' +
 *   'p.add_argument("--msg", default="hello")\np.add_argument("--loud", action="store_true")\n';
 * const { dest, flags } = await detectFlags(source, "say.py");
 * assert.equal(dest, "args");
 * assert.deepEqual(flags.map((flag) => [flag.name, flag.default]), [["msg", "hello"], ["loud", false]]);
 * ```
 */
export async function detectFlags(source: string, path: string): Promise<DetectedFlags> {
  const language = scriptLanguage(path, source);
  const text = source.replace(/^\ufeff/, "");
  try {
    switch (language) {
      case "python":
        return await (await import("./_python_flags.ts")).pythonFlags(text, path);
      case "javascript":
        return await (await import("./_javascript_flags.ts")).javascriptFlags(text, path);
      case "shell":
        return (await import("./_shell_flags.ts")).shellFlags(text);
      case "notebook": {
        const flags = await globalFlags(text, "notebook", path);
        return { language, dest: "globals", flags, unknown: [] };
      }
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
  throw new FlagError(
    `Cannot find flags of '${path}': it is neither Python, JavaScript, TypeScript, a shell script ` +
      "nor a notebook",
    { file: path },
  );
}

function unreadable(path: string, cause: unknown): unknown {
  if (cause instanceof FlagError) return cause;
  const { name, message, line } = cause as Error & { line?: number };
  if (name === "ConfigError") {
    return new FlagError(message.replace("read config from", "read flags of"), {
      file: path,
      cause,
    });
  }
  if (!(cause instanceof SyntaxError)) return cause;
  const where = line === undefined ? "" : ` in line ${line}`;
  return new FlagError(`Cannot read flags of '${path}': ${message}${where}`, {
    file: path,
    line,
    cause,
  });
}
