/**
 * Why did a scoped phase fail, and what would let it through?
 *
 * @module
 */

import { stripControl } from "../strip_control.ts";
import type { Denial, DenialFacts } from "./denial.ts";
import { explainAccess } from "./explain_access.ts";
import { explainNet } from "./explain_net.ts";

export type { Denial, DenialFacts } from "./denial.ts";

/** More than a reader would look at. */
const MOST = 6;
/** Only the end of the output counts. */
const TAIL = 64 * 1024;

/**
 * Explains the failure of a scoped phase from the end of its output: which path, variable or host
 * was probably withheld, and which line of the project file would allow it. The likeliest comes
 * first. It may be wrong, and is to be shown as a guess. Empty: there is no sign that the scope had
 * to do with it.
 *
 * @example A file of the project
 * ```ts
 * import assert from "node:assert/strict";
 * import { explainDenials } from "runlit/explain-denials";
 * import { resolveScope } from "runlit/resolve-scope";
 *
 * const dirs = { run: "/r/1", runs: "/r", home: "/h", tmp: "/tmp", cache: "/h/.cache" };
 * const scope = resolveScope([], "finalize", dirs);
 * const facts = { scope, isScoped: true, dirs, hidden: [], withheld: [] };
 * const [denial] = explainDenials(facts, "curl: (6) Could not resolve host: example.org\n");
 * assert.equal(denial.line, "permissions.finalize.net = true");
 * ```
 */
export function explainDenials(facts: DenialFacts, output: string): Denial[] {
  const found = new Map<string, Denial>();
  const add = (denial: Denial) => {
    const key = `${denial.kind} ${denial.what}`;
    if (!found.has(key)) found.set(key, denial);
  };
  // What is said about it is shown: it must not command the terminal.
  const lines = stripControl(output.slice(-TAIL)).split("\n");
  // What was printed early may have been handled: what the command ended with comes first.
  for (const line of lines.toReversed()) {
    if (found.size >= MOST) break;
    for (const denial of explainLine(facts, line)) add(denial);
  }
  for (const denial of explainSecrets(facts, lines.join("\n"))) add(denial);
  return [...found.values()].slice(0, MOST);
}

function explainLine(facts: DenialFacts, line: string): Denial[] {
  const always = [...explainLimits(facts, line), ...explainVariables(facts, line)];
  if (!facts.isScoped) return always;
  const others = [explainAccess, explainNet, explainSystem].flatMap((of) => of(facts, line));
  return [...others, ...always];
}

function explainVariables({ scope, withheld }: DenialFacts, line: string): Denial[] {
  const missed = withheld.filter(({ name, why }) =>
    mentions(line, name) && (NOT_SET.test(line) || (why !== "unlisted" && ASKED_FOR.test(line)))
  );
  return missed.map(({ name, why, line: allow }) => {
    const reason = why === "secret"
      ? "looks like a secret"
      : why === "denied"
      ? "is denied"
      : "is not among those that are allowed";
    const message = `variable '${name}' was withheld from phase '${scope.phase}': it ${reason}` +
      (allow === null ? "" : `; to allow it: ${allow}`);
    return { kind: "env", what: name, line: allow, message };
  });
}

/** What programs say about a variable that is not set. */
const NOT_SET = /KeyError|not set|unset|unbound|undefined|required|missing|null|environ/i;

/** What they say about a secret, or a variable that was denied by name: nobody else mentions it. */
const ASKED_FOR =
  /\b(set|provide|export|define|specify|pass|need|must|expect|invalid|incorrect|empty|not found|no |without|error|fail|getenv)/i;

function mentions(line: string, name: string): boolean {
  const at = line.indexOf(name);
  return at >= 0 && !/\w/.test(line[at - 1] ?? "") && !/\w/.test(line[at + name.length] ?? "");
}

/** What programs say when they lack a secret, and where they would have looked for it. */
const LOGINS: readonly [said: RegExp, variables: RegExp, paths: RegExp][] = [
  [/publickey|Host key verification failed/, /^SSH_/, /\.ssh$/],
  [/gated repo|huggingface\.co|HfHubHTTPError/, /^(HF|HUGGING_?FACE)_/, /huggingface/],
  [/Unable to locate credentials|NoCredentialsError|InvalidAccessKeyId/, /^AWS_/, /\.aws$/],
  [/wandb.*(api.key|login)|No API key configured/i, /^WANDB_/, /netrc$/],
  [
    /could not read (Username|Password)|Authentication failed for/,
    /^(GIT|GH|GITHUB)_/,
    /git-credentials|netrc|gh$/,
  ],
  [/npm.*(E401|ENEEDAUTH|E403)/, /^NPM_|^npm_config/, /npmrc$/],
  [/\b401\b|Unauthorized/, /^(PIP|UV|POETRY|PDM|CONDA)_/, /netrc$|pypirc$/],
  [/kaggle\.json|KAGGLE_KEY/, /^KAGGLE_/, /kaggle/],
  [/default credentials|GOOGLE_APPLICATION_CREDENTIALS/, /^GOOGLE_/, /gcloud$/],
];

function explainSecrets({ scope, hidden, withheld }: DenialFacts, output: string): Denial[] {
  const denials: Denial[] = [];
  for (const [said, variables, paths] of LOGINS) {
    if (!said.test(output)) continue;
    for (const { name, line } of withheld.filter(({ name }) => variables.test(name))) {
      const message = `variable '${name}' was withheld from phase '${scope.phase}'` +
        (line === null ? "" : `; to allow it: ${line}`);
      denials.push({ kind: "env", what: name, line, message });
    }
    for (const { path, line } of hidden.filter(({ why }) => why === "secret")) {
      if (!paths.test(path)) continue;
      const message = `'${path}' is hidden from phase '${scope.phase}' as a place of secrets; ` +
        `to allow it: ${line}`;
      denials.push({ kind: "read", what: path, line, message });
    }
  }
  return denials;
}

function explainSystem({ scope }: DenialFacts, line: string): Denial[] {
  const key = `permissions.${scope.phase}`;
  if (
    !scope.debug && /ptrace|perf_event_open|py-spy|gdb|strace/.test(line) &&
    /not permitted|denied/i.test(line)
  ) {
    const allow = `${key}.debug = true`;
    const message = `phase '${scope.phase}' may not trace processes; to allow it: ${allow}`;
    return [{ kind: "debug", what: "tracing", line: allow, message }];
  }
  if (
    /chmod|setuid|setgid|cannot preserve|cannot set perm/i.test(line) && /not permitted/.test(line)
  ) {
    const message =
      `phase '${scope.phase}' may not set the set-user-ID and set-group-ID bits of files`;
    return [{ kind: "write", what: "set-ID bits", line: null, message }];
  }
  return [];
}

/** Limits hold without a sandbox, too. */
function explainLimits({ scope }: DenialFacts, line: string): Denial[] {
  const limit = LIMITS.find(([said, field]) => said.test(line) && scope.limits[field]);
  if (limit === undefined) return [];
  const [, field, name] = limit;
  const message = `phase '${scope.phase}' may have reached its limit of ${scope.limits[field]}: ` +
    `permissions.${scope.phase}.limits.${name}`;
  return [{ kind: "limits", what: name, line: null, message }];
}

const LIMITS: readonly [
  said: RegExp,
  field: "memory" | "processes" | "fileSize" | "disk",
  key: string,
][] = [
  [
    /MemoryError|Cannot allocate memory|ENOMEM|out of memory|bad_alloc|heap limit/i,
    "memory",
    "memory",
  ],
  [
    /Cannot fork|fork: retry|can't start new thread|EAGAIN|Resource temporarily unavailable/,
    "processes",
    "processes",
  ],
  [/File too large|File size limit exceeded|EFBIG/, "fileSize", "file-size"],
  [/No space left on device|ENOSPC/, "disk", "disk"],
];
