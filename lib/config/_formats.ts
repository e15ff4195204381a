/**
 * The reader and writer of each format, loaded when the first file of it is met.
 *
 * @module
 */

import type { FormatModule } from "./_found.ts";
import type { ConfigFormat } from "./config_format.ts";

/** Loads the module of a format, and with it that format's parser only. */
export async function loadFormat(format: ConfigFormat): Promise<FormatModule> {
  switch (format) {
    case "python":
      return await import("./_python.ts");
    case "notebook":
      return await import("./_notebook.ts");
    case "json":
      return await import("./_json.ts");
    case "yaml":
      return await import("./_yaml.ts");
    case "toml":
      return await import("./_toml.ts");
    case "javascript":
    case "typescript":
    case "tsx":
      return (await import("./_javascript.ts")).javascript(format);
    default:
      throw new TypeError(`Cannot read config: there is no format '${format}'`);
  }
}
