/**
 * Where a file is made that loses its name at once.
 *
 * @module
 * @internal
 */

import { accessSync, constants } from "node:fs";
import { tmpdir } from "node:os";
import { SHARED_MEMORY } from "./user_cache_dir.ts";

/** Memory rather than disk, where there is such a place: such files are made for every phase. */
export function unnamedPlace(): string {
  try {
    accessSync(SHARED_MEMORY, constants.W_OK);
    return SHARED_MEMORY;
  } catch {
    return tmpdir();
  }
}
