import assert from "node:assert/strict";
import { test } from "node:test";
import { docExamples } from "../../../scripts/check/doc_examples.ts";

test("docExamples() finds examples with their titles and lines", () => {
  const source = `/**
 * Does a thing.
 *
 * @example The usual
 * \`\`\`ts
 * const x = 1;
 *
 *   indented(x);
 * \`\`\`
 * @example
 * \`\`\`ts
 * /* a comment *\\/
 * \`\`\`
 */
export function f() {}
`;
  assert.deepEqual(docExamples(source), [
    { title: "The usual", line: 6, code: "const x = 1;\n\n  indented(x);" },
    { title: "", line: 12, code: "/* a comment */" },
  ]);
});

test("docExamples() passes over other fences, other tags and other comments", () => {
  const source = `/**
 * \`\`\`ts
 * outside(); // of an example
 * \`\`\`
 * @example Shell
 * \`\`\`sh
 * ls
 * \`\`\`
 * @returns Something
 * \`\`\`ts
 * after();
 * \`\`\`
 */
// @example no
// \`\`\`ts
// \`\`\`
`;
  assert.deepEqual(docExamples(source), []);
});
