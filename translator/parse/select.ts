/** SELECT … FROM … WHERE … and its further clauses. Docs: select. */

import type { Expression, Identifier } from "../ast/expressions.ts";
import type { ConnectBy, FromItem, Select, SelectItem } from "../ast/queries.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./expressions.ts";
import { parseFromItem } from "./from.ts";
import { parseGroupBy } from "./grouping.ts";
import { parsePrimary } from "./primary.ts";
import { atStar, parseStar } from "./stars.ts";
import { parseWindowSpecification } from "./window.ts";

/** One SELECT without ORDER BY and LIMIT, which belong to the query. */
export function parseSelect(cursor: Cursor): Select {
  const { start } = cursor.peek();
  cursor.expectKeyword("SELECT");
  const distinct = cursor.acceptAnyKeyword("DISTINCT", "ALL") === "DISTINCT";
  const top = parseTop(cursor);
  const items = parseItems(cursor);
  const into = cursor.acceptKeyword("INTO") ? parseInto(cursor) : [];
  const from = cursor.acceptKeyword("FROM")
    ? cursor.commaSeparated<FromItem>(() => parseFromItem(cursor))
    : [];
  const { where, connectBy } = parseWhereAndConnectBy(cursor);
  const groupBy = cursor.acceptClause("GROUP", "BY") ? parseGroupBy(cursor) : undefined;
  const having = parseClause(cursor, "HAVING");
  const windowsBefore = parseWindows(cursor);
  const qualify = parseClause(cursor, "QUALIFY");
  const windows = windowsBefore.length > 0 ? windowsBefore : parseWindows(cursor);
  return {
    kind: "select",
    distinct,
    ...(top && { top }),
    items,
    into,
    from,
    ...(where && { where }),
    ...(connectBy && { connectBy }),
    ...(groupBy && { groupBy }),
    ...(having && { having }),
    windows,
    ...(qualify && { qualify }),
    span: cursor.spanFrom(start),
  };
}

function parseClause(cursor: Cursor, keyword: string): Expression | undefined {
  return cursor.acceptKeyword(keyword) ? parseExpression(cursor) : undefined;
}

/** `TOP n`; TOP alone is a column. Docs: top_n. */
function parseTop(cursor: Cursor): Expression | undefined {
  if (!cursor.atKeyword("TOP")) return undefined;
  const { kind } = cursor.peek(1);
  const isBind = cursor.atPunctuation(":", 1);
  if (kind !== "number" && kind !== "bind" && kind !== "variable" && !isBind) return undefined;
  cursor.next();
  return parsePrimary(cursor);
}

/** The select list; a comma may stand behind the last item. */
function parseItems(cursor: Cursor): SelectItem[] {
  const items = [parseItem(cursor)];
  while (cursor.acceptPunctuation(",") && !atListEnd(cursor)) items.push(parseItem(cursor));
  return items;
}

function atListEnd(cursor: Cursor): boolean {
  const words = ["FROM", "INTO", "WHERE", "UNION", "ORDER", "GROUP", "QUALIFY", "HAVING"] as const;
  if (cursor.atEnd() || cursor.atPunctuation(")") || cursor.atPunctuation(";")) return true;
  return cursor.atAnyKeyword(...words) !== undefined;
}

function parseItem(cursor: Cursor): SelectItem {
  const { start } = cursor.peek();
  if (atStar(cursor)) return parseStar(cursor);
  const expression = parseExpression(cursor);
  const alias = cursor.optionalAlias();
  const span = cursor.spanFrom(start);
  return { kind: "expression", expression, ...(alias && { alias }), span };
}

/** `INTO :a, :b` (docs: Snowflake Scripting, variables); the colon may be missing. */
function parseInto(cursor: Cursor): Identifier[] {
  return cursor.commaSeparated(() => {
    cursor.acceptPunctuation(":");
    return cursor.identifier();
  });
}

/** WHERE, START WITH and CONNECT BY in any order. Docs: connect-by. */
function parseWhereAndConnectBy(cursor: Cursor): {
  where?: Expression | undefined;
  connectBy?: ConnectBy | undefined;
} {
  let where: Expression | undefined;
  let startWith: Expression | undefined;
  let condition: Expression | undefined;
  for (;;) {
    if (!where && cursor.acceptKeyword("WHERE")) where = parseExpression(cursor);
    else if (!startWith && cursor.acceptClause("START", "WITH"))
      startWith = parseExpression(cursor);
    else if (!condition && cursor.acceptClause("CONNECT", "BY"))
      condition = parseExpression(cursor);
    else break;
  }
  if (condition === undefined) {
    // START WITH alone is half a clause.
    return startWith === undefined ? { where } : cursor.unexpected();
  }
  return { where, connectBy: { ...(startWith && { startWith }), condition } };
}

function parseWindows(cursor: Cursor): Select["windows"][number][] {
  if (!cursor.acceptKeyword("WINDOW")) return [];
  return cursor.commaSeparated(() => {
    const name = cursor.identifier();
    cursor.expectKeyword("AS");
    return { name, window: parseWindowSpecification(cursor) };
  });
}
