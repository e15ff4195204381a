/**
 * Labels with values of flags in them.
 *
 * @module
 */

import { basename } from "node:path";
import { suggest } from "../suggest.ts";
import type { Config, JsonValue } from "../types.ts";
import { FlagError } from "./flag_error.ts";
import { flagLabel, type FlagLabelOptions } from "./flag_label.ts";
import { formatFlagValue } from "./format_flag_value.ts";

/** Whether a label has values of flags in it. */
export function isLabelTemplate(label: string): boolean {
  return label.includes("${");
}

/**
 * Puts values of flags into a label, as Guild does.
 *
 * | in the label | becomes |
 * |---|---|
 * | `${lr}` | the flag's value; nothing if it is null |
 * | `${default_label}` | all flags, as `flagLabel` has them |
 * | `${n\|%03d}`, `${lr\|%.2f}` | the value as C's `printf` writes it |
 * | `${name\|default:none}` | the text if the value is null |
 * | `${data\|basename}` | the last part of a path |
 * | `${name\|unquote}` | text as it is, without the quotes that tell it from a number |
 *
 * @throws {FlagError} There is no such flag, or nothing of that kind can be done with it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { expandLabel } from "runlit/expand-label";
 *
 * const values = { n: 5, data: "sets/a.csv", note: null };
 * assert.equal(expandLabel("${n|%03d} of ${data|basename}${note}", values), "005 of a.csv");
 * ```
 */
export function expandLabel(
  template: string,
  values: Config,
  options: FlagLabelOptions = {},
): string {
  return template.replace(/\$\{([^}]*)\}/g, (whole, inner: string) => {
    const [name, ...transforms] = inner.split("|").map((part) => part.trim());
    const refuse = (why: string) =>
      new FlagError(`Cannot use '${whole}' in a label: ${why}`, { flag: name });
    if (!Object.hasOwn(values, name) && name !== "default_label") {
      const near = suggest(name, [...Object.keys(values), "default_label"]);
      throw refuse(`there is no flag '${name}'${near === null ? "" : `: did you mean '${near}'?`}`);
    }
    let value: JsonValue = name === "default_label" && !Object.hasOwn(values, name)
      ? flagLabel(values, options)
      : values[name];
    let isText = name === "default_label";
    for (const transform of transforms) {
      const result = transformed(value, transform);
      if (result === undefined) {
        throw refuse(
          `'${transform}' is none of '%…' as in '%03d', 'default:TEXT', 'basename' and 'unquote'`,
        );
      }
      isText ||= result !== value || transform === "unquote";
      value = result;
    }
    if (value === null) return "";
    return typeof value === "string" && isText ? value : formatFlagValue(value, {
      float: options.flags?.find((flag) => flag.name === name)?.type === "float",
    });
  });
}

/** What a transform makes of a value; undefined if there is no such transform. */
function transformed(value: JsonValue, transform: string): JsonValue | undefined {
  if (transform.startsWith("default:")) {
    return value === null ? transform.slice("default:".length) : value;
  }
  if (transform === "unquote") return value;
  if (transform === "basename") return typeof value === "string" ? basename(value) : value;
  if (transform.startsWith("%")) return printf(transform, value);
  return undefined;
}

/** One conversion of C's `printf`. A value that it is not for is written as it is. */
function printf(format: string, value: JsonValue): JsonValue | undefined {
  const match = /^%([-+ 0]*)(\d*)(?:\.(\d+))?([difeEgsxX])$/.exec(format);
  if (match === null) return undefined;
  const [, flags, width, precision, kind] = match;
  if (value === null) return null;
  if (kind !== "s" && (typeof value !== "number" || !Number.isFinite(value))) return value;
  const body = kind === "s" ? asText(value, precision) : digits(value as number, kind, precision);
  const sign = kind === "s"
    ? ""
    : (value as number) < 0
    ? "-"
    : flags.includes("+")
    ? "+"
    : flags.includes(" ")
    ? " "
    : "";
  const size = Number(width);
  if (flags.includes("-")) return (sign + body).padEnd(size);
  const isFilled = flags.includes("0") && kind !== "s";
  return isFilled ? sign + body.padStart(size - sign.length, "0") : (sign + body).padStart(size);
}

function asText(value: JsonValue, precision: string | undefined): string {
  const text = typeof value === "string" ? value : formatFlagValue(value);
  return precision === undefined ? text : text.slice(0, Number(precision));
}

function digits(value: number, kind: string, precision = "6"): string {
  const size = Math.abs(value);
  const places = Math.min(100, Number(precision));
  const exponent = (text: string) => text.replace(/e([-+])(\d)$/, "e$1" + "0$2");
  switch (kind) {
    case "d":
    case "i":
      return String(BigInt(Math.trunc(size)));
    case "x":
    case "X": {
      const hex = BigInt(Math.trunc(size)).toString(16);
      return kind === "X" ? hex.toUpperCase() : hex;
    }
    case "f":
      return size.toFixed(places);
    case "e":
      return exponent(size.toExponential(places));
    case "E":
      return exponent(size.toExponential(places)).toUpperCase();
    default: {
      const power = size === 0
        ? 0
        : Number(size.toExponential(Math.max(0, places - 1)).split("e")[1]);
      const isShort = power < -4 || power >= Math.max(1, places);
      const text = isShort
        ? size.toExponential(Math.max(0, places - 1))
        : size.toFixed(Math.max(0, Math.max(1, places) - 1 - power));
      const [mantissa, tail] = text.split("e");
      const trimmed = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
      return tail === undefined ? trimmed : exponent(`${trimmed}e${tail}`);
    }
  }
}
