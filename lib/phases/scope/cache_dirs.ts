/**
 * Where a user's programs cache what they have downloaded or compiled.
 *
 * @module
 * @internal
 */

import { join, normalize, resolve } from "node:path";
import { isWithin } from "./bwrap/mount.ts";

/** A cache outside of the user's cache directory. */
interface Cache {
  /** Variable that moves it; null where what it moves is more than a cache. */
  readonly variable: string | null;
  /** Where it is by default, below the home directory. */
  readonly place: string;
  /** What the variable has to name where the cache is moved, below the user's cache directory. */
  readonly moved?: string;
}

/** Those with `moved` fail, or complain, where they cannot write to their default place. */
const CACHES: readonly Cache[] = [
  { variable: "npm_config_cache", place: ".npm", moved: "npm" },
  { variable: "MPLCONFIGDIR", place: ".config/matplotlib", moved: "matplotlib" },
  { variable: "TRITON_CACHE_DIR", place: ".triton", moved: "triton" },
  { variable: "CUDA_CACHE_PATH", place: ".nv" },
  { variable: "KERAS_HOME", place: ".keras" },
  { variable: null, place: ".cargo/registry" },
  { variable: "GOMODCACHE", place: "go/pkg/mod" },
  { variable: "SCIKIT_LEARN_DATA", place: "scikit_learn_data" },
  { variable: "NLTK_DATA", place: "nltk_data" },
];

/** Variables of caches that are in the user's cache directory unless they are set. */
const VARIABLES: readonly string[] = [
  "HF_HOME",
  "HF_HUB_CACHE",
  "HF_DATASETS_CACHE",
  "HUGGINGFACE_HUB_CACHE",
  "TRANSFORMERS_CACHE",
  "TORCH_HOME",
  "TORCHINDUCTOR_CACHE_DIR",
  "PIP_CACHE_DIR",
  "UV_CACHE_DIR",
  "DENO_DIR",
  "NUMBA_CACHE_DIR",
  "WANDB_CACHE_DIR",
  "TFHUB_CACHE_DIR",
  "TFDS_DATA_DIR",
  "KAGGLEHUB_CACHE",
  "XDG_CACHE_HOME",
];

/** What {@link cacheDirs} returns. */
export interface CacheDirs {
  /** Directories, absolute; they need not exist. The first is the user's cache directory. */
  readonly dirs: readonly string[];
  /** Variables to set, so that no program writes to where it may not. */
  readonly env: Readonly<Record<string, string>>;
}

/** Options of {@link cacheDirs}. */
export interface CacheDirsOptions {
  /** Whether something exists. */
  exists: (path: string) => boolean;
  /** Directories that no cache may hold, such as the project's: a variable may say anything. */
  keep?: readonly string[];
}

/** The user's cache directory: `$XDG_CACHE_HOME`, or `~/.cache`. */
export function cacheDir(home: string, env: Readonly<Record<string, string | undefined>>): string {
  const set = env.XDG_CACHE_HOME;
  return set?.startsWith("/") ? resolve(set) : join(home, ".cache");
}

/**
 * Finds the cache directories that a phase may write to.
 *
 * A cache that is elsewhere by default is used where it exists; else its variable moves it into the
 * user's cache directory.
 *
 * @example A machine where npm was never used
 * ```ts
 * import assert from "node:assert/strict";
 * import { cacheDirs } from "runlit/cache-dirs";
 *
 * const { dirs, env } = cacheDirs("/h", { HF_HOME: "/big/hf" }, { exists: () => false });
 * assert.deepEqual(dirs, ["/h/.cache", "/big/hf"]);
 * assert.equal(env.npm_config_cache, "/h/.cache/npm");
 * ```
 */
export function cacheDirs(
  home: string,
  env: Readonly<Record<string, string | undefined>>,
  options: CacheDirsOptions,
): CacheDirs {
  const cache = cacheDir(home, env);
  const keep = [home, ...options.keep ?? []];
  const dirs = new Set<string>();
  const add = (dir: string) => {
    if (dir.startsWith("/") && !keep.some((other) => isWithin(other, normalize(dir)))) {
      dirs.add(normalize(dir));
    }
  };
  const added: Record<string, string> = {};
  add(cache);
  for (const { variable, place, moved } of CACHES) {
    const set = variable === null ? undefined : env[variable] ?? env[variable.toUpperCase()];
    if (set !== undefined) add(set);
    else if (options.exists(join(home, place))) add(join(home, place));
    else if (moved !== undefined) added[variable!] = join(cache, moved);
  }
  for (const variable of VARIABLES) add(env[variable] ?? "");
  return { dirs: [...dirs], env: added };
}
