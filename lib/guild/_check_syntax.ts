/**
 * Asks Python itself about a script that our parser does not understand.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { FlagError } from "./flag_error.ts";

const PROGRAM = `import ast, sys
try:
    ast.parse(sys.stdin.buffer.read())
except SyntaxError as e:
    print(e.lineno or 0, e.msg)
`;

/**
 * Parses a script with the Python that is there, without executing it: syntax may be newer than the
 * parser. Without Python the parser's word counts for nothing.
 *
 * @throws {FlagError} Python cannot parse it either.
 */
export function checkSyntax(source: string, path: string, line: number): void {
  const { stdout, status } = spawnSync("python3", ["-I", "-c", PROGRAM], {
    input: source,
    encoding: "utf8",
    timeout: 10_000,
  });
  if (status !== 0 || !stdout) return;
  const [, at, message] = /^(\d+) (.*)/.exec(stdout) ?? [, String(line), "it is not Python"];
  throw new FlagError(`Cannot read flags of '${path}': ${message} in line ${at}`, {
    file: path,
    line: Number(at),
  });
}
