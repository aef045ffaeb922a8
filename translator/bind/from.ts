/** FROM: tables, views, CTEs, subqueries, joins (docs: constructs/from, join, join-lateral). */

import type { FromItem, TableAlias } from "../ast/queries.ts";
import { must, unreachable } from "../base/assert.ts";
import type { BoundFrom, BoundQuery, OutputColumn } from "./bound.ts";
import { bindJoin } from "./from-join.ts";
import { bindMatchRecognize } from "./from-match-recognize.ts";
import { nameParts } from "./from-names.ts";
import { bindPivot } from "./from-pivot.ts";
import { bindSample } from "./from-sample.ts";
import { bindStage } from "./from-stage.ts";
import { bindTable, bindTableExpression } from "./from-table.ts";
import { bindTableFunction } from "./from-table-function.ts";
import { bindUnpivot } from "./from-unpivot.ts";
import { bindQueryIn, queryOver, type Surroundings } from "./query.ts";
import { findCte } from "./query-environment.ts";
import { outputReference } from "./query-order.ts";
import { bindValues } from "./query-values.ts";
import type { Scope } from "./scope.ts";
import { concatNames, type FromNames, NO_NAMES, relationNames } from "./scope-names.ts";
import { plainScope } from "./scope-select.ts";
import type { SelectSource } from "./select.ts";
import { drawnSource } from "./shared-values.ts";

/** A bound FROM item; `from` is undefined for one that needs no row source (GETNEXTVAL). */
export type BoundItem = {
  readonly from: BoundFrom | undefined;
  readonly names: FromNames;
  /** A table function over partitions: makes one source of the items before it and its own rows. */
  readonly over?: ((before: SelectSource) => SelectSource) | undefined;
};

/** Binds the items of FROM; a lateral one sees those before it. */
export function bindFromList(items: readonly FromItem[], around: Surroundings): SelectSource {
  let source: SelectSource = { from: [], names: NO_NAMES };
  let draws = false;
  for (const item of items) {
    if (draws && source.from.length > 0) source = drawnSource(source, around.binder);
    const bound = bindItem(item, source.names, around);
    if (bound.over !== undefined) {
      source = bound.over(source);
      draws = false;
      continue;
    }
    checkAliases(source.names, bound.names, around);
    draws = bound.from === undefined;
    source = {
      from: bound.from === undefined ? source.from : [...source.from, bound.from],
      names: concatNames(source.names, bound.names),
    };
  }
  return source;
}

/** @throws duplicate alias (002027) when both sides have an item of that name */
export function checkAliases(left: FromNames, right: FromNames, around: Surroundings): void {
  for (const relation of right.relations) {
    const clash = left.relations.some(
      (other) =>
        relation.alias !== undefined &&
        other.alias === relation.alias &&
        (JSON.stringify(other.qualified) === JSON.stringify(relation.qualified) ||
          other.qualified === undefined ||
          relation.qualified === undefined),
    );
    if (clash) {
      throw around.binder.error("duplicateAlias", { name: must(relation.alias) }, undefined);
    }
  }
}

/**
 * Binds one item that stands alone or in a join. `before` are the names that a lateral item may use.
 * @throws 000002 for a table function over partitions, which takes the place of the items before it
 */
export function bindFromItem(item: FromItem, before: FromNames, around: Surroundings): BoundItem {
  const bound = bindItem(item, before, around);
  if (bound.over === undefined) return bound;
  throw around.binder.error("unsupportedFeature", { feature: "TABLE(f(…) OVER (…)) in a join" });
}

function bindItem(item: FromItem, before: FromNames, around: Surroundings): BoundItem {
  switch (item.kind) {
    case "table":
      return bindCte(item, around) ?? bindTable(item, around);
    case "derived": {
      const outer = item.lateral ? lateralScope(before, around) : around.outer;
      const query = bindQueryIn(item.query, { ...around, outer });
      return derivedItem(query, item.alias, around, item.lateral, item.sample);
    }
    case "table_function":
      return bindCall(item, before, around);
    case "table_expression":
      return bindTableExpression(item, around);
    case "stage":
      return bindStage(item, around);
    case "values": {
      const query = queryOver(bindValues(item.values, around));
      return derivedItem(query, item.alias, around);
    }
    case "join":
      return bindJoin(item, before, around);
    case "parenthesized":
      return bindParenthesized(item, before, around);
    case "pivot":
      return bindPivot(item, before, around);
    case "unpivot":
      return bindUnpivot(item, before, around);
    case "match_recognize":
      return bindMatchRecognize(item, before, around);
    case "resample":
      throw around.binder.error("unsupportedFeature", { feature: "RESAMPLE" }, item.span);
    case "semantic_view":
      throw around.binder.error("unsupportedFeature", { feature: "SEMANTIC_VIEW" }, item.span);
    default:
      return unreachable(item);
  }
}

/**
 * A table function, and the sample of its rows.
 * @throws 000002 for a sample of what a row of another item gives, and of a function over partitions
 */
function bindCall(
  item: Extract<FromItem, { kind: "table_function" }>,
  before: FromNames,
  around: Surroundings,
): BoundItem {
  const bound = bindTableFunction(item, lateralScope(before, around), around);
  const sample = bindSample(item.sample, around);
  if (sample === undefined) return bound;
  const { from } = bound;
  if (from === undefined || from.kind === "join" || ("lateral" in from && from.lateral)) {
    throw around.binder.error("unsupportedFeature", { feature: "SAMPLE of a lateral function" });
  }
  return { ...bound, from: { ...from, sample } };
}

/** The scope of a lateral item: the items before it, then the enclosing query. */
export function lateralScope(before: FromNames, around: Surroundings): Scope {
  return plainScope(around.binder, around.environment, "from", before, around.outer);
}

/** A CTE of that name, which hides a table of the same name. */
function bindCte(
  item: Extract<FromItem, { kind: "table" }>,
  around: Surroundings,
): BoundItem | undefined {
  const parts = nameParts(item.name, around.binder);
  const [name, ...rest] = parts;
  if (name === undefined || rest.length > 0) return undefined;
  const cte = findCte(around.environment, name.name);
  if (cte === undefined) return undefined;
  const alias = around.binder.freshAlias("t");
  return {
    from: { kind: "cte", alias, cte: cte.alias, sample: bindSample(item.sample, around) },
    names: namesOf(cte.columns, alias, item.alias ?? { name, columns: [] }),
  };
}

/** A query in FROM. */
export function derivedItem(
  query: BoundQuery,
  tableAlias: TableAlias | undefined,
  around: Surroundings,
  lateral = false,
  sample: Parameters<typeof bindSample>[0] = undefined,
): BoundItem {
  const alias = around.binder.freshAlias("t");
  return {
    from: { kind: "derived", alias, lateral, query, sample: bindSample(sample, around) },
    names: namesOf(query.columns, alias, tableAlias),
  };
}

/** The names of columns under an internal alias, renamed by the alias's column list. */
export function namesOf(
  columns: readonly OutputColumn[],
  internal: string,
  alias: TableAlias | undefined,
): FromNames {
  return relationNames({
    alias: alias?.name.name,
    qualified: undefined,
    internal,
    columns: columns.map((column, index) => {
      const name = alias?.columns[index]?.name ?? column.name;
      return { name, expression: outputReference({ ...column, name }, internal) };
    }),
  });
}

function bindParenthesized(
  item: Extract<FromItem, { kind: "parenthesized" }>,
  before: FromNames,
  around: Surroundings,
): BoundItem {
  const inner = bindFromItem(item.item, before, around);
  const { alias } = item;
  if (alias === undefined) return inner;
  const columns = inner.names.columns.map((column, index) => ({
    ...column,
    name: alias.columns[index]?.name ?? column.name,
  }));
  return {
    from: inner.from,
    names: relationNames({
      alias: alias.name.name,
      qualified: undefined,
      internal: undefined,
      columns,
    }),
  };
}
