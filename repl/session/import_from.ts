/**
 * Imports modules as a document does.
 *
 * @module
 */

import { constants, runInThisContext } from "node:vm";

// Documents may have a variable of that name.
const { process } = globalThis;

/** Imports a module; the specifier is resolved from the document. */
export type ImportFrom = (specifier: string, options?: ImportCallOptions) => Promise<unknown>;

/**
 * Makes a function that imports modules as if the document did: relative to its directory, bare
 * names from the packages that it can see.
 *
 * @param document Absolute path of the document. It need not exist.
 */
export function importFrom(document: string): ImportFrom {
  let load: ImportFrom | undefined;
  const importer: ImportFrom = (specifier, options) => {
    if (!readsTypeScript && /\.m?ts(?:[?#]|$)/.test(String(specifier))) {
      return readTypeScript().then(() => importer(specifier, options));
    }
    if (load !== undefined) return load(specifier, options);
    // The one way that works on both runtimes: V8 asks the main loader, with the document as the
    // module that imports.
    const first: ImportFrom = runInThisContext(
      "(specifier, options) => import(specifier, options)",
      {
        filename: document,
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER as never,
      },
    );
    load = first;
    return withoutWarning(() => first(specifier, options));
  };
  return importer;
}

/** Node warns once that the constant above is experimental; users can do nothing about it. */
function withoutWarning<T>(make: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return make();
  } finally {
    process.emitWarning = emitWarning;
  }
}

let readsTypeScript = "Deno" in globalThis;

/**
 * Teaches Node to read TypeScript as documents do, when that is needed. Node 22.18 and later could
 * by themselves, but neither enums nor namespaces, and they keep imports of types.
 */
async function readTypeScript(): Promise<void> {
  readsTypeScript = true;
  const hooks = new URL("./typescript_hooks.ts", import.meta.url);
  const { register, registerHooks } = await import("node:module") as RegisterHooks;
  if (registerHooks === undefined) register(hooks);
  else registerHooks(await import(hooks.href));
}

/** What came with Node 22.15. It takes no thread and 50 ms less, and Node 26 warns of the other. */
interface RegisterHooks {
  readonly register: (hooks: URL) => void;
  readonly registerHooks?: (hooks: typeof import("./typescript_hooks.ts")) => void;
}
