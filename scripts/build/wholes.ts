/**
 * Which modules become one chunk, although not everything that loads them needs all of them.
 *
 * Left to itself, esbuild makes a chunk for each set of commands that share modules: dozens, which
 * Node loads at 0.3 to 0.7 ms each. It puts modules together that the same entry points load; so
 * whatever loads a part of a whole is made to load the whole.
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { listSources } from "../house/list_sources.ts";
import { ROOT } from "../house/root.ts";

/**
 * What only commands need that make runs: starting processes and hashing (on Node these built-ins
 * take 2 to 3 ms each to load), and finding values in source files. It is two thirds of the
 * library, and commands that look at runs do not wait for it.
 */
const WORKING = /^lib\/(config|phases)\/|^node:(child_process|crypto|net)$/;

/** Small files that programs need which need nothing else of the library: part of no whole. */
const LEAF = /^lib\/(version|files\/(glob|_glob_steps|natural_compare))\.ts$/;

/** What every command needs at its start, and the library too: one file, with nothing else in it. */
const START = /^lib\/(suggest|runtime\/user_cache_dir)\.ts$/;

/** A static import of something that is not only a type. */
const IMPORT = /^(?:import|export)\s(?!type\b)[^;]*?from\s+"(\.[^"]+\.ts|node:\w+)";/gm;

/** Modules by the whole that they belong to, and entry points by the wholes that they load. */
export interface Wholes {
  /** Names of the wholes that a module has to load because it, or what it imports, has a part. */
  of(file: string): string[];
  /** The parts of a whole, as paths relative to the checkout. */
  parts(name: string): string[];
}

/** Divides the library, and what commands share, by how much they make a command load. */
export function findWholes(): Wholes {
  const closures = new Map<string, ReadonlySet<string>>();
  function closure(file: string): ReadonlySet<string> {
    const known = closures.get(file);
    if (known !== undefined) return known;
    const reached = new Set([file]);
    // A set grows while it is walked, which is how the imports of imports get their turn.
    for (const each of reached) {
      // What is missing, the bundler will tell.
      if (each.startsWith("node:") || !existsSync(join(ROOT, each))) continue;
      for (const [, path] of readFileSync(join(ROOT, each), "utf8").matchAll(IMPORT)) {
        reached.add(path.startsWith("node:") ? path : join(dirname(each), path));
      }
    }
    closures.set(file, reached);
    return reached;
  }
  function wholeOf(file: string): string | null {
    // What is in a folder of its own there is for one command.
    const kind = /^(?:(lib)\/|(scripts\/cli)\/[^/]+$)/.exec(file)?.slice(1).find(Boolean);
    // The command's start loads nothing but the version, and the program no helper of commands.
    if (
      kind === undefined || LEAF.test(file) ||
      /^scripts\/cli\/(main|create_program|compile_cache)\.ts$/.test(file)
    ) {
      return null;
    }
    if (START.test(file)) return "lib:start";
    const files = [...closure(file)];
    const weight = files.some((each) => WORKING.test(each))
      ? "working"
      : files.some((each) => each.startsWith("lib/") && !LEAF.test(each) && !START.test(each))
      ? "reading"
      : "light";
    return `${kind}:${weight}`;
  }
  const names = new Map(listSources(["lib", "scripts/cli"]).map((file) => [file, wholeOf(file)]));
  // A file that is only loaded when it is needed stays out of them.
  const loaded = new Set(
    [...names.keys(), "mod.ts"].filter((file) => !/\/_/.test(file)).flatMap(
      (file) => [...closure(file)],
    ),
  );
  return {
    of(file) {
      const found = new Set<string>();
      for (const part of closure(file)) {
        const name = names.get(part);
        if (name) found.add(name);
      }
      if (found.has("lib:working")) found.add("lib:reading");
      if (found.has("lib:reading")) found.add("lib:start");
      if (found.has("scripts/cli:working")) found.add("scripts/cli:reading");
      return [...found].sort();
    },
    parts: (name) =>
      [...names.keys()].filter((file) => names.get(file) === name && loaded.has(file)),
  };
}
