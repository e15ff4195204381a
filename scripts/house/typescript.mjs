/**
 * Lets Node run the TypeScript of this checkout: `node --import ./scripts/house/typescript.mjs …`.
 *
 * @module
 */

import { register } from "node:module";

register("./typescript_hooks.mjs", import.meta.url);
