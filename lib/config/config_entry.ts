/**
 * What a config file offers: values with their keys, types and places.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";

/**
 * Type of a config value, as its file spells it.
 *
 * `int` and `float` are told apart by spelling (`1`, `1.0`), also where the language has numbers
 * only. `bytes` is a Python bytes literal, `date` any of TOML's dates and times.
 */
export type ConfigType =
  | "int"
  | "float"
  | "string"
  | "bool"
  | "null"
  | "date"
  | "bytes"
  | "list"
  | "object";

/** A value of a config file. */
export interface ConfigEntry {
  /** Names and list positions from the top of the file, joined by dots: `model.layers.0`. */
  readonly key: string;
  /**
   * The value. An integer that a number cannot hold exactly is a string of its digits, a date is
   * its text.
   */
  readonly value: JsonValue;
  readonly type: ConfigType;
  /** Offset of the value in the source, in UTF-16 code units. */
  readonly start: number;
  /** Offset behind the value. */
  readonly end: number;
  /** Line that the value begins in, counted from 1. */
  readonly line: number;
}
