/** Named limits of the language: what a statement may not exceed, each with its unit. */

/** Longest statement text, in UTF-16 code units. Snowflake documents 1 MB of query text. */
export const MAX_STATEMENT_LENGTH = 1_048_576;

/**
 * Deepest nesting of expressions, subqueries, FROM items and types, in levels. Ours, not Snowflake's:
 * every pass over the tree recurses. Measured on Node's default stack of 1 MB, the parser alone
 * overflows at 530 levels in the worst case (`a + b * (a OR b AND c = d + (…))`).
 */
export const MAX_NESTING_DEPTH = 300;

/** Most steps of a MATCH_RECOGNIZE pattern once its counted repetitions and permutations are written out. Ours. */
export const MAX_PATTERN_STEPS = 10_000;

/** Most rows of a partition times steps of the pattern in MATCH_RECOGNIZE, one bit of memory each (512 MB). Ours. */
export const MAX_MATCH_STATES = 2 ** 32;
