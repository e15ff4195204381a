/**
 * What is in scope in a session: names that are there, and names that are loaded when needed.
 *
 * @module
 */

/** Names whose values are loaded when a source first mentions one of them. */
export interface LazyScope {
  readonly names: readonly string[];
  /** Is one of the names mentioned? Cheap, and never false for a source that uses one. */
  mentionedIn(source: string): boolean;
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

/** Puts a scope into the global object; what is lazy follows when sources mention it. */
export function installScope(scope: SessionScope): InstalledScope {
  for (const [name, value] of Object.entries(scope.values)) defineGlobal(name, value);
  let waiting = [...scope.lazy];
  return {
    mentioned: (source) => waiting.some((group) => group.mentionedIn(source)),
    async load(source) {
      const needed = waiting.filter((group) => group.mentionedIn(source));
      for (const group of needed) {
        const values = await group.load();
        for (const name of group.names) if (name in values) defineGlobal(name, values[name]);
        waiting = waiting.filter((other) => other !== group);
      }
    },
  };
}
