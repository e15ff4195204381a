/**
 * What only the runtime's inspector can do: end code that runs, and look without touching.
 *
 * @module
 */

import { Session } from "node:inspector";

/** A connection to V8. */
export interface Engine {
  /** Calls a synchronous function; false when it was ended after `timeout` ms (0 for none). */
  guard(step: () => void, timeout: number): boolean;
  /** The value of an expression, if finding it has no side effects; undefined otherwise. */
  peek(expression: string): Promise<{ readonly value: unknown }>;
  close(): void;
}

interface RemoteObject {
  readonly value?: unknown;
  readonly unserializableValue?: string;
  readonly objectId?: string;
}

interface Reply {
  readonly result: RemoteObject;
  readonly exceptionDetails?: object;
}

type Done<T> = (error: Error | null, reply: T) => void;

/** Shared by all engines of the process, whichever copy of this module opened them. */
interface Shared {
  /** Evaluations that are running synchronously right now. */
  depth: number;
  /** The inspector's own `post`. */
  post: (this: Session, method: string, params: object, done: Done<never>) => void;
  step(): void;
  box(value: unknown): void;
}

const SHARED = Symbol.for("runlit.engine");
const SHARED_CODE = 'globalThis[Symbol.for("runlit.engine")]';
const GROUP = "runlit";
const onDeno = "Deno" in globalThis;

function share(): Shared {
  const globals = globalThis as { [SHARED]?: Shared };
  const existing = globals[SHARED];
  if (existing !== undefined) return existing;
  const post = Session.prototype.post as Shared["post"];
  const shared: Shared = { depth: 0, post, step() {}, box() {} };
  Object.defineProperty(globals, SHARED, { value: shared });
  if (onDeno) postponeNested(shared);
  return shared;
}

/**
 * Deno aborts the process when code inside a synchronous evaluation uses an inspector
 * (denoland/deno#31020 and its kin), so there such calls wait for the next turn.
 */
function postponeNested(shared: Shared): void {
  const waiting: (() => void)[] = [];
  const flush = (): void => {
    for (const call of waiting.splice(0)) call();
  };
  for (const name of ["connect", "disconnect", "post"] as const) {
    const method = Session.prototype[name] as (...args: unknown[]) => void;
    Reflect.set(Session.prototype, name, function (this: Session, ...args: unknown[]): void {
      // In order: none overtakes those that wait.
      if (shared.depth === 0 && waiting.length === 0) return method.apply(this, args);
      if (waiting.push(() => method.apply(this, args)) === 1) setImmediate(flush);
    });
  }
}

/** Opens a connection. One per process is enough, more do no harm. */
export function openEngine(): Engine {
  const shared = share();
  const session = new Session();
  session.connect();

  function post<T>(method: string, params: object, done: Done<T>): void {
    shared.post.call(session, method, params, done as Done<never>);
  }

  /** Posts something that runs code of the user's. */
  function run(params: object, done: Done<Reply>): void {
    shared.depth++;
    try {
      post("Runtime.evaluate", params, done);
    } finally {
      shared.depth--;
    }
  }

  /** The value behind a remote object, with its identity. */
  function unbox(remote: RemoteObject): unknown {
    const { objectId, unserializableValue: text } = remote;
    if (objectId === undefined) {
      if (text === undefined) return remote.value;
      return text.endsWith("n") ? BigInt(text.slice(0, -1)) : Number(text);
    }
    let value: unknown;
    shared.box = (given) => {
      value = given;
    };
    // As an argument, because `this` would wrap primitives such as symbols.
    const functionDeclaration = `function (value) { ${SHARED_CODE}.box(value); }`;
    const call = { objectId, functionDeclaration, arguments: [{ objectId }] };
    post("Runtime.callFunctionOn", call, () => {});
    post("Runtime.releaseObjectGroup", { objectGroup: GROUP }, () => {});
    return value;
  }

  function guard(step: () => void, timeout: number): boolean {
    // Inside another evaluation on Deno; that one's guard holds for this one too.
    if (timeout <= 0 || onDeno && shared.depth > 0) {
      step();
      return true;
    }
    let returned = false;
    let thrown: { error: unknown } | undefined;
    shared.step = () => {
      try {
        step();
      } catch (error) {
        thrown = { error };
      }
      returned = true;
    };
    // The reply may come later on Deno; a terminated step is known by not having returned.
    run({ expression: `${SHARED_CODE}.step()`, timeout }, () => {});
    if (thrown) throw thrown.error;
    return returned;
  }

  function peek(expression: string): Promise<{ value: unknown }> {
    const params = { expression, throwOnSideEffect: true, timeout: 200, objectGroup: GROUP };
    return new Promise((resolve) => {
      run(params, (error, reply) => {
        const found = !error && !reply.exceptionDetails;
        resolve({ value: found ? unbox(reply.result) : undefined });
      });
    });
  }

  return {
    guard,
    peek,
    close: () => session.disconnect(),
  };
}
