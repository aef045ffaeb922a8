/**
 * A view's query with the identity and the version of each of its rows, made of those of the rows it is joined from: what a
 * stream on a view compares. Docs: streams-intro, "Streams on views".
 */

import type { CallExpression, Expression, ObjectName } from "../ast/expressions.ts";
import type { FromItem, Query, QueryBody, Select, SelectItem } from "../ast/queries.ts";
import { walkExpression } from "../ast/walk.ts";
import { snowflakeError } from "../base/errors.ts";
import { lookupFunction } from "../functions/registry.ts";
import { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { printable } from "./from-names.ts";

/** The columns that each relation of a tracked query has, left out of `*`, and that the query itself ends in. */
export const TRACKED_ROW = "METADATA$ROW_ID";
export const TRACKED_VERSION = "METADATA$VERSION";

const NO_SPAN = { start: 0, end: 0 };

/**
 * The query with two columns more, TRACKED_ROW and TRACKED_VERSION. Only projections, filters, inner and cross joins, UNION ALL
 * and FLATTEN can be followed.
 * @throws 000002 for a query with anything else
 */
export function trackedQuery(query: Query): Query {
  refuseIf(query.ctes.length > 0 || query.models !== undefined, "WITH");
  refuseIf(query.limit !== undefined || query.offset !== undefined, "LIMIT");
  const { orderByAll: _, ...rest } = query;
  // The order of a view's rows means nothing to what it is read by.
  return { ...rest, orderBy: [], body: trackedBody(query.body, "") };
}

function trackedBody(body: QueryBody, branch: string): QueryBody {
  switch (body.kind) {
    case "select":
      return trackedSelect(body, branch);
    case "parenthesized_query":
      refuseIf(body.query.ctes.length > 0, "WITH");
      refuseIf(body.query.limit !== undefined, "LIMIT");
      return trackedBody(body.query.body, branch);
    case "set_operation": {
      const { operator, all, byName } = body;
      refuseIf(
        operator !== "union" || !all || byName,
        `${operator.toUpperCase()} other than UNION ALL`,
      );
      const left = trackedBody(body.left, `${branch}l`);
      return { ...body, left, right: trackedBody(body.right, `${branch}r`) };
    }
    case "values":
      throw refused("VALUES");
  }
}

function trackedSelect(select: Select, branch: string): Select {
  refuseIf(select.distinct, "DISTINCT");
  refuseIf(select.top !== undefined, "TOP");
  refuseIf(select.connectBy !== undefined, "CONNECT BY");
  refuseIf(select.groupBy !== undefined || select.having !== undefined, "GROUP BY");
  refuseIf(select.qualify !== undefined || select.windows.length > 0, "QUALIFY");
  refuseIf(select.from.length === 0, "no table");
  const parts = select.from.flatMap(trackedParts);
  const items = select.items.flatMap((item) => (item.kind === "star" ? [] : [item.expression]));
  for (const expression of [...items, ...parts.flatMap(({ on }) => on), select.where]) {
    if (expression !== undefined) checkExpression(expression);
  }
  const rows = parts.flatMap(({ row }) => row);
  const versions = parts.flatMap(({ version }) => version);
  const key = [`'${branch}'`, ...rows].join(" || '/' || ");
  return {
    ...select,
    items: [
      ...select.items,
      column(key, TRACKED_ROW),
      column(versions.join(" || '/' || "), TRACKED_VERSION),
    ],
  };
}

/** What a FROM item adds to a row's identity and version, as SQL, and the conditions of its joins. */
type Parts = {
  readonly row: readonly string[];
  readonly version: readonly string[];
  readonly on: readonly Expression[];
};

function trackedParts(item: FromItem): Parts[] {
  switch (item.kind) {
    case "table": {
      const clause = item.timeTravel ?? item.changes ?? item.sample;
      refuseIf(clause !== undefined, "AT, CHANGES or SAMPLE");
      const name = printable(item.alias?.name.name ?? lastPart(item.name));
      const own = (part: string) => [`${name}."${part}"`];
      return [{ row: own(TRACKED_ROW), version: own(TRACKED_VERSION), on: [] }];
    }
    case "join": {
      const isInner = item.type === "inner" || item.type === "cross";
      refuseIf(!isInner, `${item.type.toUpperCase()} JOIN`);
      const on = item.on === undefined ? [] : [item.on];
      return [
        ...trackedParts(item.left),
        ...trackedParts(item.right),
        { row: [], version: [], on },
      ];
    }
    case "parenthesized":
      refuseIf(item.alias !== undefined, "an aliased join");
      return trackedParts(item.item);
    case "table_function": {
      refuseIf(lastPart(item.name) !== "FLATTEN" || item.over !== undefined, "table functions");
      if (item.alias === undefined) throw refused("FLATTEN without an alias");
      // The paths within one value differ.
      const path = `COALESCE(${printable(item.alias.name.name)}.PATH, '')`;
      return [{ row: [path], version: [], on: item.arguments.map(({ value }) => value) }];
    }
    default:
      throw refused(item.kind === "derived" ? "a subquery" : item.kind.replaceAll("_", " "));
  }
}

function checkExpression(expression: Expression): void {
  walkExpression(expression, {
    expression: (node) => {
      if (node.kind === "call") checkCall(node);
      return true;
    },
    query: () => {
      throw refused("a subquery");
    },
  });
}

function checkCall({ name, over }: CallExpression): void {
  refuseIf(over !== undefined, "window functions");
  const kind = name.kind === "name" ? lookupFunction(lastPart(name))?.kind : undefined;
  refuseIf(kind === "aggregate", "aggregate functions");
}

function lastPart(name: ObjectName): string {
  const last = name.kind === "name" ? name.parts.at(-1) : undefined;
  if (last === undefined) throw refused("IDENTIFIER");
  return last.name;
}

function column(sql: string, name: string): SelectItem {
  const alias = { name, quoted: true, span: NO_SPAN };
  return { kind: "expression", expression: parseExpression(new Cursor(sql)), alias, span: NO_SPAN };
}

function refuseIf(condition: boolean, what: string): void {
  if (condition) throw refused(what);
}

function refused(what: string) {
  return snowflakeError("unsupportedFeature", { feature: `STREAM on a view with ${what}` });
}
