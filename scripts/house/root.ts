/**
 * Where the checkout is.
 *
 * @module
 */

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** Absolute path of the checkout, without a trailing slash. */
export const ROOT: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
