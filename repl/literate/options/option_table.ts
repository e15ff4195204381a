/**
 * The options of examples and documents: what they mean, what they take, where they may be.
 *
 * @module
 */

/** A value of an option as it is written: `+name` is true, `-name` false, `+name=3` 3. */
export type OptionValue = boolean | number | string;

/** Options by name, as they are written in one place. */
export type OptionValues = Readonly<Record<string, OptionValue>>;

/**
 * What an option takes: nothing (`switch`), nothing or text (`text`), a time span (`time`), a
 * count (`count`); a `condition` is a switch that is neither on nor off unless it is given.
 */
export type OptionKind = "switch" | "condition" | "text" | "time" | "count";

/** Where an option may be: in an example's comment, a document's front matter, a project's file. */
export type OptionLevel = "example" | "document" | "project";

/** What an option is. */
export interface OptionSpec {
  readonly name: string;
  readonly kind: OptionKind;
  /** Whether it is on when it is not given. */
  readonly on: boolean;
  readonly levels: readonly OptionLevel[];
  /** Name of the value in help; undefined when it takes none. */
  readonly value?: string;
  /** One line for `runlit help`. */
  readonly doc: string;
}

const ALL: readonly OptionLevel[] = ["example", "document", "project"];

/** The built-in options, in the order in which `runlit help` lists them. */
export const OPTION_TABLE: readonly OptionSpec[] = [
  option("parse", "switch", false, "match with fields such as {}, {:d} and {x:run_id}"),
  option("balance", "switch", true, "with +parse, braces in pairs are text, as in JSON"),
  option("empty", "switch", false, "with +parse, {} also matches no text"),
  option("rebind", "switch", true, "a field may bind a name anew; off, it has to keep its value"),
  option("wildcard", "text", false, "... matches any text; with a value, that does", "TOKEN"),
  option("space", "switch", true, "white space counts; off, any amount is one space"),
  option("case", "switch", true, "upper and lower case differ"),
  option("paths", "switch", false, "backslashes are slashes"),
  option("blankline", "text", true, "a line that stands for a blank one (default: ⤶)", "MARK"),
  option("eol", "switch", false, "output that does not end its last line does not match"),
  option("diff", "switch", false, "show a failure as a diff only"),
  option("pprint", "switch", false, "show the value in lines of at most 72 characters"),
  option("json", "switch", false, "show the value as JSON, its keys sorted"),
  option("stderr", "switch", false, "take what goes to stderr as output too"),
  option("error-detail", "switch", false, "errors match with their stack only"),
  option("oneline", "switch", false, "lines below that begin with ... or > are output"),
  option("skip", "text", false, "do not run; with a value, if that variable is set", "[!]VAR"),
  option("skiprest", "switch", false, "do not run this example and those behind it"),
  option("solo", "switch", false, "run only examples that have this", undefined, ["example"]),
  option("fails", "switch", false, "passes if the output does not match"),
  option("windows", "condition", false, "run on Windows only; off, everywhere else"),
  option("linux", "condition", false, "run on Linux only; off, everywhere else"),
  option("macos", "condition", false, "run on macOS only; off, everywhere else"),
  option("node", "condition", false, "run on Node only; off, everywhere else"),
  option("deno", "condition", false, "run on Deno only; off, everywhere else"),
  option("timeout", "time", false, "fail after so long, such as 5, 500ms, 2m", "TIME"),
  option("typecheck", "switch", false, "check the types of the example"),
  option("sep", "text", false, "print a line before a failure", "LINE"),
  option("debug", "switch", true, "no effect; there is no debug log to keep an example out of"),
  option("retry-on-fail", "count", false, "run a failed document again, up to N times", "N", [
    "document",
    "project",
  ]),
];

function option(
  name: string,
  kind: OptionKind,
  on: boolean,
  doc: string,
  value?: string,
  levels: readonly OptionLevel[] = ALL,
): OptionSpec {
  return { name, kind, on, levels, ...(value === undefined ? {} : { value }), doc };
}
