/**
 * What follows the colon of a field: `[[fill]align][sign][0][width][.precision][type]`.
 *
 * @module
 */

/** How a field's text is laid out, and of which type it is. */
export interface FieldSpec {
  /** Character of the padding; empty when not given. */
  readonly fill: string;
  /** `<` pads behind, `>` before, `^` on both sides, `=` between sign and digits. */
  readonly align: "" | "<" | ">" | "^" | "=";
  /** Padded with zeros behind the sign. */
  readonly zero: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  /** Name of the type, empty for any text; or a date format such as `%Y-%m-%d`. */
  readonly type: string;
}

// A sign says nothing about what matches, and counts before a type only: `{a: 1}` is an object.
const SPEC =
  /^(?:([^{}\n])?([<>=^]))?(?:[-+ ](?=.*[A-Za-z%]))?(0)?(\d{1,4})?(?:\.(\d{1,4}))?(%|[A-Za-z_][A-Za-z0-9_-]*)?$/u;
const FORMAT = /^%[A-Za-z]/;

const PLAIN: FieldSpec = {
  fill: "",
  align: "",
  zero: false,
  width: undefined,
  precision: undefined,
  type: "",
};

/** Parses a field's spec, or returns null when it is none and the braces are ordinary text. */
export function parseFieldSpec(text: string): FieldSpec | null {
  if (text === "") return PLAIN;
  if (FORMAT.test(text)) return { ...PLAIN, type: text };
  const match = SPEC.exec(text);
  if (match === null) return null;
  const [, fill = "", align = "", zero, width, precision, type = ""] = match;
  return {
    fill,
    align: align as FieldSpec["align"],
    zero: zero !== undefined,
    width: width === undefined ? undefined : Number(width),
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}
