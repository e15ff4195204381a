/**
 * The version of Runlit.
 *
 * @module
 */

/** Version of Runlit, as `package.json` and `deno.json` have it (`npm run check` compares them). */
export const VERSION: string = "0.1.0";
