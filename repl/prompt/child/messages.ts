/**
 * What the prompt and the process of its session say to each other.
 *
 * @module
 */

/** How the process of a session is to be. */
export interface SessionJob {
  /** Absolute path of the document that inputs are imported from. */
  readonly document: string;
  readonly projectDir: string;
  /** Absolute path of the runs directory, which need not exist. */
  readonly runsDir: string;
  /** Text that ends the output of an evaluation; nobody else can know it. */
  readonly mark: string;
}

/** From the prompt to the session. */
export type PromptMessage =
  | {
    readonly type: "evaluate";
    readonly id: number;
    readonly source: string;
    /** Number that its result is kept under. */
    readonly number: number;
    /** Columns of the terminal. */
    readonly width: number;
    readonly color: boolean;
  }
  | { readonly type: "interrupt" }
  /** Names of properties of an expression, or what is in scope without one. */
  | { readonly type: "names"; readonly id: number; readonly expression?: string }
  | { readonly type: "runs"; readonly id: number };

/** What came of an input, as text. */
export interface InputResult {
  readonly status: "value" | "error" | "interrupted" | "timeout" | "exit";
  /** What the process is to exit with, if it is. */
  readonly exitCode?: number;
  /** What a shell command exited with; null if a signal ended it. Missing for TypeScript. */
  readonly shellExit?: number | null;
  /** The value as the terminal shows it; null for nothing to show. */
  readonly shown: string | null;
  /** The value as a document shows it; null for nothing, or too much. */
  readonly plain: string | null;
  readonly error: SessionError | null;
  /** Whether the value was awaited: it is a promise's. Default: false. */
  readonly awaited?: boolean;
  /** Whether it printed on standard error itself, not by a command. */
  readonly stderr?: boolean;
  readonly durationMs: number;
  /** Directory that the session is in now. */
  readonly cwd: string;
}

/** What was thrown. */
export interface SessionError {
  readonly name: string;
  readonly message: string;
  readonly short: string;
  readonly stack: readonly string[];
  /** Causes, outermost first. */
  readonly causes: readonly string[];
  readonly line?: number;
  readonly column?: number;
}

/** A run, for completion. */
export interface KnownRun {
  readonly id: string;
  readonly name: string;
}

/** From the session to the prompt. */
export type SessionMessage =
  | { readonly type: "ready" }
  | ({ readonly type: "result"; readonly id: number } & InputResult)
  | { readonly type: "names"; readonly id: number; readonly names: readonly string[] }
  | { readonly type: "runs"; readonly id: number; readonly runs: readonly KnownRun[] }
  /** Something failed that nobody waited for. */
  | { readonly type: "late-error"; readonly short: string };
