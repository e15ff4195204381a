/**
 * Declares variables as properties of an object that scripts find them in.
 *
 * @module
 */

/** Variables that a script is about to assign to. */
export interface DeclaredVariables {
  /** Makes constants of some of them. */
  seal(constants: readonly string[]): void;
  /** Takes back the declarations of those that got no value. */
  undo(): void;
}

interface Declared {
  readonly name: string;
  readonly target: object;
  /** What was there before. */
  readonly earlier: PropertyDescriptor | undefined;
  /** The value until one is assigned. */
  readonly initial: unknown;
}

/**
 * Makes names assignable in the objects they belong to. They keep their values until they are
 * assigned; a new one that hides a global has that one's, for its own first value to be made of.
 *
 * Properties rather than lexical declarations: these may be declared again in any way, where V8's
 * REPL mode refuses `let` after `const`. It would also have to be awaited at every step, and on
 * Deno aborts the process when a garbage collection comes in between.
 */
export function declareIn(
  names: readonly string[],
  targetOf: (name: string) => object,
): DeclaredVariables {
  const all = names.map((name): Declared => {
    const target = targetOf(name);
    const earlier = Object.getOwnPropertyDescriptor(target, name);
    const initial = earlier === undefined ? Reflect.get(globalThis, name) : earlier.value;
    if (earlier === undefined || !earlier.writable) {
      const added = { configurable: true, enumerable: target !== globalThis };
      Object.defineProperty(target, name, { value: initial, writable: true, ...added });
    }
    return { name, target, earlier, initial };
  });
  return {
    seal(constants) {
      for (const { name, target } of all) {
        const now = Object.getOwnPropertyDescriptor(target, name);
        // One that a script declared as a function has to stay as it is, to be declared again.
        if (!now?.configurable || !constants.includes(name)) continue;
        Object.defineProperty(target, name, { writable: false });
        constantNames.add(name);
      }
    },
    undo() {
      for (const { name, target, earlier, initial } of all) {
        const now = Object.getOwnPropertyDescriptor(target, name);
        if (!now?.configurable || !Object.is(now.value, initial)) continue;
        if (earlier === undefined) Reflect.deleteProperty(target, name);
        else Object.defineProperty(target, name, earlier);
      }
    },
  };
}

/** Names that were constants at some time. */
const constantNames = new Set<string>();

/** Words an error about assigning to a constant as it is worded for real constants. */
export function nameConstant(error: unknown): void {
  if (!(error instanceof TypeError)) return;
  const found = /^Cannot assign to read only property '(.+)' of object '(?:#<\w+>|\[.+\])'$/
    .exec(error.message);
  if (found === null || !constantNames.has(found[1])) return;
  error.message = "Assignment to constant variable.";
}
