/**
 * How a script that starts with `#!` reaches its interpreter.
 *
 * @module
 */

/** Longest text that is passed as one argument; Linux takes no more than 128 KiB. */
const LONGEST_ARGUMENT = 100_000;

/** Interpreters that take a program's text as an argument, by the option that says so. */
const INLINE: readonly [names: RegExp, option: string][] = [
  [/^(?:ba|da|z|k|mk|a|fi)?sh$/, "-c"],
  [/^(?:python|pypy)[\d.]*$/, "-c"],
  [/^(?:node|bun|perl|ruby|lua|Rscript)[\d.]*$/, "-e"],
];

/** What is executed. */
export interface CommandArgv {
  /** Program: a path, or a name to be found on the command's `PATH`. */
  readonly file: string;
  /** Arguments, without the program itself. */
  readonly args: readonly string[];
  /** Text that the process has to find as `/dev/fd/3`, which `args` names. */
  readonly script?: string;
}

/**
 * The words of a `#!` line, then the text. Interpreters that can get it as an argument do: their
 * working directory is then where `import` and `require` look, as with any script of the run
 * directory, and nothing has to be written anywhere. The text goes whole, so that line numbers in
 * messages are those of the script. Others read it as a file, as they would if the kernel had
 * started them; that file has no name, so that it is there in every sandbox.
 */
export function shebangArgv(text: string): CommandArgv | null {
  const [file, ...args] = words(text);
  if (file === undefined) return null;
  const program = baseName(programOf(file, args));
  const option = INLINE.find(([names]) => names.test(program))?.[1];
  // Bytes, not characters; and some options, such as `-`, end the options.
  const fits = text.length * 3 < LONGEST_ARGUMENT;
  const plain = args.every((arg) => arg !== "-" && arg !== "--" && !/^-[ces]$/.test(arg));
  if (option !== undefined && fits && plain) return { file, args: [...args, option, text] };
  // Deno goes by the extension, and a descriptor has none.
  if (program === "deno" && args.includes("run")) args.push("--ext=ts");
  return { file, args: [...args, "/dev/fd/3"], script: text };
}

/** `#!/usr/bin/env -S python3 -u` as `["/usr/bin/env", "python3", "-u"]`. */
function words(text: string): string[] {
  const end = text.indexOf("\n");
  const line = text.slice(2, end < 0 ? undefined : end).trim();
  if (line === "") return [];
  const all = line.split(/\s+/);
  return baseName(all[0]) === "env" && /^(?:-S|--split-string)$/.test(all[1] ?? "")
    ? [all[0], ...all.slice(2)]
    : all;
}

/** The interpreter itself, where `env` starts it. */
function programOf(file: string, args: readonly string[]): string {
  if (baseName(file) !== "env") return file;
  return args.find((arg) => !arg.startsWith("-") && !arg.includes("=")) ?? file;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
