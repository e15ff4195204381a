/**
 * What is in scope in a session: names that are there, and names that are loaded when needed.
 *
 * @module
 */

/** Names whose values are loaded when a source first mentions one of them. */
export interface LazyScope {
  readonly names: readonly string[];
  load(): Promise<Readonly<Record<string, unknown>>>;
}

/** Names that evaluated code sees beside the runtime's own. */
export interface SessionScope {
  readonly values: Readonly<Record<string, unknown>>;
  readonly lazy: readonly LazyScope[];
}

/** Defines a global that code may overwrite or shadow; listings of globals do not show it. */
export function defineGlobal(name: string, value: unknown): void {
  // What a script declared as a function cannot be defined anew, but assigned.
  if (Object.getOwnPropertyDescriptor(globalThis, name)?.configurable === false) {
    Reflect.set(globalThis, name, value);
    return;
  }
  Object.defineProperty(globalThis, name, {
    value,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

/** A scope that is in place. */
export interface InstalledScope {
  /** Does a source mention names that are not loaded yet? */
  mentioned(source: string): boolean;
  /** Loads the names that a source mentions. */
  load(source: string): Promise<void>;
}

/** Words that may be names; the `$` of a template or of a regular expression's end is none. */
const WORD = /[\p{ID_Start}_][\p{ID_Continue}$]*|\$(?![{/|])[\p{ID_Continue}$]*/gu;

/** Puts a scope into the global object; what is lazy follows when sources mention it. */
export function installScope(scope: SessionScope): InstalledScope {
  for (const [name, value] of Object.entries(scope.values)) defineGlobal(name, value);
  /** What is not loaded yet, by name. */
  const waiting = new Map<string, LazyScope>();
  for (const group of scope.lazy) for (const name of group.names) waiting.set(name, group);

  function find(source: string): LazyScope | undefined {
    if (waiting.size === 0) return undefined;
    // As a word in a string or a comment it is loaded for nothing, which does no harm.
    for (const word of source.match(WORD) ?? []) {
      const group = waiting.get(word);
      if (group !== undefined) return group;
    }
    return undefined;
  }

  return {
    mentioned: (source) => find(source) !== undefined,
    async load(source) {
      for (let group = find(source); group !== undefined; group = find(source)) {
        const values = await group.load();
        for (const name of group.names) {
          waiting.delete(name);
          if (name in values) defineGlobal(name, values[name]);
        }
      }
    },
  };
}
