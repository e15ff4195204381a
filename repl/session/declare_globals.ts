/**
 * Declares variables of a session as properties of the global object.
 *
 * @module
 */

/** Variables that a script is about to assign to. */
export interface DeclaredGlobals {
  /** Makes constants of some of them. */
  seal(constants: readonly string[]): void;
  /** Takes back the declarations of those that got no value. */
  undo(): void;
}

/**
 * Makes names assignable. They keep their values, if they have any, until they are assigned.
 *
 * Properties rather than lexical declarations: these may be declared again in any way, where V8's
 * REPL mode refuses `let` after `const`. It would also have to be awaited at every step, and on
 * Deno aborts the process when a garbage collection comes in between.
 *
 * @throws {TypeError} for a name that cannot be declared, such as `undefined`.
 */
export function declareGlobals(names: readonly string[]): DeclaredGlobals {
  const before = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
  names.forEach((name, index) => makeAssignable(name, before[index]));
  return {
    seal(constants) {
      for (const name of constants) {
        const now = Object.getOwnPropertyDescriptor(globalThis, name);
        // One that a script declared as a function has to stay as it is, to be declared again.
        if (!now?.configurable || !("value" in now)) continue;
        Object.defineProperty(globalThis, name, { writable: false });
        constantNames.add(name);
      }
    },
    undo() {
      names.forEach((name, index) => {
        const earlier = before[index];
        const now = Object.getOwnPropertyDescriptor(globalThis, name);
        if (now === undefined || !Object.is(now.value, earlier?.value)) return;
        if (earlier === undefined) Reflect.deleteProperty(globalThis, name);
        else if (now.configurable) Object.defineProperty(globalThis, name, earlier);
      });
    },
  };
}

/** Names that were constants at some time. */
const constantNames = new Set<string>();

function makeAssignable(name: string, now: PropertyDescriptor | undefined): void {
  if (now?.writable) return;
  if (now !== undefined && !now.configurable) {
    throw new TypeError(`Cannot declare '${name}': the runtime keeps it; take another name`);
  }
  Object.defineProperty(globalThis, name, {
    value: now?.value,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

/** Words an error about assigning to a constant as it is worded for real constants. */
export function nameConstant(error: unknown): void {
  if (!(error instanceof TypeError)) return;
  const found = /^Cannot assign to read only property '(.+)' of object '#<(?:Object|Window)>'$/
    .exec(error.message);
  if (found === null || !constantNames.has(found[1])) return;
  error.message = "Assignment to constant variable.";
}
