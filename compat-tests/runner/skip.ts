/** Recorded cases that say nothing about Snowflake, each with its reason. Key: file:line of the record. */

export const SKIPPED: ReadonlyMap<string, string> = new Map([]);
