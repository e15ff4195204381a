/**
 * Versions of Guild's layout.
 *
 * @module
 */

/** That of Guild 0.9, and that of January 2019. */
export type GuildVersion = "0.9" | "2019";
