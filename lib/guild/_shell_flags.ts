/**
 * Flags of shell scripts.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import type { DetectedFlags } from "./detect_flags.ts";
import type { UnknownFlag } from "./_found_options.ts";
import type { FlagDef } from "./flag_def.ts";
import { shellAssignments } from "./shell_assignments.ts";

/** Finds the options of a script that reads its arguments, else the variables that it sets. */
export function shellFlags(source: string): DetectedFlags {
  const variables = new Map(shellAssignments(source).map((each) => [each.name, each]));
  // `#SBATCH`, `#PBS` and `#$` are words to a queue.
  const text = source.replace(/^#(?:[A-Z]+ -|\$ ).*\n/gm, "");
  const description = /^(?:#!.*\n)?(?:#\s*\n)*#\s*([^!\s].*)/.exec(text)?.[1];
  const described = description === undefined ? {} : { description };
  const defaultOf = (name: string | undefined) => variables.get(name ?? "")?.value;
  const lines = source.split("\n");
  const unknown: UnknownFlag[] = [];
  const flags = [...getoptsFlags(lines, defaultOf, unknown), ...caseFlags(lines, defaultOf)];
  if (flags.length > 0 || unknown.length > 0) {
    return { language: "shell", dest: "args", flags, unknown, ...described };
  }
  return {
    language: "shell",
    dest: "globals",
    flags: [...variables.values()].filter(({ name }) =>
      !RESERVED.test(name) && !name.startsWith("_")
    )
      .map(({ name, value, line }) => ({ name, default: value, line })),
    unknown,
    ...described,
  };
}

const RESERVED = /^(?:PATH|IFS|LANG|LC_\w+|PS[0-9]|OPTIND|HOME|SHELL|TMPDIR)$/;

type DefaultOf = (variable: string | undefined) => JsonValue | undefined;

/** `while getopts "l:e:v" opt; do case $opt in l) lr=$OPTARG ;; …` */
function getoptsFlags(
  lines: readonly string[],
  defaultOf: DefaultOf,
  unknown: UnknownFlag[],
): FlagDef[] {
  const at = lines.findIndex((line) => /(?<![\w#-])getopts\s/.test(line.replace(/^\s*#.*/, "")));
  if (at < 0) return [];
  const [, spec] = /getopts\s+["']?(:?(?:[\w?]:{0,2})+)["']?\s+\w+/.exec(lines[at]) ?? [];
  if (spec === undefined) {
    unknown.push({ what: "its options", reason: "they are computed", line: at + 1 });
    return [];
  }
  const flags: FlagDef[] = [];
  for (const [, letter, value] of spec.matchAll(/([\w])(:{0,2})/g)) {
    const arm = lines.findIndex((line, i) =>
      i > at && new RegExp(`^\\s*\\(?["']?${letter}["']?\\)`).test(line)
    );
    const body = arm < 0 ? "" : armText(lines, arm);
    const [, variable] = /([A-Za-z_]\w*)=/.exec(body) ?? [];
    if (value === "" && /usage|help|exit/i.test(body)) continue;
    const line = (arm < 0 ? at : arm) + 1;
    flags.push(flagOf(`-${letter}`, variable, value !== "", defaultOf, line));
  }
  return flags;
}

/** `case "$1" in --lr) lr="$2"; shift 2 ;; --loud) loud=1; shift ;; --lr=*) …` */
function caseFlags(lines: readonly string[], defaultOf: DefaultOf): FlagDef[] {
  const start = lines.findIndex((line) => /^\s*case\s+"?\$\{?(?:1|arg|key|opt)\b/.test(line));
  if (start < 0) return [];
  const flags = new Map<string, FlagDef>();
  for (let i = start; i < lines.length && !/^\s*esac\b/.test(lines[i]); i++) {
    const code = lines[i].replace(/^\s*case\b.*?\bin\b/, "");
    const [, patterns] = /^\s*\(?((?:-{1,2}[\w-]+(?:=\*)?)(?:\s*\|\s*-{1,2}[\w-]+(?:=\*)?)*)\)/
      .exec(code) ?? [];
    if (patterns === undefined) continue;
    const names = patterns.split("|").map((name) => name.trim());
    const option = names.find((name) => name.startsWith("--")) ?? names[0];
    const body = armText(lines, i);
    const [, variable] = /([A-Za-z_]\w*)=/.exec(body.slice(body.indexOf(")"))) ?? [];
    const joined = /=\*$/.test(option);
    const takesValue = joined || /\$\{?2\b|\$\{?1#|\$\{OPTARG|\bshift 2\b/.test(body);
    if (!takesValue && (/usage|help|exit\b/i.test(body) || variable === undefined)) continue;
    const flag = flagOf(option.replace(/=\*$/, ""), variable, takesValue, defaultOf, i + 1);
    const join = joined ? { argJoin: true } : {};
    if (!flags.has(flag.name)) flags.set(flag.name, { ...flag, ...join });
  }
  return [...flags.values()];
}

/** An arm of a `case`, up to its `;;`. */
function armText(lines: readonly string[], at: number): string {
  let text = "";
  for (let i = at; i < lines.length && i < at + 20; i++) {
    text += `${lines[i]}\n`;
    if (lines[i].includes(";;") || /^\s*esac\b/.test(lines[i])) break;
  }
  return text.split(";;")[0];
}

function flagOf(
  option: string,
  variable: string | undefined,
  takesValue: boolean,
  defaultOf: DefaultOf,
  line: number,
): FlagDef {
  const isLong = option.startsWith("--");
  const name = isLong ? option.slice(2) : variable ?? option.slice(1);
  const argName = isLong ? {} : { argName: option };
  const value = defaultOf(variable);
  if (takesValue) return { name, default: value === "" ? null : value ?? null, ...argName, line };
  return { name, default: false, type: "boolean", argSwitch: true, ...argName, line };
}
