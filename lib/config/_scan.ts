/**
 * Reading a source with the reader of its format.
 *
 * @module
 */

import { loadFormat } from "./_formats.ts";
import type { FormatModule, Found } from "./_found.ts";
import { ConfigError } from "./config_error.ts";
import type { ConfigFormat } from "./config_format.ts";

/** A source that was read. */
export interface Scan {
  /** Byte order mark, or nothing. */
  readonly bom: string;
  /** Source without it. The offsets of what was found are in this. */
  readonly body: string;
  readonly found: readonly Found[];
  readonly module: FormatModule;
}

/** Reads a source; `file` is its name in errors. */
export async function scanSource(
  source: string,
  format: ConfigFormat,
  file?: string,
): Promise<Scan> {
  const bom = source.startsWith("\ufeff") ? "\ufeff" : "";
  const body = source.slice(bom.length);
  const module = await loadFormat(format);
  try {
    return { bom, body, found: await module.scan(body), module };
  } catch (cause) {
    const where = file === undefined ? `${format} source` : `'${file}'`;
    if (cause instanceof RangeError) {
      throw new ConfigError(`Cannot read config from ${where}: it is nested too deep`, {
        file,
        cause,
      });
    }
    if (!(cause instanceof SyntaxError)) throw cause;
    const { line } = cause as SyntaxError & { line?: number };
    throw new ConfigError(
      `Cannot read config from ${where}: ${cause.message} in line ${line ?? 1}`,
      { file, cause },
    );
  }
}

/** Keys that stand for more than one place. */
export function ambiguousKeys(found: readonly Found[]): Set<string> {
  const seen = new Set<string>();
  const ambiguous = new Set<string>();
  for (const { key } of found) {
    if (seen.has(key)) ambiguous.add(key);
    else seen.add(key);
  }
  return ambiguous;
}
