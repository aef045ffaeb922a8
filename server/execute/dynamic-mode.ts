/**
 * Which refresh mode a query allows. Every refresh computes the whole query here and applies only what has changed, so the mode decides
 * nothing but what is reported and what a stream may follow.
 * https://docs.snowflake.com/en/user-guide/dynamic-tables/supported-queries
 */

import type { Expression } from "../../translator/ast/expressions.ts";
import type { FromItem, Query, QueryBody, Select } from "../../translator/ast/queries.ts";
import { walk, walkExpression } from "../../translator/ast/walk.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { Cursor } from "../../translator/parse/cursor.ts";
import { parseQuery } from "../../translator/parse/query.ts";
import type { SnowType } from "../../translator/types/types.ts";
import type { DynamicDefinition } from "../catalog/dynamic-definition.ts";
import { type DynamicTable, inputsOf, isDynamic } from "../catalog/dynamic-table.ts";
import type { ViewObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";

/** Functions whose value is another one at each refresh, or for each role. */
const NON_DETERMINISTIC: ReadonlySet<string> = new Set([
  ...["ANY_VALUE", "CURRENT_ACCOUNT", "CURRENT_REGION", "CURRENT_ROLE", "CURRENT_WAREHOUSE"],
  ...["RANDOM", "RANDSTR", "SEQ1", "SEQ2", "SEQ4", "SEQ8", "UNIFORM", "UUID_STRING"],
]);
/** Functions of the time, which filters may call. */
const CLOCKS: ReadonlySet<string> = new Set([
  ...["CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "GETDATE", "LOCALTIME"],
  ...["LOCALTIMESTAMP", "SYSDATE", "SYSTIMESTAMP"],
]);
/** Functions that no dynamic table may call: its refreshes have no user and no session. */
const SESSION_ONLY: ReadonlySet<string> = new Set(["CURRENT_SESSION", "CURRENT_USER"]);

type Mode = Pick<DynamicDefinition, "mode" | "modeReason">;

/**
 * @param types of the query's columns
 * @throws 091903 when INCREMENTAL is asked for and the query does not allow it
 */
export function refreshMode(
  table: DynamicTable,
  types: readonly SnowType[],
  snapshot: Snapshot,
): Mode {
  const { askedMode } = table.dynamic;
  if (askedMode === "FULL") return { mode: "FULL" };
  const construct = untracked(table, types, snapshot);
  if (construct === undefined) return { mode: "INCREMENTAL" };
  const error = snowflakeError("changeTrackingQuery", { construct });
  if (askedMode === "INCREMENTAL") throw error;
  return { mode: "FULL", modeReason: error.message.replace(/^[^:]*:\s*/, "") };
}

/** @throws 000002 for what the definition of a dynamic table cannot have */
export function checkDefinition(query: Query): void {
  walk(
    { sort: "query", node: query },
    {
      expression: (node) => {
        const name = calledName(node);
        if (name !== undefined && SESSION_ONLY.has(name)) {
          throw snowflakeError("dynamicContextFunction", { function: name });
        }
        return true;
      },
      from: (item) => {
        if ("sample" in item && item.sample !== undefined) throw unsupported("SAMPLE");
        if (item.kind === "stage") throw unsupported("staged files");
        return true;
      },
    },
  );
}

function unsupported(what: string) {
  return snowflakeError("unsupportedFeature", { feature: `DYNAMIC TABLE with ${what}` });
}

/** What of the query, or of the views in it, cannot be followed change by change. */
function untracked(
  table: DynamicTable,
  types: readonly SnowType[],
  snapshot: Snapshot,
): string | undefined {
  if (types.some(({ kind }) => kind === "geography" || kind === "geometry")) {
    return "geospatial columns";
  }
  return inText(table.dynamic.query) ?? inInputs(table, snapshot, new Set());
}

function inInputs(
  reader: DynamicTable | ViewObject,
  snapshot: Snapshot,
  seen: Set<number>,
): string | undefined {
  for (const input of inputsOf(reader, snapshot)) {
    if (isDynamic(input) && input.dynamic.mode === "FULL") {
      return "dynamic tables that refresh fully";
    }
    if (input.kind !== "view" || seen.has(input.id)) continue;
    seen.add(input.id);
    const found = inText(input.query) ?? inInputs(input, snapshot, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inText(text: string): string | undefined {
  let found: string | undefined;
  /** Calls in WHERE, HAVING and QUALIFY. */
  const filtering = new Set<Expression>();
  const look = (construct: string | undefined): boolean => {
    found ??= construct;
    return found === undefined;
  };
  walk(
    { sort: "query", node: parseQuery(new Cursor(text)) },
    {
      query: (node) => look(ofQuery(node)),
      body: (node) => {
        if (node.kind === "select") collectFilters(node, filtering);
        return look(ofBody(node));
      },
      from: (item) => look(ofItem(item)),
      expression: (node) => look(ofExpression(node, filtering)),
    },
  );
  return found;
}

function collectFilters(select: Select, filtering: Set<Expression>): void {
  for (const filter of [select.where, select.having, select.qualify]) {
    if (filter === undefined) continue;
    walkExpression(filter, {
      expression: (node) => {
        filtering.add(node);
        return true;
      },
    });
  }
}

function ofQuery({ limit, offset, recursive }: Query): string | undefined {
  if (limit !== undefined || offset !== undefined) return "'LIMIT'";
  return recursive ? "'WITH RECURSIVE'" : undefined;
}

function ofBody(body: QueryBody): string | undefined {
  if (body.kind === "set_operation" && body.operator !== "union") {
    return body.operator === "except" ? "'MINUS'" : "'INTERSECT'";
  }
  if (body.kind !== "select") return undefined;
  if (body.top !== undefined) return "'TOP'";
  if (body.connectBy !== undefined) return "'CONNECT BY'";
  const { groupBy } = body;
  const isPlain =
    groupBy === undefined ||
    groupBy.kind === "all" ||
    groupBy.elements.every(({ kind }) => kind === "expression");
  return isPlain ? undefined : "'GROUPING SETS'";
}

function ofItem(item: FromItem): string | undefined {
  switch (item.kind) {
    case "unpivot":
      return "'UNPIVOT'";
    case "pivot":
      return item.values.kind === "list" ? undefined : "'PIVOT' over a subquery";
    case "match_recognize":
      return "'MATCH_RECOGNIZE'";
    case "derived":
      return item.lateral ? "'LATERAL'" : undefined;
    case "join":
      return item.type === "asof" ? "'ASOF JOIN'" : undefined;
    default:
      return undefined;
  }
}

function ofExpression(node: Expression, filtering: ReadonlySet<Expression>): string | undefined {
  if (node.kind === "subquery" || node.kind === "exists") return "subqueries outside of FROM";
  if (node.kind === "in_query" || node.kind === "quantified") return "subqueries outside of FROM";
  const name = calledName(node);
  if (name === undefined) return undefined;
  const varies = NON_DETERMINISTIC.has(name) || (CLOCKS.has(name) && !filtering.has(node));
  return varies ? `the non-deterministic function '${name}'` : undefined;
}

function calledName(node: Expression): string | undefined {
  if (node.kind !== "call" || node.name.kind !== "name") return undefined;
  return node.name.parts.at(-1)?.name;
}
