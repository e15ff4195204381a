/**
 * Keys of a function's options.
 *
 * @module
 */

import { findDoc } from "../docs/find_doc.ts";

/** Keys of the options that a helper or a function of the library takes, in order. */
export async function optionKeys(name: string): Promise<readonly string[]> {
  return (await findDoc(name))?.optionKeys ?? [];
}
