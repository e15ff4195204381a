/**
 * Where programs that are not the system's keep what they need.
 *
 * @module
 * @internal
 */

import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readHead } from "./read_head.ts";
import { isWithin } from "./mount.ts";
import { resolveLinks } from "./resolve_links.ts";
import { PROGRAM_DIRS } from "./system_paths.ts";

/** Managers of versions: their programs are shims that look for the real ones below. */
const MANAGERS = [
  ".pyenv",
  ".asdf",
  ".volta",
  ".rbenv",
  ".nodenv",
  ".rye",
  ".sdkman",
  ".juliaup",
  ".rustup",
  ".local/share/mise",
  ".local/share/fnm",
  ".local/share/uv",
];

/** Options of {@link programPrefixes}. */
export interface ProgramPrefixesOptions {
  home: string;
  /** Directories never to be taken: the project's, where a phase must not see it. */
  never?: readonly string[];
  /**
   * Directories that earlier phases have written to: what is there may say anything about where it
   * belongs, and is believed only if that is an installation for other reasons.
   */
  untrusted?: readonly string[];
  /** Directories of the `PATH`. */
  path?: readonly string[];
}

/**
 * Returns what a program needs to be visible besides the system: the prefix of its installation
 * (`~/.nvm/versions/node/v22`, a conda environment), that of the interpreter behind a virtual
 * environment, or the file alone where its directory is no installation.
 *
 * @param file Absolute path of the program, as the `PATH` has it.
 *
 * @example A virtual environment and the Python it was made from
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
 * import { programPrefixes } from "runlit/program-prefixes";
 *
 * const home = realpathSync(mkdtempSync("/tmp/home-"));
 * mkdirSync(`${home}/py/bin`, { recursive: true });
 * mkdirSync(`${home}/py/lib`);
 * writeFileSync(`${home}/py/bin/python3`, "");
 * mkdirSync(`${home}/venv/bin`, { recursive: true });
 * symlinkSync(`${home}/py/bin/python3`, `${home}/venv/bin/python3`);
 * writeFileSync(`${home}/venv/pyvenv.cfg`, `home = ${home}/py/bin\n`);
 *
 * const prefixes = programPrefixes(`${home}/venv/bin/python3`, { home });
 * assert.deepEqual(prefixes, [`${home}/venv`, `${home}/py`]);
 * rmSync(home, { recursive: true });
 * ```
 */
export function programPrefixes(file: string, options: ProgramPrefixesOptions): string[] {
  const found = new Set<string>();
  const { home, never = [], untrusted = [], path: dirs = [] } = options;
  const isClaim = untrusted.some((dir) => isWithin(file, dir));
  const isBelieved = (prefix: string) =>
    !isClaim || untrusted.some((dir) => isWithin(prefix, dir)) ||
    managerOf(prefix) !== undefined ||
    dirs.includes(join(prefix, "bin")) || existsSync(join(prefix, "conda-meta"));
  const add = (path: string) => {
    if (isSystem(path)) return;
    const prefix = prefixOf(path, home);
    if (found.has(prefix) || !isBelieved(prefix)) return;
    if (never.some((dir) => isWithin(prefix, dir) || isWithin(dir, prefix))) return;
    found.add(prefix);
    for (const base of basesOf(prefix)) add(base);
  };
  add(file);
  const { real } = resolveLinks(file);
  if (real !== null && real !== file) add(real);
  const interpreter = real === null ? null : shebang(real);
  if (interpreter !== null) add(interpreter);
  return [...found];
}

function isSystem(path: string): boolean {
  return PROGRAM_DIRS.some((dir) => dirname(path) === dir) || isWithin(path, "/usr") ||
    isWithin(path, "/nix/store");
}

/** The directory of the manager of versions that a file belongs to, in whoever's home. */
function managerOf(file: string): string | undefined {
  const name = MANAGERS.find((name) => `${file}/`.includes(`/${name}/`));
  return name && file.slice(0, `${file}/`.indexOf(`/${name}/`) + name.length + 1);
}

function prefixOf(file: string, home: string): string {
  const manager = managerOf(file);
  // uv's and mise's hold every version of every tool: the installation is enough.
  if (manager !== undefined && !isOwnInstallation(file)) return manager;
  const modules = file.lastIndexOf("/node_modules/");
  if (modules > 0) return file.slice(0, modules + "/node_modules".length);
  const prefix = dirname(dirname(file));
  return isOwnInstallation(file) && !isWithin(home, prefix) ? prefix : file;
}

/** `<prefix>/bin/program`, where the prefix is an installation and not a home or a `~/.local`. */
function isOwnInstallation(file: string): boolean {
  const dir = dirname(file);
  const prefix = dirname(dir);
  if (basename(dir) !== "bin" || prefix === "/" || basename(prefix) === ".local") return false;
  if (existsSync(join(prefix, "shims"))) return false;
  return ["pyvenv.cfg", "conda-meta", "lib", "include", "libexec"].some((name) =>
    existsSync(join(prefix, name))
  );
}

/** The Python that a virtual environment was made from. */
function basesOf(prefix: string): string[] {
  const text = readHead(join(prefix, "pyvenv.cfg"), 4096);
  const bin = /^home\s*=\s*(\/.*?)\s*$/m.exec(text)?.[1];
  if (bin === undefined || bin === join(prefix, "bin")) return [];
  const python = join(bin, "python3");
  const { real } = resolveLinks(python);
  return [...new Set([python, real ?? python])];
}

/** The interpreter that a script names by its path. */
function shebang(file: string): string | null {
  const path = /^#!\s*(\/\S+)/.exec(readHead(file, 256))?.[1] ?? null;
  return path !== null && basename(path) !== "env" ? path : null;
}
