/** LIKE, STARTS WITH and LIMIT … FROM of SHOW. https://docs.snowflake.com/en/sql-reference/sql/show */

import type { StatementOf } from "../execution.ts";
import type { ShowRow } from "./rows.ts";

export type Clauses = Pick<StatementOf<"show">, "like" | "startsWith" | "limit">;

/** A LIKE pattern of SHOW: without case, `%`, `_` and a backslash that takes their meaning away. */
export function likePattern(pattern: string): RegExp {
  let source = "";
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern.charAt(i);
    if (character === "%") source += "[^]*";
    else if (character === "_") source += "[^]";
    else if (character === "\\" && i + 1 < pattern.length) source += literal(pattern.charAt(++i));
    else source += literal(character);
  }
  return new RegExp(`^${source}$`, "iu");
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
}

/** The rows that the clauses leave, in the order they came. `column` is what they look at. */
export function applyClauses(
  rows: readonly ShowRow[],
  { like, startsWith, limit }: Clauses,
  column = "name",
): readonly ShowRow[] {
  const pattern = like === undefined ? undefined : likePattern(like);
  const from = limit?.from;
  const left = rows.filter((row) => {
    const name = String(row[column]);
    if (pattern !== undefined && !pattern.test(name)) return false;
    if (startsWith !== undefined && !name.startsWith(startsWith)) return false;
    return from === undefined || name > from;
  });
  return limit === undefined ? left : left.slice(0, limit.rows);
}
