/** Reasons of documentation examples that do not give what their page prints. */

/**
 * - set-up elsewhere: tables, variables or session settings that another page makes, or none
 * - files elsewhere: files that the page's author had in a stage
 * - cloud service: Cortex, container services, data metrics, shares and the like
 * - another language: handlers in Java, Python or Scala
 * - abridged output: the page cuts, wraps or renames what a client gets
 * - later work: not done here yet
 * - not deterministic: times, ids, names of the page's account, hash and random values
 * - not SQL: a fragment, or text that Snowflake refuses as well
 * - older behaviour: what Snowflake did before; recorded cases say otherwise
 */
export type Reason =
  | "set-up elsewhere"
  | "files elsewhere"
  | "cloud service"
  | "another language"
  | "abridged output"
  | "later work"
  | "not deterministic"
  | "not SQL"
  | "older behaviour";

/** Steps of one file, by number, that share a reason; labels are the runner's. */
export function steps(
  file: number,
  reason: Reason,
  numbers: readonly number[],
): readonly (readonly [string, Reason])[] {
  return numbers.map((number) => [`documentation/snowflake_split_${file}.sql#${number}`, reason]);
}
