/** PIVOT and UNPIVOT after a FROM item. Docs: pivot, unpivot. */

import type { FromItem } from "../ast/queries.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./expressions.ts";
import { parseTableAlias } from "./from.ts";
import { atQuery } from "./parentheses.ts";
import { parsePostfix } from "./postfix.ts";
import { parseQuery } from "./query.ts";
import { parseOrderItems } from "./window.ts";

type Pivot = Extract<FromItem, { kind: "pivot" }>;

/** `PIVOT (agg(c) [AS a], … FOR v IN (…) [DEFAULT ON NULL (x)]) [alias]`. */
export function parsePivot(cursor: Cursor, source: FromItem): FromItem {
  cursor.expectKeyword("PIVOT");
  cursor.expectPunctuation("(");
  const aggregates = cursor.commaSeparated(() => {
    const call = parseExpression(cursor);
    const alias = cursor.optionalAlias();
    return alias ? { call, alias } : { call };
  });
  cursor.expectKeyword("FOR");
  const column = parsePostfix(cursor);
  cursor.expectKeyword("IN");
  cursor.expectPunctuation("(");
  const values = parsePivotValues(cursor);
  cursor.expectPunctuation(")");
  const defaultOnNull = parseDefaultOnNull(cursor);
  cursor.expectPunctuation(")");
  const alias = parseTableAlias(cursor);
  return {
    kind: "pivot",
    source,
    aggregates,
    column,
    values,
    ...(defaultOnNull && { defaultOnNull }),
    ...(alias && { alias }),
    span: cursor.spanFrom(source.span.start),
  };
}

function parsePivotValues(cursor: Cursor): Pivot["values"] {
  if (cursor.acceptKeyword("ANY")) {
    const orderBy = cursor.acceptClause("ORDER", "BY") ? parseOrderItems(cursor) : [];
    return { kind: "any", orderBy };
  }
  if (atQuery(cursor)) return { kind: "query", query: parseQuery(cursor) };
  const items = cursor.commaSeparated(() => {
    const value = parseExpression(cursor);
    const alias = cursor.optionalAlias();
    return alias ? { value, alias } : { value };
  });
  return { kind: "list", items };
}

function parseDefaultOnNull(cursor: Cursor): Pivot["defaultOnNull"] {
  if (!cursor.acceptKeyword("DEFAULT", "ON", "NULL")) return undefined;
  cursor.expectPunctuation("(");
  const value = parseExpression(cursor);
  cursor.expectPunctuation(")");
  return value;
}

/** `UNPIVOT [INCLUDE | EXCLUDE NULLS] (value FOR name IN (c [AS alias], …)) [alias]`. */
export function parseUnpivot(cursor: Cursor, source: FromItem): FromItem {
  cursor.expectKeyword("UNPIVOT");
  const includeNulls = cursor.acceptKeyword("INCLUDE", "NULLS");
  if (!includeNulls) cursor.acceptKeyword("EXCLUDE", "NULLS");
  cursor.expectPunctuation("(");
  const valueColumn = cursor.identifier();
  cursor.expectKeyword("FOR");
  const nameColumn = cursor.identifier();
  cursor.expectKeyword("IN");
  const columns = cursor.parenthesized(() => {
    const column = cursor.identifier();
    if (!cursor.acceptKeyword("AS") && !cursor.atString() && !cursor.atIdentifier())
      return { column };
    const text = cursor.atString() ? cursor.stringLiteral() : cursor.identifier().name;
    return { column, alias: { text } };
  });
  cursor.expectPunctuation(")");
  const alias = parseTableAlias(cursor);
  return {
    kind: "unpivot",
    source,
    includeNulls,
    valueColumn,
    nameColumn,
    columns,
    ...(alias && { alias }),
    span: cursor.spanFrom(source.span.start),
  };
}
