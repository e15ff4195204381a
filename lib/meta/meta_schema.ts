/**
 * The version of the meta format.
 *
 * @module
 */

/**
 * What `__schema__` holds in every meta directory that is written here.
 *
 * Gage's readers of the files log refuse any other value, so it only changes with a format they
 * could not read anyway.
 */
export const META_SCHEMA = "1";
